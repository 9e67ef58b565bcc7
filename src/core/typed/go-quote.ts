// Bytes and characters as Go's %q writes them: printable Unicode as it is, everything else escaped.

/** A space and what has ink. Characters that are newer than the tables of this JavaScript engine are escaped. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x5c, '\\\\'],
])

const CODE_POINTS_END = 0x11_0000
const decoder: TextDecoder = new TextDecoder()

/** `"GET \xff\n"`: any bytes; those that are no UTF-8 as \x with two digits. */
export function quoteBytes(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const length = plainLength(bytes, at)
    if (length > 0) {
      text += decoder.decode(bytes.subarray(at, at + length))
      at += length
      continue
    }
    const codePoint = codePointAt(bytes, at)
    text += codePoint < 0 ? byteEscape(bytes[at]!) : escaped(codePoint, '"')
    at += codePoint < 0 ? 1 : utf8Length(bytes[at]!)
  }
  return `"${text}"`
}

/** `'a'`, `'\n'`, `'\u2028'`; the code point must be one that has a literal. */
export function quoteRune(codePoint: number): string {
  return `'${escaped(codePoint, "'")}'`
}

/** True for what a rune literal can say: a code point that is no half of a surrogate pair. */
export function isRune(value: bigint): boolean {
  return value >= 0n && value < BigInt(CODE_POINTS_END) && !(value >= 0xd800n && value < 0xe000n)
}

/** How many bytes from `at` on are ASCII that needs no escape: most of most inputs. */
function plainLength(bytes: Uint8Array, at: number): number {
  let end = at
  while (
    end < bytes.length &&
    bytes[end]! >= 0x20 &&
    bytes[end]! < 0x7f &&
    bytes[end] !== 0x22 &&
    bytes[end] !== 0x5c
  ) {
    end++
  }
  return end - at
}

/** Least code point that needs 1, 2, 3 or 4 bytes: a longer form of a smaller one is no UTF-8. */
const LEAST_BY_LENGTH = [0, 0, 0x80, 0x800, 0x1_0000] as const

/** Negative where no valid UTF-8 begins; a decoder that throws would be too slow for bytes at random. */
function codePointAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!
  if (first < 0x80) return first
  const length = utf8Length(first)
  if (length === 1 || first >= 0xf8) return -1
  let codePoint = first & (0x7f >> length)
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index] ?? 0
    if ((byte & 0xc0) !== 0x80) return -1
    codePoint = (codePoint << 6) | (byte & 0x3f)
  }
  return codePoint >= LEAST_BY_LENGTH[length as 2]! && isRune(BigInt(codePoint)) ? codePoint : -1
}

function utf8Length(first: number): number {
  if (first < 0xc0) return 1
  if (first < 0xe0) return 2
  return first < 0xf0 ? 3 : 4
}

function escaped(codePoint: number, quote: '"' | "'"): string {
  const character = String.fromCodePoint(codePoint)
  if (character === quote) return `\\${quote}`
  const short = ESCAPES.get(codePoint)
  if (short !== undefined) return short
  if (PRINTABLE.test(character)) return character
  if (codePoint < 0x20 || codePoint === 0x7f) return byteEscape(codePoint)
  const hex = codePoint.toString(16)
  return codePoint < 0x1_0000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

function byteEscape(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`
}
