// A JSON validator in AssemblyScript, and a bug for fuzzbox to find:
//
//   npx fuzzbox run examples/json.ts --time 20s
//
// It checks a document against RFC 8259 (grammar, UTF-8, escapes, surrogate pairs, depth) and converts every number, as
// a parser would, to refuse those that a double cannot hold. The conversion has a fast path that is a little too sure
// of itself. Spoiler at the end of the file.

const DEPTH_MAX = 100

// @ts-ignore: decorator
@inline
const QUOTE: i32 = 0x22
// @ts-ignore: decorator
@inline
const BACKSLASH: i32 = 0x5c

/** Powers of ten that a double holds exactly: a mantissa of up to 53 bits times or over one of them is rounded once. */
const EXACT_POWERS: StaticArray<f64> = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]
const EXACT_POWER_MAX = 22
const EXACT_MANTISSA_MAX: u64 = 1 << 53

/** A cursor over the document. Methods that read a thing return false where the document is wrong. */
class Validator {
  private at: usize
  private depth: i32 = 0

  constructor(
    start: usize,
    private end: usize,
  ) {
    this.at = start
  }

  document(): bool {
    return this.value() && this.at == this.end
  }

  /** The next byte, or -1 at the end. */
  private peek(): i32 {
    return this.at < this.end ? load<u8>(this.at) : -1
  }

  /** Steps over `wanted` when it comes next. */
  private take(wanted: i32): bool {
    if (this.peek() != wanted) return false
    this.at++
    return true
  }

  private space(): void {
    while (isSpace(this.peek())) this.at++
  }

  private value(): bool {
    if (this.depth == DEPTH_MAX) return false
    this.depth++
    this.space()
    const ok = this.bareValue()
    this.space()
    this.depth--
    return ok
  }

  private bareValue(): bool {
    switch (this.peek()) {
      case 0x7b: // {
        return this.object()
      case 0x5b: // [
        return this.array()
      case QUOTE:
        return this.string()
      case 0x74: // t
        return this.word(0x65757274, 4)
      case 0x66: // f
        this.at++
        return this.word(0x65736c61, 4)
      case 0x6e: // n
        return this.word(0x6c6c756e, 4)
      default:
        return this.number()
    }
  }

  /** `letters`: up to four bytes, the first one lowest. */
  private word(letters: u32, length: i32): bool {
    for (let i = 0; i < length; i++) {
      if (!this.take((letters >>> (8 * i)) & 0xff)) return false
    }
    return true
  }

  private object(): bool {
    this.at++
    this.space()
    if (this.take(0x7d)) return true
    do {
      this.space()
      if (!this.string()) return false
      this.space()
      if (!this.take(0x3a)) return false
      if (!this.value()) return false
    } while (this.take(0x2c))
    return this.take(0x7d)
  }

  private array(): bool {
    this.at++
    this.space()
    if (this.take(0x5d)) return true
    do {
      if (!this.value()) return false
    } while (this.take(0x2c))
    return this.take(0x5d)
  }

  private string(): bool {
    if (!this.take(QUOTE)) return false
    while (!this.take(QUOTE)) {
      const c = this.peek()
      if (c < 0x20) return false
      this.at++
      if (c == BACKSLASH) {
        if (!this.escape()) return false
      } else if (c >= 0x80 && !this.utf8(c)) {
        return false
      }
    }
    return true
  }

  private escape(): bool {
    switch (this.peek()) {
      case QUOTE:
      case BACKSLASH:
      case 0x2f: // slash
      case 0x62: // b
      case 0x66: // f
      case 0x6e: // n
      case 0x72: // r
      case 0x74: // t
        this.at++
        return true
      case 0x75: // u
        this.at++
        return this.unicodeEscape()
      default:
        return false
    }
  }

  /** What follows `\u`: a code unit, and where it is the first of a surrogate pair, the second. */
  private unicodeEscape(): bool {
    const first = this.hex4()
    if (first < 0) return false
    if ((first & 0xf800) != 0xd800) return true
    if (first >= 0xdc00) return false
    if (!this.take(BACKSLASH) || !this.take(0x75)) return false
    const second = this.hex4()
    return second >= 0xdc00 && second < 0xe000
  }

  /** Four hexadecimal digits, or -1. */
  private hex4(): i32 {
    let code = 0
    for (let i = 0; i < 4; i++) {
      const c = this.peek()
      const letter = c | 0x20
      if (isDigit(c)) code = (code << 4) | (c - 0x30)
      else if (letter >= 0x61 && letter <= 0x66) code = (code << 4) | (letter - 0x57)
      else return -1
      this.at++
    }
    return code
  }

  /** The rest of a UTF-8 sequence: no overlong form, no surrogate, nothing above U+10FFFF. */
  private utf8(first: i32): bool {
    if (first < 0xc2 || first > 0xf4) return false
    if (first < 0xe0) return this.continuation(0x80, 0xbf)
    if (first < 0xf0) {
      const low = first == 0xe0 ? 0xa0 : 0x80
      const high = first == 0xed ? 0x9f : 0xbf
      return this.continuation(low, high) && this.continuation(0x80, 0xbf)
    }
    const low = first == 0xf0 ? 0x90 : 0x80
    const high = first == 0xf4 ? 0x8f : 0xbf
    return this.continuation(low, high) && this.continuation(0x80, 0xbf) && this.continuation(0x80, 0xbf)
  }

  private continuation(low: i32, high: i32): bool {
    const c = this.peek()
    if (c < low || c > high) return false
    this.at++
    return true
  }

  private number(): bool {
    this.take(0x2d)
    let mantissa: u64 = 0
    let dropped = 0
    if (!this.take(0x30)) {
      if (!isDigit(this.peek())) return false
      while (isDigit(this.peek())) {
        if (mantissa < EXACT_MANTISSA_MAX / 16) mantissa = mantissa * 10 + (this.peek() - 0x30)
        else dropped++
        this.at++
      }
    }
    let fraction = 0
    if (this.take(0x2e)) {
      if (!isDigit(this.peek())) return false
      while (isDigit(this.peek())) {
        if (mantissa < EXACT_MANTISSA_MAX / 16) {
          mantissa = mantissa * 10 + (this.peek() - 0x30)
          fraction++
        }
        this.at++
      }
    }
    let exponent = 0
    if ((this.peek() | 0x20) == 0x65) {
      this.at++
      const negative = this.take(0x2d)
      if (!negative) this.take(0x2b)
      if (!isDigit(this.peek())) return false
      while (isDigit(this.peek())) {
        if (exponent < 10000) exponent = exponent * 10 + (this.peek() - 0x30)
        this.at++
      }
      if (negative) exponent = -exponent
    }
    return isFinite<f64>(toDouble(mantissa, exponent + dropped, fraction))
  }
}

function isSpace(c: i32): bool {
  return c == 0x20 || c == 0x09 || c == 0x0a || c == 0x0d
}

function isDigit(c: i32): bool {
  return c >= 0x30 && c <= 0x39
}

/** mantissa × 10^(exponent - fraction). */
function toDouble(mantissa: u64, exponent: i32, fraction: i32): f64 {
  const value = <f64>mantissa
  if (exponent >= -EXACT_POWER_MAX && exponent <= EXACT_POWER_MAX) {
    const power = exponent - fraction
    return power < 0 ? value / EXACT_POWERS[-power] : value * EXACT_POWERS[power]
  }
  return value * Math.pow(10, exponent - fraction)
}

/** What fuzzbox calls. Returns 0: every input, valid or not, may join the corpus. */
export function LLVMFuzzerTestOneInput(data: usize, size: usize): i32 {
  new Validator(data, data + size).document()
  return 0
}

// Spoiler: toDouble looks at the exponent as it is written and then takes the digits after the point away from it.
// In `0.00000000000000000000001` nothing is left to look at, the power is -23, and the table ends at 22.
