// Adds a small number to an integer of the input, up or down, in either byte order.
import { NOT_APPLIED, place, value } from './input'
import { loadWord, storeWord } from './words'

/** Largest step, AFL's. */
const DELTA_MAX: u32 = 35

export function incrementByte(length: u32, limit: u32, draw: u64): u32 {
  return length ? add(length, place(draw, length), 0, false, 1) : NOT_APPLIED
}
export function decrementByte(length: u32, limit: u32, draw: u64): u32 {
  return length ? add(length, place(draw, length), 0, false, -1) : NOT_APPLIED
}
export function add8(length: u32, limit: u32, draw: u64): u32 {
  return addAnywhere(length, 0, draw)
}
export function add16(length: u32, limit: u32, draw: u64): u32 {
  return addAnywhere(length, 1, draw)
}
export function add32(length: u32, limit: u32, draw: u64): u32 {
  return addAnywhere(length, 2, draw)
}
export function add64(length: u32, limit: u32, draw: u64): u32 {
  return addAnywhere(length, 3, draw)
}

function addAnywhere(length: u32, sizeShift: u32, draw: u64): u32 {
  const size: u32 = 1 << sizeShift
  if (length < size) return NOT_APPLIED
  const pick = value(draw, 4 * DELTA_MAX)
  const delta = <i64>(1 + (pick >>> 2))
  return add(length, place(draw, length - size + 1), sizeShift, (pick & 1) != 0, pick & 2 ? delta : -delta)
}

function add(length: u32, at: u32, sizeShift: u32, bigEndian: bool, delta: i64): u32 {
  return storeWord(length, at, sizeShift, bigEndian, loadWord(at, sizeShift, bigEndian) + <u64>delta)
}
