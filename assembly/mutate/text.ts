// Operators on decimal numbers written in ASCII.
import { INPUT_BASE } from '../abi'
import { next, scale } from '../random'
import { NOT_APPLIED, closeGap, openGap, place, touched, value } from './input'

/** Digits of the longest number that is understood: the largest that fits an i64 whatever they are. */
const DIGITS_MAX: u32 = 18
/** How far to look for a digit before giving up. */
const SEARCH_BYTES: u32 = 64
/** Sign and digits of any i64. */
const SCRATCH = memory.data(24)

const DIGIT_0: u32 = 48
const MINUS: u32 = 45

function isDigit(at: u32): bool {
  return <u32>load<u8>(INPUT_BASE + at) - DIGIT_0 < 10
}

/** Finds a number at or after a random place and replaces it by one that is related to it. */
export function changeNumber(length: u32, limit: u32, draw: u64): u32 {
  if (!length) return NOT_APPLIED
  let from = place(draw, length)
  const searchEnd = min(length, from + SEARCH_BYTES)
  while (from < searchEnd && !isDigit(from)) from++
  if (from == searchEnd) return NOT_APPLIED
  const earliest = from > DIGITS_MAX ? from - DIGITS_MAX : 0
  while (from > earliest && isDigit(from - 1)) from--
  let end = from
  let number: i64 = 0
  while (end < length && end - from < DIGITS_MAX && isDigit(end)) {
    number = number * 10 + <i64>(<u32>load<u8>(INPUT_BASE + end) - DIGIT_0)
    end++
  }
  if (from && load<u8>(INPUT_BASE + from - 1) == MINUS) {
    from--
    number = -number
  }
  return replaceNumber(length, limit, from, end - from, related(number, value(draw, 8)))
}

/** A number that stands in some simple relation to `number`. */
function related(number: i64, how: u32): i64 {
  switch (how) {
    case 0:
      return number + 1
    case 1:
      return number - 1
    case 2:
      return number * 2
    case 3:
      return number / 2
    case 4:
      return ~number
    case 5:
      return -number
    case 6:
      return number + <i64>scale(<u32>(next() >>> 32), 513) - 256
    default:
      return randomNumber()
  }
}

/** Any number of digits is as likely as any other. */
function randomNumber(): i64 {
  const bits = next()
  return <i64>(bits >>> (1 + <u64>((bits & 63) % 63)))
}

/** Overwrites some bytes with a random number. */
export function overwriteNumber(length: u32, limit: u32, draw: u64): u32 {
  const digits = writeNumber(randomNumber() >>> value(draw, 32))
  if (digits > length) return NOT_APPLIED
  const at = place(draw, length - digits + 1)
  memory.copy(INPUT_BASE + at, SCRATCH, digits)
  touched(at, at + digits)
  return length
}

/** Puts `number` in the place of `bytes` bytes at `at`; what follows moves where the width differs. */
function replaceNumber(length: u32, limit: u32, at: u32, bytes: u32, number: i64): u32 {
  const digits = writeNumber(number)
  if (length - bytes + digits > limit) return NOT_APPLIED
  let changed = length
  if (digits > bytes) changed = openGap(length, at + bytes, digits - bytes)
  if (digits < bytes) changed = closeGap(length, at + digits, bytes - digits)
  memory.copy(INPUT_BASE + at, SCRATCH, digits)
  touched(at, at + digits)
  return changed
}

/** Writes `number` to SCRATCH in decimal; returns the bytes written. */
function writeNumber(number: i64): u32 {
  const negative = number < 0
  let rest: u64 = negative ? 0 - <u64>number : <u64>number
  let digits: u32 = 1
  for (let n = rest; n >= 10; n /= 10) digits++
  const start: u32 = negative ? 1 : 0
  if (negative) store<u8>(SCRATCH, MINUS)
  for (let i = digits; i > 0; i--) {
    store<u8>(SCRATCH + start + i - 1, <u8>(DIGIT_0 + <u32>(rest % 10)))
    rest /= 10
  }
  return start + digits
}
