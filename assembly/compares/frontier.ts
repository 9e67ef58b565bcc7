// How near inputs have come to compares that never came out otherwise. Coverage does not see that a sum is nearer to what it
// should be, or that one more bit of a mask is set; here such an input is kept, one for each compare and measure, apart from
// the corpus, and goes through the stage as an entry does. Only strictly nearer ones are taken, and a compare that came out
// both ways gives its place back.
//
//   best    u8 per site and measure: 255 less the nearest so far, 0 for none
//   slot    site u32 (plus one, 0 is free) · measure u32 · length u32 · parent u32 · waits u32, then the input
//
// Measures: bits that differ, and the distance as a number. Nothing of it is asked before the campaign stagnates.
import { COMPARE_EQUAL, COMPARE_ORDER, WITHOUT_FRONTIER } from '../abi'
import { has } from '../mechanisms'
import { inputMax } from '../memory'
import { isTyped } from '../record'
import { kindOf, lastRecord, lastRecords, siteOf, widthOf, wordOf } from './log'
import { FRONTIER_HEADER, FRONTIER_INPUT_MAX, FRONTIER_SLOTS, bestBase, frontierBase, slotBytes } from './memory'
import { COMPARES_SITES_MAX } from '../abi'
import { signExtend } from './words'

const MEASURES: u32 = 2

let waiting: u32 = 0
let nextVictim: u32 = 0

export function resetFrontier(): void {
  waiting = 0
  nextVictim = 0
  if (!bestBase) return
  memory.fill(bestBase, 0, COMPARES_SITES_MAX * MEASURES)
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

/** Measures the log of the run that ended last; keeps its input where it is nearer than all before it. */
export function noteFrontier(data: usize, length: u32, parent: u32): void {
  measure(data, length, parent, true)
}

/** The same of a corpus entry, which is kept already. */
export function learnFrontier(): void {
  measure(0, 0, 0, false)
}

function measure(data: usize, length: u32, parent: u32, keeps: bool): void {
  if (isTyped || !has(WITHOUT_FRONTIER)) return
  const count = lastRecords()
  for (let index: u32 = 0; index < count; index++) {
    const record = lastRecord(index)
    const kind = kindOf(record)
    if (kind != <u32>COMPARE_EQUAL && kind != <u32>COMPARE_ORDER) continue
    const site = siteOf(record) & 0xffff
    note(site, 0, bits(record), data, length, parent, keeps)
    note(site, 1, distance(record), data, length, parent, keeps)
  }
}

function bits(record: usize): u8 {
  return <u8>popcnt<u64>(wordOf(record, 0) ^ wordOf(record, 1))
}

/** Exact up to 127, then seven and more for each doubling. */
function distance(record: usize): u8 {
  const width = widthOf(record)
  const difference = <i64>(signExtend(wordOf(record, 0), width) - signExtend(wordOf(record, 1), width))
  const apart = <u64>abs<i64>(difference)
  if (apart < 128) return <u8>apart
  const log = 63 - <u32>clz(apart)
  return <u8>min<u32>(254, 126 + 2 * (log - 6) + <u32>((apart >>> <u64>(log - 1)) & 1))
}

function note(site: u32, measure: u32, value: u8, data: usize, length: u32, parent: u32, keeps: bool): void {
  const best = bestBase + site * MEASURES + measure
  const before = load<u8>(best)
  const nearness: u8 = 255 - value
  if (nearness <= before) return
  store<u8>(best, nearness)
  const slot = slotOf(site, measure)
  if (value == 0 || !keeps) {
    if (slot != FRONTIER_SLOTS) release(slot)
    return
  }
  if (!before || length > min(inputMax, FRONTIER_INPUT_MAX)) return
  put(slot == FRONTIER_SLOTS ? freeSlot() : slot, site, measure, data, length, parent)
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
