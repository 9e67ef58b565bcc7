// Numbers that stand in the input as text, decimal or hexadecimal: a run of digits whose value is the operand, in both forms
// of the input, is replaced by the digits of what the operand should become.
import { WITHOUT_ENCODINGS } from '../abi'
import { has } from '../mechanisms'
import { coloredBase, originalBase } from './memory'
import { PATCH_EXACT, addPatch } from './patches'
import { goal, goalCount, maskOf } from './words'

const MINUS: u8 = 0x2d
const DIGITS_MAX: u32 = 20
const TEXT = memory.data(32)

/** The value of the last `parse`, and how many digits it took. */
let parsed: u64 = 0
let digits: u32 = 0

export function solveNumbers(width: u32, first: u64, second: u64, length: u32): void {
  if (first == second || !has(WITHOUT_ENCODINGS)) return
  for (let base: u32 = 10; base <= 16; base += 6) {
    for (let at: u32 = 0; at < length; at++) {
      if (digitOf(load<u8>(originalBase + at), base) < 0) continue
      // Only where a run begins.
      if (at && digitOf(load<u8>(originalBase + at - 1), base) >= 0) continue
      offer(at, base, width, first, second, length)
    }
  }
}

function offer(at: u32, base: u32, width: u32, first: u64, second: u64, length: u32): void {
  const mask = maskOf(width)
  if (!parse(coloredBase, at, length, base)) return
  const there = parsed
  if (!parse(originalBase, at, length, base)) return
  const here = parsed
  const taken = digits
  const isPlain = (here & mask) == first && (there & mask) == second
  const minus = at > 0 && load<u8>(originalBase + at - 1) == MINUS && load<u8>(coloredBase + at - 1) == MINUS
  const isNegative = minus && ((0 - here) & mask) == first && ((0 - there) & mask) == second
  if (!isPlain && !isNegative) return
  for (let i: u32 = 0; i < goalCount(); i++) {
    const flags: u32 = i == 0 ? PATCH_EXACT : 0
    const wanted = goal(i) & mask
    const from: u32 = isNegative ? at - 1 : at
    const gone: u32 = isNegative ? taken + 1 : taken
    const bytes = print(wanted, base, false)
    addPatch(from, gone, TEXT + 32 - bytes, bytes, flags)
    if (!(wanted >>> <u64>(8 * width - 1)) || base != 10) continue
    const negative = print((0 - wanted) & mask, base, true)
    addPatch(from, gone, TEXT + 32 - negative, negative, flags)
  }
}

/** Reads digits from `at` on; false where there are none, or too many. */
function parse(form: usize, at: u32, length: u32, base: u32): bool {
  parsed = 0
  digits = 0
  while (at + digits < length && digits <= DIGITS_MAX) {
    const digit = digitOf(load<u8>(form + at + digits), base)
    if (digit < 0) break
    parsed = parsed * base + digit
    digits++
  }
  return digits > 0 && digits <= DIGITS_MAX
}

function digitOf(byte: u8, base: u32): i32 {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return base == 16 && lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

/** Writes the digits so that they end at TEXT + 32; returns how many bytes they are. */
function print(value: u64, base: u32, negative: bool): u32 {
  let bytes: u32 = 0
  do {
    const digit = <u8>(value % base)
    value /= base
    bytes++
    store<u8>(TEXT + 32 - bytes, digit < 10 ? 0x30 + digit : 0x57 + digit)
  } while (value)
  if (negative) {
    bytes++
    store<u8>(TEXT + 32 - bytes, MINUS)
  }
  return bytes
}
