// Operators on runs of bytes: delete, insert, copy, fill, exchange, shuffle.
import { INPUT_BASE } from '../abi'
import { next, scale } from '../random'
import { NOT_APPLIED, blockLength, closeGap, fillBlock, move, openGap, place, touched, value } from './input'

export function deleteByte(length: u32, limit: u32, draw: u64): u32 {
  return length ? closeGap(length, place(draw, length), 1) : NOT_APPLIED
}

export function deleteBlock(length: u32, limit: u32, draw: u64): u32 {
  if (length < 2) return NOT_APPLIED
  const bytes = blockLength(next(), length - 1)
  return closeGap(length, place(draw, length - bytes + 1), bytes)
}

export function insertByte(length: u32, limit: u32, draw: u64): u32 {
  if (length >= limit) return NOT_APPLIED
  const at = place(draw, length + 1)
  const longer = openGap(length, at, 1)
  store<u8>(INPUT_BASE + at, <u8>value(draw, 256))
  return longer
}

/** Inserts a block of equal bytes. */
export function insertFill(length: u32, limit: u32, draw: u64): u32 {
  if (length >= limit) return NOT_APPLIED
  const bytes = blockLength(next(), limit - length)
  const at = place(draw, length + 1)
  const longer = openGap(length, at, bytes)
  fillBlock(at, bytes, longer)
  return longer
}

/** Inserts a copy of a block of the input. */
export function insertClone(length: u32, limit: u32, draw: u64): u32 {
  if (!length || length >= limit) return NOT_APPLIED
  const shape = next()
  const bytes = blockLength(shape, min(length, limit - length))
  const from = scale(<u32>(shape >>> 16), length - bytes + 1)
  const at = place(draw, length + 1)
  const longer = openGap(length, at, bytes)
  // The gap may have split the source: its part behind the gap has moved on by the gap's width.
  const before = at > from ? min(at - from, bytes) : 0
  move(INPUT_BASE + at, INPUT_BASE + from, before)
  move(INPUT_BASE + at + before, INPUT_BASE + from + before + bytes, bytes - before)
  return longer
}

/** Copies a block of the input over another place of it. */
export function overwriteCopy(length: u32, limit: u32, draw: u64): u32 {
  if (length < 2) return NOT_APPLIED
  const shape = next()
  const bytes = blockLength(shape, length - 1)
  const from = scale(<u32>(shape >>> 16), length - bytes + 1)
  const to = place(draw, length - bytes + 1)
  if (from == to) return NOT_APPLIED
  move(INPUT_BASE + to, INPUT_BASE + from, bytes)
  touched(to, to + bytes)
  return length
}

/** Fills a block with equal bytes. */
export function overwriteFill(length: u32, limit: u32, draw: u64): u32 {
  if (!length) return NOT_APPLIED
  const bytes = blockLength(next(), length)
  fillBlock(place(draw, length - bytes + 1), bytes, length)
  return length
}

/** Exchanges two blocks of equal length that do not overlap. */
export function swapBlocks(length: u32, limit: u32, draw: u64): u32 {
  if (length < 2) return NOT_APPLIED
  const shape = next()
  const bytes = blockLength(shape, length >>> 1)
  const first = place(draw, length - 2 * bytes + 1)
  const second = first + bytes + scale(<u32>(shape >>> 16), length - first - 2 * bytes + 1)
  for (let i: u32 = 0; i < bytes; i++) {
    const byte = load<u8>(INPUT_BASE + first + i)
    store<u8>(INPUT_BASE + first + i, load<u8>(INPUT_BASE + second + i))
    store<u8>(INPUT_BASE + second + i, byte)
  }
  touched(first, second + bytes)
  return length
}

/** Shuffles 2 to 8 neighbouring bytes (Fisher and Yates, one byte of a draw per step). */
export function shuffle(length: u32, limit: u32, draw: u64): u32 {
  if (length < 2) return NOT_APPLIED
  const bytes = min(2 + value(draw, 7), length)
  const at = place(draw, length - bytes + 1)
  let bits = next()
  for (let i = bytes - 1; i > 0; i--) {
    const j = ((<u32>bits & 0xff) * (i + 1)) >>> 8
    bits >>>= 8
    const byte = load<u8>(INPUT_BASE + at + i)
    store<u8>(INPUT_BASE + at + i, load<u8>(INPUT_BASE + at + j))
    store<u8>(INPUT_BASE + at + j, byte)
  }
  touched(at, at + bytes)
  return length
}
