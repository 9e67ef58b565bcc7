// Operators on the structure of texts: words, and spans between brackets or quotes. Where an input has none of them they
// do not apply, so binary inputs pay with a search of SEARCH_BYTES.
import { INPUT_BASE } from '../abi'
import { next, scale } from '../random'
import { NOT_APPLIED, closeGap, move, openGap, place, touched, value } from './input'

/** How far to look for a word or a bracket. */
const SEARCH_BYTES: u32 = 64
/** The longest span that is taken for one. */
const SPAN_BYTES_MAX: u32 = 512
const WORD_BYTES_MAX: u32 = 64

/** Pairs, opening byte first: () [] {} <> "" ''. */
const PAIRS = memory.data<u8>([40, 41, 91, 93, 123, 125, 60, 62, 34, 34, 39, 39])
const PAIRS_COUNT: u32 = 6

/** What the last search found. */
let spanFrom: u32 = 0
let spanTo: u32 = 0

function isWordByte(at: u32): bool {
  const byte = <u32>load<u8>(INPUT_BASE + at)
  return (byte | 32) - 97 < 26 || byte - 48 < 10 || byte == 95 || byte == 45
}

/** Finds a word that begins at or after `from`, or around it. */
function findWord(from: u32, length: u32): bool {
  const end = min(length, from + SEARCH_BYTES)
  while (from < end && !isWordByte(from)) from++
  if (from == end) return false
  const earliest = from > WORD_BYTES_MAX ? from - WORD_BYTES_MAX : 0
  while (from > earliest && isWordByte(from - 1)) from--
  spanFrom = from
  while (from < length && from - spanFrom < WORD_BYTES_MAX && isWordByte(from)) from++
  spanTo = from
  return true
}

function closingOf(byte: u32): u32 {
  for (let pair: u32 = 0; pair < PAIRS_COUNT; pair++) {
    if (load<u8>(PAIRS + 2 * pair) == byte) return load<u8>(PAIRS + 2 * pair + 1)
  }
  return 0
}

/** Finds a span from an opening byte at or after `from` to the byte that closes it, both included. */
function findSpan(from: u32, length: u32): bool {
  const end = min(length, from + SEARCH_BYTES)
  while (from < end && !closingOf(load<u8>(INPUT_BASE + from))) from++
  if (from == end) return false
  const open = <u32>load<u8>(INPUT_BASE + from)
  const close = closingOf(open)
  const last = min(length, from + SPAN_BYTES_MAX)
  let depth: u32 = 1
  for (let at = from + 1; at < last; at++) {
    const byte = <u32>load<u8>(INPUT_BASE + at)
    if (byte == close) depth--
    else if (byte == open) depth++
    if (depth) continue
    spanFrom = from
    spanTo = at + 1
    return true
  }
  return false
}

/** Puts one word of the input in the place of another. */
export function replaceWord(length: u32, limit: u32, draw: u64): u32 {
  if (!length || !findWord(place(draw, length), length)) return NOT_APPLIED
  const from = spanFrom
  const bytes = spanTo - spanFrom
  if (!findWord(scale(<u32>(next() >>> 32), length), length)) return NOT_APPLIED
  const to = spanFrom
  const old = spanTo - spanFrom
  if (from == to || length - old + bytes > limit) return NOT_APPLIED
  let source = from
  let changed = length
  if (bytes > old) {
    changed = openGap(length, to + old, bytes - old)
    if (source > to) source += bytes - old
  } else if (bytes < old) {
    changed = closeGap(length, to + bytes, old - bytes)
    if (source > to) source -= old - bytes
  }
  move(INPUT_BASE + to, INPUT_BASE + source, bytes)
  touched(to, to + bytes)
  return changed
}

/** Takes a word out. */
export function deleteWord(length: u32, limit: u32, draw: u64): u32 {
  if (!length || !findWord(place(draw, length), length)) return NOT_APPLIED
  return closeGap(length, spanFrom, spanTo - spanFrom)
}

/** Repeats a span between brackets behind itself, sometimes with the byte that stands in front of it: `,[1]`. */
export function repeatSpan(length: u32, limit: u32, draw: u64): u32 {
  if (!length || !findSpan(place(draw, length), length)) return NOT_APPLIED
  const from = spanFrom && value(draw, 2) ? spanFrom - 1 : spanFrom
  const bytes = spanTo - from
  if (length + bytes > limit) return NOT_APPLIED
  const longer = openGap(length, spanTo, bytes)
  move(INPUT_BASE + spanTo, INPUT_BASE + from, bytes)
  return longer
}

/** Takes a span out, with its brackets or without them. */
export function deleteSpan(length: u32, limit: u32, draw: u64): u32 {
  if (!length || !findSpan(place(draw, length), length)) return NOT_APPLIED
  const inner: u32 = value(draw, 2)
  const bytes = spanTo - spanFrom - 2 * inner
  return bytes ? closeGap(length, spanFrom + inner, bytes) : NOT_APPLIED
}

/** Puts a pair of brackets around a few bytes: what was a value becomes nested. */
export function wrapSpan(length: u32, limit: u32, draw: u64): u32 {
  if (length + 2 > limit) return NOT_APPLIED
  const shape = next()
  const at = place(draw, length + 1)
  const bytes = scale(<u32>(shape >>> 32), min(length - at, <u32>32) + 1)
  const pair = PAIRS + 2 * scale(<u32>shape, PAIRS_COUNT)
  const longer = openGap(openGap(length, at + bytes, 1), at, 1)
  store<u8>(INPUT_BASE + at, load<u8>(pair))
  store<u8>(INPUT_BASE + at + bytes + 1, load<u8>(pair, 1))
  return longer
}
