// What a run reached: reads the counters that inserted code left, compares them with everything seen, clears them.
//
// Two levels. A run sets one flag byte per function entered, so the first level walks FLAGS_BASE, sixteen functions a
// vector; only the counters of entered functions are looked at, sixteen edges a step (all of them where they are few):
//
//   4 × u32x4 ──narrow──► u8x16 (saturated) ──2 swizzles──► one-hot bucket per edge ──and not seen──► new?
//
// The common answer is "nothing new". `observe` gives it in one pass that also clears; what looked new is noted as a
// suspect, and whether it counts is decided by a second run (loop.ts), read with `observeTrace`.
//
// A step may reach past its function into the next one's counters. They are classified and cleared there, once, against
// their own bytes of `seen`, so nothing is lost and nothing counts twice.
import { CONTROL_MEASURES, CONTROL_SIGNALS, COUNTERS_BASE, ENTRY_NONE, FLAGS_BASE } from './abi'
import { countSample } from './corpus'
import { noteEdge } from './energy'
import {
  crashSeenBase,
  edgeHitsBase,
  edges,
  functionStartsBase,
  functions,
  seenBase,
  suspectsBase,
  traceBase,
  unstableBase,
} from './memory'

/** Value of `seen` for an edge that never counts as new: a harness's, or one that does not repeat. */
export const SEEN_ALL: u8 = 0xff

/** Up to here looking at all counters costs less than finding out which functions were entered. */
const FLAT_EDGES_MAX: u32 = 64

let suspectCount: u32 = 0
let tracePairs: u32 = 0
let traceHashValue: u64 = 0
let traceCostValue: u32 = 0
let edgesSeenCount: u32 = 0
let featuresSeenCount: u32 = 0
let unstableCount: u32 = 0
let hitSampleCount: u32 = 0

export function traceLength(): u32 {
  return tracePairs
}
/** Over edges and buckets, in edge order: equal for two runs that differ in nothing the fuzzer would notice. */
export function traceHash(): u64 {
  return traceHashValue
}
/** Sum of all counters of the traced run: its cost, in edges executed. */
export function traceCost(): u32 {
  return traceCostValue
}
export function edgesSeen(): u32 {
  return edgesSeenCount
}
export function featuresSeen(): u32 {
  return featuresSeenCount
}
/** What a record says of its run where another run was traced since: what `traceHash` and `traceCost` said of it. */
export function setTraced(hash: u64, cost: u32): void {
  traceHashValue = hash
  traceCostValue = cost
}
/** Runs that `countHits` looked at. */
export function hitSamples(): u32 {
  return hitSampleCount
}
/** Edges that two runs of one input disagreed on, in the order of REGION_UNSTABLE; they never count as new again. */
export function unstableEdges(): u32 {
  return unstableCount
}

/** Forgets everything seen, and clears flags and counters. */
export function clearCoverage(): void {
  clearRun()
  suspectCount = 0
  memory.fill(seenBase, 0, edges)
  memory.fill(crashSeenBase, 0, edges)
  memory.fill(edgeHitsBase, 0, 4 * edges)
  edgesSeenCount = 0
  featuresSeenCount = 0
  unstableCount = 0
  hitSampleCount = 0
}

/** Clears what start-up code left in flags and counters. */
export function clearRun(): void {
  memory.fill(FLAGS_BASE, 0, functions)
  memory.fill(COUNTERS_BASE, 0, 4 * edges)
  tracePairs = 0
}

/** Counts from zero, but remembers who was entered: some of them are on the stack and go on counting. */
export function clearCounters(): void {
  memory.fill(COUNTERS_BASE, 0, 4 * edges)
}

/** Edges `first … first + count - 1` never count as new: a harness's own, or unstable ones that another worker met. */
export function ignoreEdges(first: u32, count: u32): void {
  if (first < edges) memory.fill(seenBase + first, SEEN_ALL, min(count, edges - first))
}

/** The one-hot bucket of a count: 1, 2, 3, 4-7, 8-15, 16-31, 32-127, 128 and more. */
export function bucketOf(count: u32): u32 {
  if (count < 4) return count == 3 ? 4 : count
  if (count < 128) return count < 32 ? 8 << <u32>(count >= 16 ? 2 : count >= 8 ? 1 : 0) : 64
  return 128
}

/** The buckets of sixteen counters. Counts stay below 2^31: the fuel limit ends a run long before. */
export function bucketsOf(counters: usize): v128 {
  const low = i16x8.narrow_i32x4_s(v128.load(counters), v128.load(counters, 16))
  const high = i16x8.narrow_i32x4_s(v128.load(counters, 32), v128.load(counters, 48))
  const counts = i8x16.narrow_i16x8_u(low, high)
  // A swizzle yields 0 for an index of 16 or more, so each table answers for its half of the values only.
  const below16 = i8x16.swizzle(i8x16(0, 1, 2, 4, 8, 8, 8, 8, 16, 16, 16, 16, 16, 16, 16, 16), counts)
  const from16 = i8x16.swizzle(
    i8x16(0, 32, 64, 64, 64, 64, 64, 64, -128, -128, -128, -128, -128, -128, -128, -128),
    i8x16.shr_u(counts, 4),
  )
  return v128.or(below16, from16)
}

/** Reads and clears the run's coverage. True where something looks new; `suspects` says what. */
export function observe(): bool {
  suspectCount = 0
  if (edges <= FLAT_EDGES_MAX) observeFlat()
  else observeEntered()
  return suspectCount != 0
}

/** A few counters: all of them, whoever was entered. No load here waits for what another one found. */
function observeFlat(): void {
  const end = <usize>FLAGS_BASE + functions
  for (let block: usize = FLAGS_BASE; block < end; block += 16) v128.store(block, i64x2.splat(0))
  for (let edge: u32 = 0; edge < edges; edge += 16) observeSixteen(edge)
}

/** Many counters: those of functions that were entered. */
function observeEntered(): void {
  const zero = i64x2.splat(0)
  const end = <usize>FLAGS_BASE + functions
  for (let block: usize = FLAGS_BASE; block < end; block += 64) {
    const a = v128.load(block)
    const b = v128.load(block, 16)
    const c = v128.load(block, 32)
    const d = v128.load(block, 48)
    if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) continue
    v128.store(block, zero)
    v128.store(block, zero, 16)
    v128.store(block, zero, 32)
    v128.store(block, zero, 48)
    let entered = ~(notEntered(a) | (notEntered(b) << 16) | (notEntered(c) << 32) | (notEntered(d) << 48))
    const starts = functionStartsBase + ((block - FLAGS_BASE) << 2)
    do {
      const start = starts + (<usize>ctz(entered) << 2)
      const last = load<u32>(start, 4)
      for (let edge = load<u32>(start); edge < last; edge += 16) observeSixteen(edge)
      entered &= entered - 1
    } while (entered)
  }
}

/** A bit for each of sixteen flags that is not set. */
function notEntered(flags: v128): u64 {
  return <u64>(<u32>i8x16.bitmask(i8x16.eq(flags, i64x2.splat(0))))
}

// @ts-ignore: decorator
@inline
function observeSixteen(edge: u32): void {
  const zero = i64x2.splat(0)
  const counters = <usize>COUNTERS_BASE + (<usize>edge << 2)
  const unseen = v128.andnot(bucketsOf(counters), v128.load(seenBase + edge))
  v128.store(counters, zero)
  v128.store(counters, zero, 16)
  v128.store(counters, zero, 32)
  v128.store(counters, zero, 48)
  if (v128.any_true(unseen)) noteSuspects(edge, unseen)
}

/** Rare: writes (edge << 8 | bucket) for each of sixteen edges whose bucket is new. */
function noteSuspects(edge: u32, unseen: v128): void {
  let lanes = i8x16.bitmask(i8x16.ne(unseen, i32x4.splat(0)))
  // Extracting a lane needs a constant index, so the buckets pass through the trace region, which is free here.
  v128.store(traceBase, unseen)
  tracePairs = 0
  while (lanes) {
    const lane = <u32>ctz(lanes)
    lanes &= lanes - 1
    if (edge + lane < edges) pushSuspect(((edge + lane) << 8) | load<u8>(traceBase + lane))
  }
}

function pushSuspect(feature: u32): void {
  store<u32>(suspectsBase + (<usize>suspectCount << 2), feature)
  suspectCount++
}

function isEntered(f: usize): bool {
  return load<u8>(<usize>FLAGS_BASE + f) != 0
}

/** How many functions behind `f` were certainly not entered either. */
function skipAfter(f: usize): usize {
  return load<u64>(<usize>FLAGS_BASE + f) ? 0 : 7
}

/** As `observe`, but records every edge with its raw count, the hash of the trace and its cost. Learns nothing. */
export function observeTrace(): void {
  let pairs: u32 = 0
  let hash: u64 = 0x9e37_79b9_7f4a_7c15
  let cost: u32 = 0
  for (let f: usize = 0; f < functions; f++) {
    if (!isEntered(f)) {
      f += skipAfter(f)
      continue
    }
    store<u8>(<usize>FLAGS_BASE + f, 0)
    const end = load<u32>(functionStartsBase + (f << 2), 4)
    for (let edge = load<u32>(functionStartsBase + (f << 2)); edge < end; edge++) {
      const counter = <usize>COUNTERS_BASE + (<usize>edge << 2)
      const count = load<u32>(counter)
      if (!count) continue
      store<u32>(counter, 0)
      store<u32>(traceBase + (<usize>pairs << 3), edge)
      store<u32>(traceBase + (<usize>pairs << 3), count, 4)
      pairs++
      cost += count
      hash = (hash ^ <u64>((edge << 8) | bucketOf(count))) * 0x9e37_79b9_7f4a_7c15
      hash ^= hash >>> 29
    }
  }
  tracePairs = pairs
  traceHashValue = hash
  traceCostValue = cost
}

/** Fills the suspects from the trace, where the first run of an input was a traced one. True where there are any. */
export function suspectTrace(): bool {
  suspectCount = 0
  for (let i: u32 = 0; i < tracePairs; i++) {
    const feature = traceFeature(i)
    if (feature & ~(<u32>load<u8>(seenBase + (feature >>> 8))) & 0xff) pushSuspect(feature)
  }
  return suspectCount != 0
}

/** Pair `i` of the trace as a feature: edge << 8 | bucket. */
export function traceFeature(i: u32): u32 {
  const pair = traceBase + (<usize>i << 3)
  return (load<u32>(pair) << 8) | bucketOf(load<u32>(pair, 4))
}

/**
 * Compares the suspects of a first run with the trace of a second one, both in edge order. What both reached is learned
 * and packed to the front of the suspects; an edge on which they differ is marked unstable. Returns the features learned.
 */
export function confirm(): u32 {
  let learned: u32 = 0
  let s: u32 = 0
  let t: u32 = 0
  while (s < suspectCount || t < tracePairs) {
    const suspect = s < suspectCount ? load<u32>(suspectsBase + (<usize>s << 2)) : <u32>-1
    const traced = t < tracePairs ? traceFeature(t) : <u32>-1
    if (suspect == traced) {
      learn(traced)
      store<u32>(suspectsBase + (<usize>learned << 2), traced)
      learned++
      s++
      t++
    } else if (suspect < traced) {
      markUnstable(suspect >>> 8)
      s++
    } else {
      if (traced & ~(<u32>load<u8>(seenBase + (traced >>> 8))) & 0xff) markUnstable(traced >>> 8)
      t++
    }
  }
  suspectCount = learned
  return learned
}

/** Takes what the last `observe` found new for seen, without a second run. Returns how many features: they lie at suspectsBase. */
export function learnSuspects(): u32 {
  for (let i: u32 = 0; i < suspectCount; i++) learn(load<u32>(suspectsBase + (<usize>i << 2)))
  return suspectCount
}

/** Features (edge << 8 | bucket) that somebody else has reached, one after the other at `features`. */
export function learnFeature(feature: u32): void {
  if (feature >>> 8 < edges && feature & ~(<u32>load<u8>(seenBase + (feature >>> 8))) & 0xff) learn(feature)
}

/** The sum of all counters, not yet observed. */
export function sumCounters(): u64 {
  let sum: u64 = 0
  for (let f: usize = 0; f < functions; f++) {
    if (!isEntered(f)) {
      f += skipAfter(f)
      continue
    }
    const end = load<u32>(functionStartsBase + (f << 2), 4)
    for (let edge = load<u32>(functionStartsBase + (f << 2)); edge < end; edge++)
      sum += load<u32>(<usize>COUNTERS_BASE + (<usize>edge << 2))
  }
  return sum
}

function learn(feature: u32): void {
  const seen = seenBase + (feature >>> 8)
  const before = load<u8>(seen)
  if (!before && isCode(feature >>> 8)) edgesSeenCount++
  featuresSeenCount++
  store<u8>(seen, before | <u8>feature)
}

/** False for an edge that stands for a measure, or a signal of the target's. */
function isCode(edge: u32): bool {
  const measures = load<u32>(CONTROL_MEASURES)
  const end = measures ? measures : load<u32>(CONTROL_SIGNALS)
  return !end || edge < end
}

/** A feature just learned counts as new again the next time: the only one of its edge. */
export function unlearn(feature: u32): void {
  store<u8>(seenBase + (feature >>> 8), 0)
  featuresSeenCount--
}

/** Every suspect is unstable: the second run did not even return. */
export function rejectSuspects(): void {
  for (let i: u32 = 0; i < suspectCount; i++) markUnstable(load<u32>(suspectsBase + (<usize>i << 2)) >>> 8)
  suspectCount = 0
}

function markUnstable(edge: u32): void {
  if (load<u8>(seenBase + edge) == SEEN_ALL) return
  store<u8>(seenBase + edge, SEEN_ALL)
  // Each edge gets here once, so the list is never longer than there are edges.
  store<u32>(unstableBase + (<usize>unstableCount << 2), edge)
  unstableCount++
}

/** Features of the trace that neither a corpus entry nor an earlier trap reached; they are remembered as a trap's. */
export function learnCrash(): u32 {
  let fresh: u32 = 0
  for (let i: u32 = 0; i < tracePairs; i++) {
    const feature = traceFeature(i)
    const crash = crashSeenBase + (feature >>> 8)
    const known = <u32>load<u8>(crash)
    if (feature & ~(known | <u32>load<u8>(seenBase + (feature >>> 8))) & 0xff) fresh++
    store<u8>(crash, <u8>(known | feature))
  }
  return fresh
}

/**
 * True where the run under the counters, not yet observed, reached all `count` features listed at `list`. A feature that
 * was missed moves to the front, because it is likely to be missed again.
 */
export function reachedAll(list: usize, count: u32): bool {
  for (let i: u32 = 0; i < count; i++) {
    const feature = load<u32>(list + (<usize>i << 2))
    const reached = bucketOf(load<u32>(COUNTERS_BASE + ((feature >>> 8) << 2)))
    if (reached == (feature & 0xff)) continue
    store<u32>(list + (<usize>i << 2), load<u32>(list))
    store<u32>(list, feature)
    return false
  }
  return true
}

/** Adds the run under the counters, not yet observed, to the hit counts by which the schedule knows rare edges, and to those of the entry. */
export function countHits(entry: u32): void {
  hitSampleCount++
  const isMutant = entry != ENTRY_NONE
  if (isMutant) countSample(entry)
  for (let f: usize = 0; f < functions; f++) {
    if (!isEntered(f)) {
      f += skipAfter(f)
      continue
    }
    const end = load<u32>(functionStartsBase + (f << 2), 4)
    for (let edge = load<u32>(functionStartsBase + (f << 2)); edge < end; edge++) {
      if (!load<u32>(<usize>COUNTERS_BASE + (<usize>edge << 2))) continue
      const hits = edgeHitsBase + (<usize>edge << 2)
      store<u32>(hits, load<u32>(hits) + 1)
      if (isMutant) noteEdge(entry, edge)
    }
  }
}
