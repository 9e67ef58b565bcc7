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

/** Copies bytes that may overlap. Short moves are worth a loop: the engine's memory.copy is a call. */
export function move(to: usize, from: usize, bytes: u32): void {
  if (bytes > 64) {
    memory.copy(to, from, bytes)
  } else if (to < from) {
    let i: u32 = 0
    for (; i + 8 <= bytes; i += 8) store<u64>(to + i, load<u64>(from + i))
    for (; i < bytes; i++) store<u8>(to + i, load<u8>(from + i))
  } else {
    let i = bytes
    for (; i >= 8; i -= 8) store<u64>(to + i - 8, load<u64>(from + i - 8))
    for (; i > 0; i--) store<u8>(to + i - 1, load<u8>(from + i - 1))
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
  const fill = draw & 1 && length ? load<u8>(INPUT_BASE + place(draw, length)) : <u8>(draw >>> 8)
  for (let i: u32 = 0; i < bytes; i++) store<u8>(INPUT_BASE + at + i, fill)
  touched(at, at + bytes)
}
