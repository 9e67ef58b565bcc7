// What Go's literals of strings, characters and integers stand for. The texts come from tokens of go-tokens.ts, so their
// outer form is right; null means that the inside is not.

const encoder: TextEncoder = new TextEncoder()

const ESCAPE = /\\(?:([abfnrtv\\'"])|x([\da-fA-F]{2})|([0-7]{3})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/y

const SHORT: Readonly<Record<string, number>> = {
  a: 0x07,
  b: 0x08,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  v: 0x0b,
  '\\': 0x5c,
  "'": 0x27,
  '"': 0x22,
}

interface Escape {
  readonly code: number
  /** \x and octal name a byte, \u and \U a character. */
  readonly isByte: boolean
  readonly length: number
}

function escapeAt(text: string, at: number, quote: '"' | "'"): Escape | null {
  ESCAPE.lastIndex = at
  const match = ESCAPE.exec(text)
  if (!match) return null
  const [whole, short, hex, octal, unicode, long] = match
  const length = whole.length
  // Each kind of literal may escape its own quote only.
  if (short !== undefined) {
    const isOther = (short === '"' || short === "'") && short !== quote
    return isOther ? null : { code: SHORT[short] as number, isByte: true, length }
  }
  if (hex !== undefined) return { code: Number.parseInt(hex, 16), isByte: true, length }
  if (octal !== undefined) {
    const code = Number.parseInt(octal, 8)
    return code > 0xff ? null : { code, isByte: true, length }
  }
  const code = Number.parseInt((unicode ?? long) as string, 16)
  return code > 0x10_ffff || (code >= 0xd800 && code < 0xe000) ? null : { code, isByte: false, length }
}

/** The bytes of `"…"` or of a raw string in backquotes. */
export function stringBytes(literal: string): Uint8Array | null {
  const body = literal.slice(1, -1)
  if (literal.startsWith('`')) return encoder.encode(body.replaceAll('\r', ''))
  // Text never becomes longer than its UTF-8: an escape is longer than what it stands for.
  const bytes = new Uint8Array(3 * body.length)
  let length = 0
  for (let at = 0; at < body.length;) {
    const next = body.indexOf('\\', at)
    const plain = body.slice(at, next < 0 ? undefined : next)
    length += encoder.encodeInto(plain, bytes.subarray(length)).written
    if (next < 0) break
    const escape = escapeAt(body, next, '"')
    if (escape === null) return null
    if (escape.isByte) bytes[length++] = escape.code
    else length += encoder.encodeInto(String.fromCodePoint(escape.code), bytes.subarray(length)).written
    at = next + escape.length
  }
  return bytes.slice(0, length)
}

/** The code of `'…'`, which must hold one character. */
export function runeCode(literal: string): number | null {
  const body = literal.slice(1, -1)
  if (body.startsWith('\\')) {
    const escape = escapeAt(body, 0, "'")
    return escape !== null && escape.length === body.length ? escape.code : null
  }
  const code = body.codePointAt(0)
  return code === undefined || String.fromCodePoint(code) !== body ? null : code
}

/** Longer literals are out of every range; reading a million digits takes time. */
const INTEGER_DIGITS_MAX = 80

/** The value of an integer literal: 0x, 0o and 0b, a leading 0 for octal, underscores; null for far too many digits. */
export function integerValue(literal: string): bigint | null {
  const text = literal.replaceAll('_', '').toLowerCase()
  const prefixed = /^0([box]?)0*(.*)$/.exec(text)
  if (prefixed === null) return text.length > INTEGER_DIGITS_MAX ? null : BigInt(text)
  const [, letter, digits = ''] = prefixed
  if (digits.length > INTEGER_DIGITS_MAX) return null
  return BigInt(`0${letter || 'o'}${digits || '0'}`)
}
