// Makes one number plainer while it keeps the finding: integers towards 0, floats towards 0, 1, whole numbers and fewer
// decimals, runes towards letters. Each step that is kept makes the number simpler by its own measure, so it ends.

import {
  bitsOfNumber,
  formatFloatBits,
  isNanBits,
  magnitudeOf,
  numberOfBits,
  quietNanOf,
  type FloatType,
} from '../typed/go-float.ts'
import { rangeOf, type ScalarType } from '../typed/record.ts'

/** Yields values to try in the place of `value`, receives whether each keeps the finding, returns the plainest that did. */
export type ScalarCandidates = Generator<bigint, bigint, boolean>

const PLAIN_RUNES = [0x61n, 0x62n, 0x41n, 0x30n, 0x20n] as const

/** Of a double that is written out in full. */
const DIGITS_MAX = 17

export function* shrinkScalar(type: ScalarType, value: bigint): ScalarCandidates {
  if (type === 'f32' || type === 'f64') return yield* shrinkFloat(type, value)
  if (type === 'rune') {
    const rank = PLAIN_RUNES.indexOf(value as (typeof PLAIN_RUNES)[number])
    for (const rune of rank < 0 ? PLAIN_RUNES : PLAIN_RUNES.slice(0, rank)) if (yield rune) return rune
    if (rank >= 0) return value
  }
  return yield* shrinkInteger(value, rangeOf(type).most)
}

function* shrinkInteger(start: bigint, most: bigint): ScalarCandidates {
  if (start === 0n || (yield 0n)) return 0n
  let value = start
  if (value < 0n && -value <= most && (yield -value)) value = -value
  const sign = value < 0n ? -1n : 1n
  let magnitude = yield* downwards(sign * value, sign)
  // A bit that does not matter goes; what is left may be halved again.
  for (let before = 0n; before !== magnitude;) {
    before = magnitude
    for (let bit = BigInt(magnitude.toString(2).length - 1); bit >= 0n; bit--) {
      const without = magnitude & ~(1n << bit)
      if (without !== magnitude && without !== 0n && (yield sign * without)) magnitude = without
    }
    magnitude = yield* downwards(magnitude, sign)
  }
  return sign * magnitude
}

/** Tenths, and primes for what must stay a multiple of something. */
const DIVISORS = [10n, 7n, 5n, 3n] as const

/** Halves, other fractions and one less, until none of them keeps the finding. Zero was tried and does not. */
function* downwards(start: bigint, sign: bigint): ScalarCandidates {
  let magnitude = start
  for (let before = 0n; before !== magnitude;) {
    before = magnitude
    // Halving the distance to what is too small takes 64 steps where one less at a time takes for ever.
    for (let low = 0n; magnitude - low > 1n;) {
      const middle = (low + magnitude) / 2n
      if (yield sign * middle) magnitude = middle
      else low = middle
    }
    for (const divisor of DIVISORS) {
      while (magnitude >= divisor && (yield (sign * magnitude) / divisor)) magnitude /= divisor
    }
  }
  return magnitude
}

function* shrinkFloat(type: FloatType, start: bigint): ScalarCandidates {
  const zero = 0n
  const one = bitsOfNumber(type, 1)
  for (const plain of [zero, one]) if (start === plain || (yield plain)) return plain
  const quiet = quietNanOf(type)
  if (isNanBits(type, start)) return start !== quiet && (yield quiet) ? quiet : start
  let value = start
  const positive = magnitudeOf(type, value)
  if (positive !== value && positive !== zero && (yield positive)) value = positive
  if (!Number.isFinite(numberOfBits(type, value))) return value
  return yield* plainerNumber(type, yield* wholeNumber(type, value))
}

/** The number without its fraction, and that towards 0, where it still does the same. */
function* wholeNumber(type: FloatType, start: bigint): ScalarCandidates {
  const number = numberOfBits(type, start)
  const whole = Math.trunc(number)
  if (whole === 0) return start
  if (whole !== number && !(yield bitsOfNumber(type, whole))) return start
  const integers = downwards(BigInt(Math.abs(whole)), whole < 0 ? -1n : 1n)
  let best = bitsOfNumber(type, whole)
  for (let next = integers.next(); !next.done;) {
    const bits = bitsOfNumber(type, Number(next.value))
    const keeps = bits === best || (yield bits)
    if (keeps) best = bits
    next = integers.next(keeps)
  }
  return best
}

/** The fewest digits with which it still does the same; a whole number does not grow, or it would be halved for ever. */
function* plainerNumber(type: FloatType, start: bigint): ScalarCandidates {
  const number = numberOfBits(type, start)
  const length = formatFloatBits(type, start).length
  for (let digits = 1; digits < DIGITS_MAX; digits++) {
    const rounded = Number(number.toPrecision(digits))
    const bits = bitsOfNumber(type, rounded)
    const grows = Number.isInteger(number) && Math.abs(rounded) > Math.abs(number)
    if (grows || formatFloatBits(type, bits).length >= length) continue
    if (yield bits) return bits
  }
  return start
}
