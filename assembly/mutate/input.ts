// What all operators share: the buffer they change, the shape of a draw, and a note of which bytes changed.
//
// An operator is `(length, limit, draw) => length`: it changes the `length` bytes at INPUT_BASE, writes nowhere beyond
// `limit` bytes, calls `touched` for the bytes it changed, and returns the new length, or NOT_APPLIED when this input
// gives it nothing to do. One 64-bit draw is cut up, so that most operators need no second one:
//
//    63            32 31       16 15        0
//   ┌────────────────┬───────────┬───────────┐
//   │ place          │ value     │ operator  │
//   └────────────────┴───────────┴───────────┘
import { INPUT_BASE } from '../abi'
import { next, scale } from '../random'

export const NOT_APPLIED: u32 = 0xffff_ffff

/** Bytes of the input that differ from the corpus entry it began as lie in `touchedFrom … touchedTo - 1`. */
export let touchedFrom: u32 = 0xffff_ffff
export let touchedTo: u32 = 0

export function touched(from: u32, to: u32): void {
  touchedFrom = min(touchedFrom, from)
  touchedTo = max(touchedTo, to)
}

export function clearTouched(): void {
  touchedFrom = 0xffff_ffff
  touchedTo = 0
}

/** A uniform place in 0 … bound - 1. */
export function place(draw: u64, bound: u32): u32 {
  return scale(<u32>(draw >>> 32), bound)
}

/** A uniform value in 0 … bound - 1; bound ≤ 2^16. Independent of place and operator. */
export function value(draw: u64, bound: u32): u32 {
  return ((<u32>(draw >>> 16) & 0xffff) * bound) >>> 16
}

/** Length of a block, 1 … longest: mostly up to 32, a fifth of the time up to 256, now and then anything. */
export function blockLength(draw: u64, longest: u32): u32 {
  const kind = <u32>draw & 0x1f
  const most: u32 = kind < 25 ? 32 : kind < 31 ? 256 : longest
  return 1 + scale(<u32>(draw >>> 32), min(most, longest))
}

/**
 * Copies bytes that may overlap. Up to 64 bytes everything is loaded before anything is stored, in words that overlap in
 * the middle: no loop whose length nobody can predict, and no call of the engine's memory.copy.
 */
export function move(to: usize, from: usize, bytes: u32): void {
  if (bytes > 64) {
    memory.copy(to, from, bytes)
  } else if (bytes > 32) {
    const a = v128.load(from)
    const b = v128.load(from, 16)
    const c = v128.load(from + bytes - 32)
    const d = v128.load(from + bytes - 16)
    v128.store(to, a)
    v128.store(to, b, 16)
    v128.store(to + bytes - 32, c)
    v128.store(to + bytes - 16, d)
  } else if (bytes >= 16) {
    const a = v128.load(from)
    const b = v128.load(from + bytes - 16)
    v128.store(to, a)
    v128.store(to + bytes - 16, b)
  } else if (bytes >= 8) {
    const a = load<u64>(from)
    const b = load<u64>(from + bytes - 8)
    store<u64>(to, a)
    store<u64>(to + bytes - 8, b)
  } else if (bytes >= 4) {
    const a = load<u32>(from)
    const b = load<u32>(from + bytes - 4)
    store<u32>(to, a)
    store<u32>(to + bytes - 4, b)
  } else if (bytes) {
    const a = load<u8>(from)
    const b = load<u8>(from + (bytes >>> 1))
    const c = load<u8>(from + bytes - 1)
    store<u8>(to, a)
    store<u8>(to + (bytes >>> 1), b)
    store<u8>(to + bytes - 1, c)
  }
}

/** Sets bytes to one value, as `move` does it. */
function fill(to: usize, byte: u8, bytes: u32): void {
  const word = <u64>byte * 0x0101_0101_0101_0101
  if (bytes > 32) {
    memory.fill(to, byte, bytes)
  } else if (bytes >= 16) {
    v128.store(to, i64x2.splat(word))
    v128.store(to + bytes - 16, i64x2.splat(word))
  } else if (bytes >= 8) {
    store<u64>(to, word)
    store<u64>(to + bytes - 8, word)
  } else if (bytes >= 4) {
    store<u32>(to, <u32>word)
    store<u32>(to + bytes - 4, <u32>word)
  } else if (bytes) {
    store<u8>(to, byte)
    store<u8>(to + (bytes >>> 1), byte)
    store<u8>(to + bytes - 1, byte)
  }
}

/** Makes room for `bytes` at `at` by moving what follows; the caller fills the room. Returns the new length. */
export function openGap(length: u32, at: u32, bytes: u32): u32 {
  move(INPUT_BASE + at + bytes, INPUT_BASE + at, length - at)
  touched(at, length + bytes)
  return length + bytes
}

/** Takes `bytes` at `at` out. Returns the new length. */
export function closeGap(length: u32, at: u32, bytes: u32): u32 {
  move(INPUT_BASE + at, INPUT_BASE + at + bytes, length - at - bytes)
  touched(at, length - bytes)
  return length - bytes
}

/** Fills a block with one byte: a random one, or one that the input already holds, half and half. */
export function fillBlock(at: u32, bytes: u32, length: u32): void {
  const draw = next()
  fill(INPUT_BASE + at, draw & 1 && length ? load<u8>(INPUT_BASE + place(draw, length)) : <u8>(draw >>> 8), bytes)
  touched(at, at + bytes)
}
