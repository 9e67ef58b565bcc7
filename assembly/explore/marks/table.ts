// The marks met so far, over all timelines: what no snapshot holds and no restore brings back.
//
//   marksBase    MARK_* records, in the order in which marks were met
//   changedBase  u32 × marks      which of them changed since the host looked
//   indexBase    u32 × 2^n        hash of a mark's identity → its number plus one; open addressing
//   textsBase    TEXT × 2^n       raw hash of a message → the message, once
//   valuesBase                    messages, keys and qualities, one after the other
//
// A full table loses marks, never bounds: what is lost is counted, and the host says so.
import {
  MARK_BYTES,
  MARK_CHANGED,
  MARK_FLAGS,
  MARK_ID,
  MARK_KIND,
  MARK_MESSAGE,
  MARK_MESSAGE_BYTES,
} from '../../abi'
import { reserve } from '../../memory'

/** Stands for a mark where the table is full; one less than an empty place of the index. */
export const MARK_NONE: u32 = 0xffff_ffff
const TEXT_BYTES: u32 = 32
const PLACES_MIN: u32 = 16

export let marksBase: usize = 0
export let changedBase: usize = 0
let indexBase: usize = 0
let textsBase: usize = 0
let valuesBase: usize = 0
let valuesEnd: usize = 0
let places: u32 = 0
let marksMax: u32 = 0
let count: u32 = 0
let changedCount: u32 = 0
let textCount: u32 = 0
/** Calls of marks that were not kept. */
let lost: u64 = 0

/**
 * Makes room for so many marks and bytes of messages and values, and forgets all of them; called once, after `setup`.
 * Returns 0, or the pages that could not be had.
 */
export function marksSetup(marks: u32, valueBytes: u32): u32 {
  places = PLACES_MIN
  while (places < 2 * marks && places < 0x0800_0000) places <<= 1
  marksMax = min<u32>(marks, places >> 1)
  const recordBytes = <u64>marksMax * (MARK_BYTES + 4)
  const tableBytes = <u64>places * (4 + TEXT_BYTES)
  const at = reserve(recordBytes + tableBytes + valueBytes)
  if (at == 0) return <u32>((recordBytes + tableBytes + valueBytes) >> 16) + 1
  marksBase = at
  textsBase = marksBase + <usize>marksMax * MARK_BYTES
  changedBase = textsBase + <usize>places * TEXT_BYTES
  indexBase = changedBase + <usize>marksMax * 4
  valuesBase = (indexBase + <usize>places * 4 + 7) & ~7
  valuesEnd = at + <usize>(recordBytes + tableBytes) + valueBytes
  memory.fill(textsBase, 0, <usize>places * TEXT_BYTES)
  memory.fill(indexBase, 0, <usize>places * 4)
  return 0
}

/** False where nobody asked for a table: nothing is kept then. */
export function hasTable(): bool {
  return places != 0
}

export function marksLength(): u32 {
  return count
}

/** Calls of marks that found no room. */
export function marksLost(): u64 {
  return lost
}

export function countLost(): void {
  lost++
}

export function markAt(mark: u32): usize {
  return marksBase + <usize>mark * MARK_BYTES
}

export function markId(mark: u32): u64 {
  return load<u64>(markAt(mark), MARK_ID)
}

/** Room in the values, at a multiple of 8; 0 where there is none. */
export function placeValues(bytes: u32): usize {
  const at = valuesBase
  if (<u64>at + bytes + 8 > <u64>valuesEnd) return 0
  valuesBase = (at + bytes + 7) & ~7
  return at
}

// ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────────────
//
//   +0 raw hash u64 · +8 hash of the UTF-8 u64 · +16 address u32 · +20 bytes u32
//   +24 kind u32, +28 number plus one u32 of the mark without keys that had this message last

/** The record of a message by its raw hash, or the free place where it belongs (its first word is 0 then). */
export function findText(rawHash: u64): usize {
  let place = <u32>rawHash & (places - 1)
  let found = load<u64>(textsBase + <usize>place * TEXT_BYTES)
  while (found != rawHash && found != 0) {
    place = (place + 1) & (places - 1)
    found = load<u64>(textsBase + <usize>place * TEXT_BYTES)
  }
  return textsBase + <usize>place * TEXT_BYTES
}

/** Keeps a message at a free place that `findText` gave. False where there is no room. */
export function keepText(at: usize, rawHash: u64, hash: u64, text: usize, bytes: u32): bool {
  if (textCount >= places >> 1) return false
  const kept = placeValues(bytes)
  if (kept == 0) return false
  textCount++
  memory.copy(kept, text, bytes)
  store<u64>(at, rawHash)
  store<u64>(at, hash, 8)
  store<u32>(at, <u32>kept, 16)
  store<u32>(at, bytes, 20)
  return true
}

// @ts-ignore: decorator
@inline
export function textHash(at: usize): u64 {
  return load<u64>(at, 8)
}

/** The mark without keys that this message last stood for, if it was of that kind; else MARK_NONE. */
export function lastOf(text: usize, kind: u32): u32 {
  return text != 0 && load<u32>(text, 24) == kind ? load<u32>(text, 28) - 1 : MARK_NONE
}

/** Remembers it, and returns it. */
export function keepLast(text: usize, kind: u32, mark: u32): u32 {
  if (text != 0) {
    store<u32>(text, kind, 24)
    store<u32>(text, mark + 1, 28)
  }
  return mark
}

// ── marks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The mark with this identity, or MARK_NONE. */
export function findMark(id: u64): u32 {
  if (places == 0) return MARK_NONE
  let place = <u32>id & (places - 1)
  let found = load<u32>(indexBase + <usize>place * 4)
  while (found != 0 && load<u64>(markAt(found - 1), MARK_ID) != id) {
    place = (place + 1) & (places - 1)
    found = load<u32>(indexBase + <usize>place * 4)
  }
  return found - 1
}

/** A new mark that is not in the table; MARK_NONE where the table is full. */
export function addMark(id: u64, kind: i32, text: usize): u32 {
  if (count >= marksMax) return MARK_NONE
  let place = <u32>id & (places - 1)
  while (load<u32>(indexBase + <usize>place * 4) != 0) place = (place + 1) & (places - 1)
  store<u32>(indexBase + <usize>place * 4, count + 1)
  const at = markAt(count)
  memory.fill(at, 0, MARK_BYTES)
  store<u64>(at, id, MARK_ID)
  store<u8>(at, <u8>kind, MARK_KIND)
  store<u32>(at, load<u32>(text, 16), MARK_MESSAGE)
  store<u32>(at, load<u32>(text, 20), MARK_MESSAGE_BYTES)
  return count++
}

/** Puts the mark on the list of changed ones. */
// @ts-ignore: decorator
@inline
export function touchMark(mark: u32): void {
  const at = markAt(mark)
  const flags = load<u8>(at, MARK_FLAGS)
  if (flags & MARK_CHANGED) return
  store<u8>(at, flags | MARK_CHANGED, MARK_FLAGS)
  store<u32>(changedBase + <usize>changedCount * 4, mark)
  changedCount++
}

export function marksChanged(): u32 {
  return changedCount
}

/** The host has read the changed ones. */
export function marksTold(): void {
  for (let i: u32 = 0; i < changedCount; i++) {
    const at = markAt(load<u32>(changedBase + <usize>i * 4))
    store<u8>(at, load<u8>(at, MARK_FLAGS) & ~(<u8>MARK_CHANGED), MARK_FLAGS)
  }
  changedCount = 0
}
