// Another code point, now and then one that is none; and code points as UTF-8.
import { next, scale } from '../../random'
import { place, value } from '../input'
import { changeInteger } from './integers'

/** Where the length of a code point in UTF-8 changes, where surrogates begin and end, marks, and what is beyond. */
const EDGES = memory.data<u32>([
  0, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x1_0000, 0x10_ffff,
  0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000,
  // soft hyphen, direction mark, joiner, line separator, word joiner, variation selector, byte order mark, replacement
  0xad, 0x200e, 0x200d, 0x2028, 0x2060, 0xfe0f, 0xfeff, 0xfffd, 0xfffe,
  // letters that case changes in length: dotted I, long s, sharp s, Kelvin
  0x130, 0x17f, 0xdf, 0x1e9e, 0x212a,
  // none at all
  0x11_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
])
const EDGES_COUNT: u32 = 32
const COMBINING_FIRST: u32 = 0x300
const COMBINING_COUNT: u32 = 0x70
const CODE_POINTS: u32 = 0x11_0000
const SURROGATE_FIRST: u32 = 0xd800
const SURROGATES: u32 = 0x800

export function changeRune(old: u32, draw: u64): u32 {
  const after = variant(old, draw)
  return after == old ? old ^ (1 << place(draw, 7)) : after
}

function variant(old: u32, draw: u64): u32 {
  const pick = <u32>draw & 15
  if (pick < 3) return place(draw, 128)
  if (pick < 8) return load<u32>(EDGES + (place(draw, EDGES_COUNT) << 2))
  if (pick < 9) return COMBINING_FIRST + place(draw, COMBINING_COUNT)
  if (pick < 12) return randomRune()
  if (pick < 13) return old ^ 0x20
  if (pick < 14) return SURROGATE_FIRST + place(draw, SURROGATES)
  return <u32>changeInteger(old, 32, next() & ~(<u64>16), 0)
}

/** A code point that UTF-8 can write; each length is as likely as any other. */
export function randomRune(): u32 {
  const draw = next()
  switch (<u32>draw & 3) {
    case 0:
      return place(draw, 0x80)
    case 1:
      return 0x80 + place(draw, 0x780)
    case 2: {
      const rune = <u32>0x800 + place(draw, 0x1_0000 - 0x800 - SURROGATES)
      return rune < SURROGATE_FIRST ? rune : rune + SURROGATES
    }
    default:
      return 0x1_0000 + place(draw, CODE_POINTS - 0x1_0000)
  }
}

/** A code point for texts: one that means something to programs, or any. */
export function textRune(): u32 {
  const draw = next()
  const edge = load<u32>(EDGES + (value(draw, EDGES_COUNT) << 2))
  if (draw & 1 && edge < CODE_POINTS && edge - SURROGATE_FIRST >= SURROGATES) return edge
  return draw & 2 ? COMBINING_FIRST + scale(<u32>(draw >>> 32), COMBINING_COUNT) : randomRune()
}

/** Bytes of a code point in UTF-8. */
export function utf8Length(rune: u32): u32 {
  return rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x1_0000 ? 3 : 4
}

/** Writes a code point in UTF-8. */
export function writeUtf8(to: usize, rune: u32): void {
  const bytes = utf8Length(rune)
  if (bytes == 1) {
    store<u8>(to, rune)
    return
  }
  let rest = rune
  for (let i = bytes - 1; i > 0; i--) {
    store<u8>(to + i, 0x80 | (rest & 0x3f))
    rest >>>= 6
  }
  // The first byte has as many leading ones as there are bytes.
  store<u8>(to, ((0xff00 >>> bytes) & 0xff) | rest)
}
