// Operators on one integer of 1, 2, 4 or 8 bytes: flips, constants, arithmetic, signs, byte order.
//
// They are rows of a table and one formula without branches, because which one comes next cannot be predicted and a
// mispredicted branch costs as much as the operator:
//
//   new = ((old & keep) + (operand & add)) ^ (operand & xor)      each mask is all ones or all zeros
//
// `old` is read in either byte order, half and half; SWAP writes it back in the other one. Eight bytes are loaded and
// stored whatever the width; those beyond it are stored as they were.
import { INPUT_BASE } from '../abi'
import { NOT_APPLIED, place, touched, value } from './input'

/** Masks of the formula, as bits of a row. */
const KEEP: u32 = 1
const ADD: u32 = 2
const XOR: u32 = 4
const SWAP: u32 = 8
/** The operand is 1 … count by itself, not looked up. */
const PICK: u32 = 16

/**
 * What rows draw their operands from: single bits, a whole byte, ±1 … ±35 (AFL's steps), the bytes that texts are made of,
 * and values at which programs change their minds, in order of the width from which they make sense.
 */
const OPERANDS = memory.data<i64>([
  1, 2, 4, 8, 16, 32, 64, 128, 255,
  1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8, 9, -9, 10, -10, 11, -11, 12, -12, 13, -13, 14, -14, 15, -15,
  16, -16, 17, -17, 18, -18, 19, -19, 20, -20, 21, -21, 22, -22, 23, -23, 24, -24, 25, -25, 26, -26, 27, -27, 28, -28,
  29, -29, 30, -30, 31, -31, 32, -32, 33, -33, 34, -34, 35, -35,
  32, 9, 10, 13, 34, 39, 40, 41, 91, 93, 123, 125, 60, 62, 44, 46, 58, 59, 61, 43, 45, 42, 47, 92, 37, 38, 124, 33, 63,
  35, 36, 64, 95, 126, 94, 96, 48, 49, 50, 57, 65, 70, 90, 97, 101, 110, 116, 117, 120, 122, 0, 255,
  0, 1, -1, 16, 32, 64, 100, 127, -128, 2, 3, 4, 8, 10, 255, 128, 256, 512, 1000, 1024, 4096, 32767, -32768, -129,
  65535, 32768, 65536, -32769, 100663045, -100663046, 2139095040, 2147483647, -2147483648, 4294967295, 1065353216,
  4294967296, 9223372036854775807, -9223372036854775808, 9218868437227405312, 4607182418800017408, 9221120237041090560,
])

/** Per operator id: log2 of the width, masks, first operand, count of operands. */
const ROWS = memory.data<u16>([
  // flipBit
  0, 5, 0, 8,
  // flipByte
  0, 5, 8, 1,
  // randomByte
  0, 21, 0, 255,
  // punctuation
  0, 2, 79, 52,
  // constant8
  0, 2, 131, 16,
  // constant16
  1, 2, 131, 25,
  // constant32
  2, 2, 131, 35,
  // constant64
  3, 2, 131, 41,
  // increment
  0, 3, 9, 1,
  // decrement
  0, 3, 10, 1,
  // add8
  0, 3, 9, 70,
  // add16
  1, 3, 9, 70,
  // add32
  2, 3, 9, 70,
  // add64
  3, 3, 9, 70,
  // negate8
  0, 7, 10, 1,
  // negate16
  1, 7, 10, 1,
  // negate32
  2, 7, 10, 1,
  // negate64
  3, 7, 10, 1,
  // swap16
  1, 11, 131, 1,
  // swap32
  2, 11, 131, 1,
  // swap64
  3, 11, 131, 1,
])

/** Ids below this one are rows of this table. */
export const WORD_OPERATORS: u32 = 21

export function changeWord(id: u32, length: u32, draw: u64): u32 {
  if (!length) return NOT_APPLIED
  const row = ROWS + (id << 3)
  // An input too short for the width gets the widest that fits: failing would be the branch that cannot be predicted.
  const sizeShift = min(<u32>load<u16>(row), 31 - <u32>clz(length))
  const size: u32 = 1 << sizeShift
  const masks = <u32>load<u16>(row, 2)
  const pick = value(draw, <u32>load<u16>(row, 6))
  const listed = load<u64>(OPERANDS + ((<u32>load<u16>(row, 4) + pick) << 3))
  const operand = select<u64>(<u64>(pick + 1), listed, (masks & PICK) != 0)
  const bigEndian = (<u32>draw & 0x1_0000) != 0
  const writeBig = bigEndian != ((masks & SWAP) != 0)

  const at = place(draw, length - size + 1)
  const eight = load<u64>(INPUT_BASE + at)
  const unused = <u64>(64 - (8 << sizeShift))
  const width: u64 = <u64>-1 >>> unused
  const old = select<u64>(bswap<u64>(eight) >>> unused, eight & width, bigEndian)
  const sum = (old & maskOf(masks, KEEP)) + (operand & maskOf(masks, ADD))
  const changed = (sum ^ (operand & maskOf(masks, XOR))) & width
  const written = select<u64>(bswap<u64>(changed << unused), changed, writeBig)
  const after = (eight & ~width) | written
  if (after == eight) return NOT_APPLIED
  store<u64>(INPUT_BASE + at, after)
  touched(at, at + size)
  return length
}

function maskOf(masks: u32, bit: u32): u64 {
  return <u64>0 - <u64>((masks & bit) != 0)
}
