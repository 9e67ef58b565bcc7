// Overwrites an integer with a value at which programs change their minds: limits of types, powers of two, off-by-ones.
import { NOT_APPLIED, place, value } from './input'
import { storeWord } from './words'

/** In order of the width from which a value makes sense, so that a width uses a prefix of the table. */
const INTERESTING = memory.data<i64>([
  0, 1, -1, 16, 32, 64, 100, 127, -128, 2, 3, 4, 8, 10, 255, 128, 256, 512, 1000, 1024, 4096, 32767, -32768, -129, 65535,
  32768, 65536, -32769, 100663045, -100663046, 2139095040, 0x7fffffff, -0x80000000, 0xffffffff, 0x80000000, 0x3f800000,
  0x100000000, 0x7fffffffffffffff, -0x8000000000000000, 0x7ff0000000000000, 0x3ff0000000000000, 0x7ff8000000000000,
])
/** Length of the prefix for 1, 2, 4 and 8 bytes. */
const PREFIX = memory.data<u32>([16, 25, 36, 42])

export function constant8(length: u32, limit: u32, draw: u64): u32 {
  return writeConstant(length, 0, draw)
}
export function constant16(length: u32, limit: u32, draw: u64): u32 {
  return writeConstant(length, 1, draw)
}
export function constant32(length: u32, limit: u32, draw: u64): u32 {
  return writeConstant(length, 2, draw)
}
export function constant64(length: u32, limit: u32, draw: u64): u32 {
  return writeConstant(length, 3, draw)
}

function writeConstant(length: u32, sizeShift: u32, draw: u64): u32 {
  const size: u32 = 1 << sizeShift
  if (length < size) return NOT_APPLIED
  const pick = value(draw, 2 * load<u32>(PREFIX + (sizeShift << 2)))
  const word = load<u64>(INTERESTING + ((pick >>> 1) << 3))
  return storeWord(length, place(draw, length - size + 1), sizeShift, (pick & 1) != 0, word)
}
