// Operators on single bits and bytes. None changes the length, none can leave the input as it was.
import { INPUT_BASE } from '../abi'
import { NOT_APPLIED, place, touched, value } from './input'

export function flipBit(length: u32, limit: u32, draw: u64): u32 {
  const bit = place(draw, length << 3)
  return change(length, bit >>> 3, 1 << (bit & 7))
}

export function flipByte(length: u32, limit: u32, draw: u64): u32 {
  return change(length, place(draw, length), 0xff)
}

/** Any byte but the one that was there. */
export function randomByte(length: u32, limit: u32, draw: u64): u32 {
  return change(length, place(draw, length), 1 + value(draw, 255))
}

/** Bytes that texts are made of, brackets and separators above all. */
const PUNCTUATION = memory.data<u8>([
  32, 9, 10, 13, 34, 39, 40, 41, 91, 93, 123, 125, 60, 62, 44, 46, 58, 59, 61, 43, 45, 42, 47, 92, 37, 38, 124, 33, 63,
  35, 36, 64, 95, 126, 94, 96, 48, 49, 50, 57, 65, 70, 90, 97, 101, 110, 116, 117, 120, 122, 0, 255,
])
const PUNCTUATION_COUNT: u32 = 52

export function punctuation(length: u32, limit: u32, draw: u64): u32 {
  if (!length) return NOT_APPLIED
  const at = place(draw, length)
  const byte = load<u8>(PUNCTUATION + value(draw, PUNCTUATION_COUNT))
  return change(length, at, byte ^ load<u8>(INPUT_BASE + at))
}

/** Xors one byte with `bits`; not applied where that changes nothing. */
function change(length: u32, at: u32, bits: u32): u32 {
  if (!length || !(bits & 0xff)) return NOT_APPLIED
  store<u8>(INPUT_BASE + at, load<u8>(INPUT_BASE + at) ^ <u8>bits)
  touched(at, at + 1)
  return length
}
