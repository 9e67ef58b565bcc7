// What libFuzzer's ChangeBinaryInteger does beyond arithmetic: integers that hold a size, signs, byte order.
import { NOT_APPLIED, place, value } from './input'
import { loadWord, storeWord } from './words'

/** Writes the size of the input, or of what follows the field, as if the field were a length. */
export function sizeField(length: u32, limit: u32, draw: u64): u32 {
  const pick = value(draw, 64)
  const sizeShift = pick & 3
  const size: u32 = 1 << sizeShift
  if (length < size) return NOT_APPLIED
  // Length fields stand near the start.
  const at = place(draw, min(length - size + 1, <u32>64))
  const rest = pick & 8 ? length : length - at - size
  const off = pick & 16 ? <u64>(pick >>> 5) * 2 - 1 : 0
  return storeWord(length, at, sizeShift, (pick & 4) != 0, <u64>rest + off)
}

export function negate(length: u32, limit: u32, draw: u64): u32 {
  const pick = value(draw, 8)
  const sizeShift = pick & 3
  const size: u32 = 1 << sizeShift
  if (length < size) return NOT_APPLIED
  const at = place(draw, length - size + 1)
  const bigEndian = (pick & 4) != 0
  return storeWord(length, at, sizeShift, bigEndian, 0 - loadWord(at, sizeShift, bigEndian))
}

export function swapBytes(length: u32, limit: u32, draw: u64): u32 {
  const sizeShift = 1 + value(draw, 3)
  const size: u32 = 1 << sizeShift
  if (length < size) return NOT_APPLIED
  const at = place(draw, length - size + 1)
  return storeWord(length, at, sizeShift, true, loadWord(at, sizeShift, false))
}
