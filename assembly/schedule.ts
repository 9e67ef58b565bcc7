// Which entry to mutate next, and for how long.
//
// A new entry gets one batch at once. Otherwise an entry is drawn in O(1) from an alias table (Walker 1977, Vose 1991)
// by weight = rarity × cheapness × yield × energy (energy.ts), rebuilt lazily: when the corpus has grown by a quarter, or after twice
// as many picks as it has entries. Only what Wasm itself computes in f64: exact on every platform.
//
//   alias table, per entry:  threshold u32 · alias u32     draw: entry = high bits, alias where low bits ≥ threshold
import { ENTRY_NONE, WITHOUT_ENERGY } from './abi'
import {
  corpusLength,
  countBatch,
  entryBatches,
  entryCost,
  entryFeatures,
  entryFinds,
  entryLength,
  entryOwned,
  entryWeight,
  setEntryWeight,
} from './corpus'
import { chooseRare, energyOf, resetEnergy } from './energy'
import { has } from './mechanisms'
import { aliasBase, aliasWorkBase, edgeHitsBase } from './memory'
import { next, scale } from './random'

/** Picks between two rebuilds are twice as many as there are entries, and no fewer than these: weighing costs a microsecond each. */
const PICKS_MIN: u32 = 128
/** Executions per batch, for an entry whose run costs little … */
const BATCH_MAX: u32 = 256
/** … and for one that costs much. */
const BATCH_MIN: u32 = 16
/** A batch should cost about this much, in edges executed. */
const BATCH_COST: u32 = 0x0004_0000
/** What an execution costs beside its edges, in the same unit. */
const EXECUTION_COST: u32 = 64

/** An entry that owns no edge, but meets a compare that none else does, counts as one that owns an edge of so many hits. */
const PROMOTED_HITS: u32 = 64
/** What an entry has left when its mutants tell nothing any more: none is given up for good. */
const ENERGY_MIN: f64 = 0.01

/** Entries below this index had their first batch. */
let fresh: u32 = 0
/** Entries in the alias table. */
let tabled: u32 = 0
let picks: u32 = 0

export function resetSchedule(): void {
  fresh = 0
  tabled = 0
  picks = 0
  resetEnergy()
}

/** The entry to mutate next, or ENTRY_NONE while the corpus is empty. */
export function pickEntry(): u32 {
  const count = corpusLength()
  if (!count) return ENTRY_NONE
  if (fresh < count) {
    countBatch(fresh)
    return fresh++
  }
  if (count > tabled + (tabled >>> 2) || picks >= max(PICKS_MIN, 2 * count)) rebuild(count)
  picks++
  const draw = next()
  const slot = scale(<u32>(draw >>> 32), tabled)
  const pair = aliasBase + (<usize>slot << 3)
  const entry = <u32>draw < load<u32>(pair) ? slot : load<u32>(pair, 4)
  countBatch(entry)
  return entry
}

/** Executions in one batch of an entry: fewer for one whose runs are long. */
export function batchSize(entry: u32): u32 {
  if (entry == ENTRY_NONE) return BATCH_MAX
  return max(BATCH_MIN, min(BATCH_MAX, BATCH_COST / (runCost(entry))))
}

function runCost(entry: u32): u32 {
  return min(entryCost(entry), 0x4000_0000) + EXECUTION_COST + (entryLength(entry) >>> 4)
}

/** Weighs all entries anew and builds the table. */
function rebuild(count: u32): void {
  if (has(WITHOUT_ENERGY)) chooseRare(count)
  let costs: f64 = 0
  for (let entry: u32 = 0; entry < count; entry++) costs += <f64>runCost(entry)
  const meanCost = costs / <f64>count
  let total: f64 = 0
  for (let entry: u32 = 0; entry < count; entry++) {
    const weight = weigh(entry, meanCost)
    setEntryWeight(entry, weight)
    total += weight
  }
  buildAlias(count, total)
  tabled = count
  picks = 0
}

/**
 * Rare edges, cheap runs and entries that had children weigh more; an entry picked often without a find fades, and so does
 * one whose mutants tell nothing new.
 */
function weigh(entry: u32, meanCost: f64): f64 {
  const rarity = 1 / sqrt<f64>(1 + <f64>rarestHits(entry))
  const cheapness = meanCost / (meanCost + <f64>runCost(entry))
  const yielded = sqrt<f64>((1 + <f64>entryFinds(entry)) / (1 + <f64>entryBatches(entry)))
  const energy: f64 = has(WITHOUT_ENERGY) ? energyOf(entry) + ENERGY_MIN : 1
  return rarity * cheapness * yielded * energy
}

/** Hits of the least reached edge that the entry was first to reach. */
function rarestHits(entry: u32): u32 {
  if (!entryOwned(entry)) return PROMOTED_HITS
  let rarest: u32 = 0xffff_ffff
  const list = entryFeatures(entry)
  for (let i: u32 = 0; i < entryOwned(entry); i++) {
    rarest = min(rarest, load<u32>(edgeHitsBase + ((load<u32>(list + (<usize>i << 2)) >>> 8) << 2)))
  }
  return rarest
}

/** Vose's method. Light entries wait at the front of the work list, heavy ones at its back. */
function buildAlias(count: u32, total: f64): void {
  const mean = total / <f64>count
  let light: u32 = 0
  let heavy = count
  for (let entry: u32 = 0; entry < count; entry++) {
    if (entryWeight(entry) < mean) setWork(light++, entry)
    else setWork(--heavy, entry)
  }
  while (light > 0 && heavy < count) {
    const small = work(--light)
    const large = work(heavy)
    setSlot(small, <u32>min<f64>(entryWeight(small) / mean * 4294967296, 4294967295), large)
    setEntryWeight(large, entryWeight(large) + entryWeight(small) - mean)
    if (entryWeight(large) < mean) {
      heavy++
      setWork(light++, large)
    }
  }
  // What is left differs from the mean by rounding alone.
  while (light > 0) setSlot(work(--light), 0xffff_ffff, work(light))
  for (; heavy < count; heavy++) setSlot(work(heavy), 0xffff_ffff, work(heavy))
}

function work(index: u32): u32 {
  return load<u32>(aliasWorkBase + (<usize>index << 2))
}
function setWork(index: u32, entry: u32): void {
  store<u32>(aliasWorkBase + (<usize>index << 2), entry)
}
function setSlot(entry: u32, threshold: u32, alias: u32): void {
  const pair = aliasBase + (<usize>entry << 3)
  store<u32>(pair, threshold)
  store<u32>(pair, alias, 4)
}
