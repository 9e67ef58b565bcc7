// Numbers with a fraction that stand in the input as text: one whose value is the operand, in both forms of the input, is
// written anew with the value that the operand should become. Only arithmetic that Wasm itself does: the same everywhere.
import { WITHOUT_ENCODINGS } from '../abi'
import { has } from '../mechanisms'
import { coloredBase, originalBase } from './memory'
import { PATCH_EXACT, addPatch } from './patches'

const MINUS: u8 = 0x2d
const POINT: u8 = 0x2e
const DIGITS_MAX: u32 = 18
/** Whole numbers from here on have digits that a double does not hold. */
const EXACT_MAX: f64 = 9007199254740992
const PLACES_MAX: u32 = 4
const TEXT = memory.data(48)

/** Value and bytes of the last number that was read. */
let parsed: f64 = 0
let parsedBytes: u32 = 0
/** Numbers that the last search found. */
let places: u32 = 0

/** How near the value of a text is to an operand that was made of it, for a double and for a single. */
function isNear(value: f64, operand: f64, width: u32): bool {
  return abs<f64>(value - operand) <= abs<f64>(operand) * (width == 8 ? 1e-14 : 1e-6)
}

/** Writes `wanted` where the operand, `here` and `there` in the two forms, stands as text. */
export function solveDecimals(width: u32, here: f64, there: f64, wanted: f64, exact: bool, length: u32): void {
  if (!(abs<f64>(here) < 1e15) || !(abs<f64>(wanted) < 1e15) || !has(WITHOUT_ENCODINGS)) return
  places = 0
  for (let at: u32 = 0; at < length && places < PLACES_MAX; at++) {
    if (!isDigit(load<u8>(originalBase + at)) || (at && isPart(load<u8>(originalBase + at - 1)))) continue
    const minus = at > 0 && load<u8>(originalBase + at - 1) == MINUS
    const sign: f64 = minus ? -1 : 1
    if (!parse(coloredBase, at, length) || !isNear(sign * parsed, there, width)) continue
    if (!parse(originalBase, at, length) || !isNear(sign * parsed, here, width)) continue
    const bytes = print(wanted)
    addPatch(at - <u32>minus, parsedBytes + <u32>minus, TEXT, bytes, exact ? PATCH_EXACT : 0)
    places++
  }
}

function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39
}
function isPart(byte: u8): bool {
  return isDigit(byte) || byte == POINT
}

function parse(form: usize, at: u32, length: u32): bool {
  let digits: u32 = 0
  let seenPoint = false
  let scale: f64 = 1
  let whole: f64 = 0
  parsedBytes = 0
  for (; at + parsedBytes < length; parsedBytes++) {
    const byte = load<u8>(form + at + parsedBytes)
    if (byte == POINT && !seenPoint) {
      seenPoint = true
      continue
    }
    if (!isDigit(byte) || ++digits > DIGITS_MAX) break
    whole = whole * 10 + <f64>(byte - 0x30)
    if (seenPoint) scale *= 10
  }
  parsed = whole / scale
  return digits > 0 && digits <= DIGITS_MAX
}

/** The shortest decimal that has this value, as far as a double tells; returns its bytes. */
function print(value: f64): u32 {
  let bytes: u32 = 0
  if (value < 0) store<u8>(TEXT + bytes++, MINUS)
  const size = abs<f64>(value)
  let decimals: u32 = 0
  let scale: f64 = 1
  while (decimals < DIGITS_MAX && nearest(size * scale) / scale != size && size * scale * 10 < EXACT_MAX * 10) {
    scale *= 10
    decimals++
  }
  let rest = <u64>nearest(size * scale)
  let digits: u32 = 1
  for (let n = rest; n >= 10; n /= 10) digits++
  digits = max(digits, decimals + 1)
  const end = bytes + digits + <u32>(decimals > 0)
  for (let at = end, written: u32 = 0; at > bytes; at--, written++) {
    if (decimals && written == decimals) {
      store<u8>(TEXT + at - 1, POINT)
      continue
    }
    store<u8>(TEXT + at - 1, <u8>(0x30 + <u32>(rest % 10)))
    rest /= 10
  }
  return end
}
