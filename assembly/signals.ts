// What the target says of itself: values to maximise, to minimise, to bring together, sets of values, states. Each lights
// edges behind those of the code (abi.ts draws them), so observing, confirming and keeping do not know of signals.
//
//   set, state   one edge a value. New values are kept like new code.
//   extremes     a slot each, which belongs to the first signal that asks for it:
//
//     slot + 0  key    u64  kind << 32 | id, plus one; 0 while it is free
//          + 8  best   i64  of all inputs that were kept
//          +16  score  i64  of the run that is named next, the best in it
//          +24  run    u64  executions() when the score was told: nothing need be cleared between runs
//
// A run that beats the best lights the slot's `improved` edge, which never counts as seen: each improvement looks new, and
// is learned when the second run improves as well. The input then takes the place of the one that it surpasses, if that
// was kept for nothing else, so an extreme that improves a thousand times holds one entry. The host sees coarse levels of
// the score, two for each power of two, which mean the same to every worker; a run lights its level unless it is a lower
// one than the best's.
import {
  CONTROL_SIGNALS,
  CONTROL_SIGNALS_FLAG,
  COUNTERS_BASE,
  ENTRY_NONE,
  FLAGS_BASE,
  PHASE_IDLE,
  SIGNAL_GROUP,
  SIGNAL_LEVEL_EDGES,
  SIGNAL_SLOTS,
  SIGNAL_VALUES,
} from './abi'
import { executions, phase } from './control'
import { unlearn } from './coverage'
import { splitmix } from './random'

export const KIND_MAXIMUM: u32 = 0
export const KIND_MINIMUM: u32 = 1
export const KIND_DISTANCE: u32 = 2
const KINDS: u32 = 3

const SLOT_BYTES: u32 = 32
const SLOTS = memory.data(4096)
const BEST = 8
const SCORE = 16
const RUN = 24
/** u32 per slot: the entry that has its best, plus one. */
const CHAMPIONS = memory.data(512)
/** u32 each: entries that were kept for extremes alone. One more than there are slots may be needed. */
const DEDICATED = memory.data(528)
/** u8 each: slots that the input confirmed last improves. */
const IMPROVED = memory.data(128)

const LEVELS_FIRST: u32 = SIGNAL_VALUES
const IMPROVED_FIRST: u32 = SIGNAL_VALUES + SIGNAL_SLOTS * SIGNAL_LEVEL_EDGES

let dedicatedCount: u32 = 0
let improvedCount: u32 = 0
let lastState: u64 = 0
/** Run in which it was told. */
let lastStateRun: u64 = 0

export function resetSignals(): void {
  memory.fill(SLOTS, 0, SIGNAL_SLOTS * SLOT_BYTES)
  memory.fill(CHAMPIONS, 0, 4 * SIGNAL_SLOTS)
  dedicatedCount = 0
  improvedCount = 0
  lastStateRun = 0
}

// ── what targets call ───────────────────────────────────────────────────────────────────────────────────────────────

/** False while a target starts, is confirmed as it came, or is explored. */
function isListening(): bool {
  return load<u32>(CONTROL_SIGNALS) != 0 && phase() != PHASE_IDLE
}

function light(signal: u32, count: u32): void {
  store<u32>(COUNTERS_BASE + ((load<u32>(CONTROL_SIGNALS) + signal) << 2), count)
  if (count) store<u8>(FLAGS_BASE + load<u32>(CONTROL_SIGNALS_FLAG) + signal / SIGNAL_GROUP, 1)
}

/** Small values of one set lie side by side, so that they never fall together; the others are scattered. */
function lightValue(set: u64, value: u64): void {
  const place = value < <u64>SIGNAL_VALUES ? value : splitmix(value)
  light(<u32>(splitmix(set) + place) & (SIGNAL_VALUES - 1), 1)
}

/** A value of set `id`. */
export function tellValue(id: u32, value: u64): void {
  if (isListening()) lightValue(<u64>id + 1, value)
}

/** The state that the program is in: new are a state, and a step from one to another. */
export function tellState(state: u64): void {
  if (!isListening()) return
  lightValue(0, state)
  if (lastStateRun == executions() && lastState != state) lightValue(1 << 32, splitmix(lastState) ^ state)
  lastState = state
  lastStateRun = executions()
}

/** A score, the higher the better. */
export function tellScore(kind: u32, id: u32, score: i64): void {
  if (!isListening()) return
  const slot = (id * KINDS + kind) & (SIGNAL_SLOTS - 1)
  const at = slotAt(slot)
  const key = (((<u64>kind) << 32) | <u64>id) + 1
  if (load<u64>(at) != key) {
    if (load<u64>(at)) return
    store<u64>(at, key)
    store<i64>(at, i64.MIN_VALUE, BEST)
  }
  const again = load<u64>(at, RUN) == executions()
  const before = load<i64>(at, SCORE)
  if (again && score <= before) return
  store<u64>(at, executions(), RUN)
  store<i64>(at, score, SCORE)
  const level = levelOf(score)
  if (level < levelOf(load<i64>(at, BEST))) return
  if (again) light(levelEdge(slot, levelOf(before)), 0)
  light(levelEdge(slot, level), countFor(level & 7))
  if (score > load<i64>(at, BEST)) light(IMPROVED_FIRST + slot, 1)
}

function slotAt(slot: u32): usize {
  return SLOTS + slot * SLOT_BYTES
}

/** 0 … 255, rising with the score: each number from -8 to 7 is one, and then two for each power of two. */
function levelOf(score: i64): u32 {
  return score < 0 ? 127 - magnitude(~score) : 128 + magnitude(score)
}

function magnitude(value: u64): u32 {
  if (value < 8) return <u32>value
  const power = 63 - <u32>clz(value)
  return 8 + 2 * (power - 3) + (<u32>(value >>> (power - 1)) & 1)
}

function levelEdge(slot: u32, level: u32): u32 {
  return LEVELS_FIRST + slot * SIGNAL_LEVEL_EDGES + (level >>> 3)
}

/** The least count of bucket 0 … 7. */
function countFor(bucket: u32): u32 {
  return bucket < 3 ? bucket + 1 : bucket < 6 ? 1 << (bucket - 1) : bucket == 6 ? 32 : 128
}

// ── what becomes of an input ────────────────────────────────────────────────────────────────────────────────────────

/**
 * Both runs of an input have reached the `count` features at `list`. Learns the scores of extremes that it improves, and puts
 * their levels in the place of the edges that said so. Returns how many features there are now.
 */
export function learnSignals(list: usize, count: u32): u32 {
  improvedCount = 0
  const first = load<u32>(CONTROL_SIGNALS)
  if (!first) return count
  let kept: u32 = 0
  for (let i: u32 = 0; i < count; i++) {
    const feature = load<u32>(list + (<usize>i << 2))
    const edge = feature >>> 8
    if (edge < first + IMPROVED_FIRST) {
      store<u32>(list + (<usize>kept << 2), feature)
      kept++
      continue
    }
    unlearn(feature)
    const slot = edge - first - IMPROVED_FIRST
    store<i64>(slotAt(slot), load<i64>(slotAt(slot), SCORE), BEST)
    store<u8>(IMPROVED + improvedCount++, <u8>slot)
  }
  for (let i: u32 = 0; i < improvedCount; i++) {
    const slot = <u32>load<u8>(IMPROVED + i)
    const level = levelOf(load<i64>(slotAt(slot), BEST))
    const feature = ((first + levelEdge(slot, level)) << 8) | (1 << (level & 7))
    if (holds(list, kept, feature)) continue
    store<u32>(list + (<usize>kept << 2), feature)
    kept++
  }
  return kept
}

function holds(list: usize, count: u32, feature: u32): bool {
  for (let i: u32 = 0; i < count; i++) if (load<u32>(list + (<usize>i << 2)) == feature) return true
  return false
}

/** The input confirmed last improves an extreme. It is not to be shortened: a form of it would have to score as well. */
export function hasImproved(): bool {
  return improvedCount != 0
}

/** False where an entry has the best of an extreme, and the run under way, not yet observed, is worse. */
export function keepsCrown(entry: u32): bool {
  if (!load<u32>(CONTROL_SIGNALS)) return true
  for (let slot: u32 = 0; slot < <u32>SIGNAL_SLOTS; slot++) {
    if (load<u32>(CHAMPIONS + (slot << 2)) != entry + 1) continue
    const at = slotAt(slot)
    if (load<u64>(at, RUN) != executions() || load<i64>(at, SCORE) < load<i64>(at, BEST)) return false
  }
  return true
}

/** The entry whose place an input takes, or ENTRY_NONE: it is kept for extremes alone, and none has its best there any more. */
export function placeFor(features: usize, count: u32): u32 {
  if (!isDedicated(features, count)) return ENTRY_NONE
  for (let i: u32 = 0; i < improvedCount; i++) store<u32>(CHAMPIONS + (<u32>load<u8>(IMPROVED + i) << 2), 0)
  for (let i: u32 = 0; i < dedicatedCount; i++) {
    const entry = load<u32>(DEDICATED + (i << 2))
    if (!isChampion(entry)) return entry
  }
  return ENTRY_NONE
}

function isDedicated(features: usize, count: u32): bool {
  if (!improvedCount) return false
  const first = load<u32>(CONTROL_SIGNALS) + LEVELS_FIRST
  for (let i: u32 = 0; i < count; i++) if (load<u32>(features + (<usize>i << 2)) >>> 8 < first) return false
  return true
}

function isChampion(entry: u32): bool {
  for (let slot: u32 = 0; slot < <u32>SIGNAL_SLOTS; slot++) if (load<u32>(CHAMPIONS + (slot << 2)) == entry + 1) return true
  return false
}

/** The input confirmed last lies in this entry, ENTRY_NONE where there was no room: what it improves is the entry's now. */
export function crown(entry: u32, features: usize, count: u32): void {
  if (entry != ENTRY_NONE && isDedicated(features, count) && !isListed(entry)) {
    store<u32>(DEDICATED + (dedicatedCount++ << 2), entry)
  }
  for (let i: u32 = 0; i < improvedCount; i++) store<u32>(CHAMPIONS + (<u32>load<u8>(IMPROVED + i) << 2), entry + 1)
  improvedCount = 0
}

function isListed(entry: u32): bool {
  for (let i: u32 = 0; i < dedicatedCount; i++) if (load<u32>(DEDICATED + (i << 2)) == entry) return true
  return false
}
