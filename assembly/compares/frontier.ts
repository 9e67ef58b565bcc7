// How near inputs have come to compares that never came out otherwise. Coverage does not see that a sum is nearer to what it
// should be, that one more bit of a mask is set, or that one half of a condition holds that is computed without a branch;
// here such an input is kept, one for each compare and measure, apart from the corpus, and goes through the stage as an
// entry does. Only strictly nearer ones are taken, and what an entry of the corpus shows as well gives its place back.
//
//   best    u8 per site and measure: 255 less the nearest so far, 0 for none
//   slot    site u32 (plus one, 0 is free) · measure u32 · length u32 · parent u32 · waits u32, then the input
//
//   measure   0                         1                      2
//   equality  bits that differ          distance               both sides are the same
//   order     distance from below       distance from above    both sides are the same
//   bytes     what follows those that   -                      both sides are the same
//             are the same
//
// Nothing is kept before the campaign stagnates.
import {
  COMPARES_SITES_MAX,
  COMPARE_BYTES,
  COMPARE_EQUAL,
  COMPARE_FLAG_SIGNED,
  COMPARE_FLOAT_EQUAL,
  COMPARE_FLOAT_ORDER,
  COMPARE_ORDER,
  COMPARE_TEXT,
  WITHOUT_FRONTIER,
} from '../abi'
import { has } from '../mechanisms'
import { inputMax } from '../memory'
import { isTyped } from '../record'
import { wantedLength } from './bytes'
import { bytesAt, bytesLength, flagsOf, kindOf, lastRecord, lastRecords, siteOf, widthOf, wordOf } from './log'
import {
  FRONTIER_HEADER,
  FRONTIER_INPUT_MAX,
  FRONTIER_MEASURES,
  FRONTIER_SLOTS,
  bestBase,
  frontierBase,
  slotBytes,
} from './memory'
import { signExtend } from './words'

const SAME: u32 = 2
/** Strings that are shorter are the same by chance. */
const SAME_BYTES_MIN: u32 = 2
/** Inputs that enter the corpus for a compare that they meet, at most. */
const PROMOTED_MAX: u32 = 128

/** The run that is measured, and whether its input may be kept. */
let inputData: usize = 0
let inputBytes: u32 = 0
let inputParent: u32 = 0
let keeping: bool = false
/** The compare has been seen before this record of it. */
let known: bool = false
let waiting: u32 = 0
let promotes: bool = false
let promoted: u32 = 0
let nextVictim: u32 = 0

export function resetFrontier(): void {
  waiting = 0
  nextVictim = 0
  promoted = 0
  if (!bestBase) return
  memory.fill(bestBase, 0, COMPARES_SITES_MAX * FRONTIER_MEASURES)
  for (let slot: u32 = 0; slot < FRONTIER_SLOTS; slot++) store<u32>(slotAt(slot), 0)
}

/** Inputs that have yet to go through the stage. */
export function frontierWaits(): bool {
  return waiting > 0
}

function slotAt(slot: u32): usize {
  return frontierBase + <usize>slot * slotBytes
}

export function frontierData(slot: u32): usize {
  return slotAt(slot) + FRONTIER_HEADER
}
export function frontierLength(slot: u32): u32 {
  return load<u32>(slotAt(slot), 8)
}
/** The corpus entry that it was made from, over however many steps. */
export function frontierParent(slot: u32): u32 {
  return load<u32>(slotAt(slot), 12)
}

/** All inputs go through the stage once more. */
export function rearmFrontier(): void {
  if (!bestBase) return
  for (let slot: u32 = 0; slot < FRONTIER_SLOTS; slot++) {
    const at = slotAt(slot)
    if (!load<u32>(at) || load<u32>(at, 16)) continue
    store<u32>(at, 1, 16)
    waiting++
  }
}

/** Takes an input that waits; FRONTIER_SLOTS where none does. */
export function takeFrontier(): u32 {
  for (let slot: u32 = 0; waiting && slot < FRONTIER_SLOTS; slot++) {
    if (!load<u32>(slotAt(slot)) || !load<u32>(slotAt(slot), 16)) continue
    store<u32>(slotAt(slot), 0, 16)
    waiting--
    return slot
  }
  waiting = 0
  return FRONTIER_SLOTS
}

/**
 * Measures the log of the run that ended last; keeps its input where it is nearer than all before it. True where it meets a
 * compare that none has met: such an input belongs into the corpus, as if it had taken a branch.
 */
export function noteFrontier(data: usize, length: u32, parent: u32): bool {
  measure(data, length, parent, true)
  if (promotes) promoted++
  return promotes
}

/** The same of a corpus entry, which is kept already. */
export function learnFrontier(): void {
  measure(0, 0, 0, false)
}

function measure(data: usize, length: u32, parent: u32, keeps: bool): void {
  if (isTyped || !has(WITHOUT_FRONTIER)) return
  promotes = false
  inputData = data
  inputBytes = length
  inputParent = parent
  keeping = keeps
  const count = lastRecords()
  for (let index: u32 = 0; index < count; index++) measureRecord(lastRecord(index))
}

function measureRecord(record: usize): void {
  const kind = kindOf(record)
  const site = siteOf(record) & 0xffff
  const best = bestBase + site * FRONTIER_MEASURES
  known = load<u16>(best) != 0 || load<u8>(best, SAME) != 0
  if (kind == <u32>COMPARE_BYTES || kind == <u32>COMPARE_TEXT) {
    const apart = unlike(record)
    const bytes = wantedLength(record, 0)
    if (apart) note(site, 0, apart)
    // One function compares with many strings: each that is met counts for itself.
    else if (bytes >= SAME_BYTES_MIN) note((site + hashOf(record, bytes)) & 0xffff, SAME, 0)
    return
  }
  const floats = kind == <u32>COMPARE_FLOAT_EQUAL || kind == <u32>COMPARE_FLOAT_ORDER
  const orders = kind == <u32>COMPARE_ORDER || kind == <u32>COMPARE_FLOAT_ORDER
  if (!floats && !orders && kind != <u32>COMPARE_EQUAL) return
  const width = widthOf(record)
  const isSigned = floats || (flagsOf(record) & <u32>COMPARE_FLAG_SIGNED) != 0
  const left = floats ? ordered(wordOf(record, 0), width) : wordOf(record, 0)
  const right = floats ? ordered(wordOf(record, 1), width) : wordOf(record, 1)
  if (!orders) {
    note(site, 0, <u8>popcnt<u64>(left ^ right))
    note(site, 1, distance(left, right, width))
  } else {
    const isBelow = isSigned ? <i64>signExtend(left, width) < <i64>signExtend(right, width) : left < right
    note(site, isBelow ? 0 : 1, distance(left, right, width))
  }
}

/** The bits of a float as a signed number that is greater where the float is. */
function ordered(bits: u64, width: u32): u64 {
  const wide = width == 8 ? bits : reinterpret<u64>(<f64>reinterpret<f32>(<u32>bits))
  return wide >>> 63 ? wide ^ 0x7fff_ffff_ffff_ffff : wide
}

/** What both sides are, in 16 bits. */
function hashOf(record: usize, bytes: u32): u32 {
  let hash: u32 = 0x811c_9dc5
  const at = bytesAt(record, 0)
  for (let i: u32 = 0; i < min<u32>(bytes, 32); i++) hash = (hash ^ load<u8>(at + i)) * 0x0100_0193
  return hash >>> 16
}

/** Bytes from the first that differs on, up to the end of the side that ends first. */
function unlike(record: usize): u8 {
  const all = max(wantedLength(record, 0), wantedLength(record, 1))
  const both = min(bytesLength(record, 0), bytesLength(record, 1))
  let same: u32 = 0
  while (same < both && load<u8>(bytesAt(record, 0) + same) == load<u8>(bytesAt(record, 1) + same)) same++
  return <u8>min<u32>(254, all - min(same, all))
}

/** Exact up to 127, then seven and more for each doubling. */
function distance(left: u64, right: u64, width: u32): u8 {
  const difference = <i64>(signExtend(left, width) - signExtend(right, width))
  const apart = <u64>abs<i64>(difference)
  if (apart < 128) return <u8>apart
  const log = 63 - <u32>clz(apart)
  return <u8>min<u32>(254, 126 + 2 * (log - 6) + <u32>((apart >>> <u64>(log - 1)) & 1))
}

/** The compare is so far from equality, by one measure. */
function note(site: u32, measure: u32, value: u8): void {
  if (value == 0) measure = SAME
  const best = bestBase + site * FRONTIER_MEASURES + measure
  const nearness: u8 = 255 - value
  const isNearer = nearness > load<u8>(best)
  if (!isNearer && keeping) return
  if (isNearer) store<u8>(best, nearness)
  const slot = slotOf(site, measure)
  if (!keeping) {
    if (slot != FRONTIER_SLOTS && (isNearer || measure == SAME)) release(slot)
    return
  }
  if (!known || inputBytes > min(inputMax, FRONTIER_INPUT_MAX)) return
  if (measure == SAME && promoted < PROMOTED_MAX) {
    promotes = true
    return
  }
  put(slot == FRONTIER_SLOTS ? freeSlot() : slot, site, measure, inputData, inputBytes, inputParent)
}

function slotOf(site: u32, measure: u32): u32 {
  for (let slot: u32 = 0; slot < FRONTIER_SLOTS; slot++) {
    const at = slotAt(slot)
    if (load<u32>(at) == site + 1 && load<u32>(at, 4) == measure) return slot
  }
  return FRONTIER_SLOTS
}

function release(slot: u32): void {
  if (load<u32>(slotAt(slot), 16)) waiting--
  store<u32>(slotAt(slot), 0, 16)
  store<u32>(slotAt(slot), 0)
}

/** One that is free, or that of the compare that had one longest. */
function freeSlot(): u32 {
  for (let slot: u32 = 0; slot < FRONTIER_SLOTS; slot++) if (!load<u32>(slotAt(slot))) return slot
  const slot = nextVictim
  nextVictim = (nextVictim + 1) % FRONTIER_SLOTS
  release(slot)
  return slot
}

function put(slot: u32, site: u32, measure: u32, data: usize, length: u32, parent: u32): void {
  const at = slotAt(slot)
  if (!load<u32>(at) || !load<u32>(at, 16)) waiting++
  store<u32>(at, site + 1)
  store<u32>(at, measure, 4)
  store<u32>(at, length, 8)
  store<u32>(at, parent, 12)
  store<u32>(at, 1, 16)
  memory.copy(at + FRONTIER_HEADER, data, length)
}
