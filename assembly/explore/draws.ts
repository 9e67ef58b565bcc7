// What a simulation draws. Under exploration it comes from the seeded stream of seam.ts. Under fuzzing it comes from the
// input: as few bytes as the draw can do with, so that one mutated byte is one changed decision. An input that is used up
// goes on with a stream that is seeded by its own bytes, so that a run stays a function of its input.
import { CONTROL_INPUT_LENGTH, EXPLORE_CURSOR, INPUT_BASE } from '../abi'
import { charge } from '../wasi/fuel'
import { SCRATCH, SCRATCH_BYTES, touch } from '../wasi/state'
import { copyIn } from '../wasi/target'
import { countDraw, isExploring, nextDraw, seedStream, streamBits } from './seam'

/** Stands in the cursor once the input is used up and the stream is seeded. */
const USED_UP: u32 = 0xffff_ffff
const DOUBLE_BITS: u64 = 11
const DOUBLE_UNIT: f64 = 1.0 / 9007199254740992.0
/** A `below` may favour some numbers by at most one part in so many. */
const FAIRNESS: u64 = 8

/** `bytes` (1 to 8) bytes of the input, little end first; an input that ends amid them is used up. */
function take(bytes: u32): u64 {
  touch()
  const cursor = load<u32>(EXPLORE_CURSOR)
  const mask = ~(<u64>0) >>> (64 - 8 * bytes)
  if (cursor != USED_UP && cursor + bytes <= load<u32>(CONTROL_INPUT_LENGTH)) {
    store<u32>(EXPLORE_CURSOR, cursor + bytes)
    return load<u64>(INPUT_BASE + cursor) & mask
  }
  if (cursor != USED_UP) useUp()
  return streamBits() & mask
}

function useUp(): void {
  const length = load<u32>(CONTROL_INPUT_LENGTH)
  charge(length)
  let hash: u64 = length
  for (let i: u32 = 0; i < length; i++) hash = (hash ^ load<u8>(INPUT_BASE + i)) * 0x0000_0100_0000_01b3
  seedStream(hash)
  store<u32>(EXPLORE_CURSOR, USED_UP)
}

export function draw32(): u32 {
  if (isExploring()) return <u32>(nextDraw() >>> 32)
  return <u32>take(4)
}

export function draw64(): u64 {
  if (isExploring()) return nextDraw()
  return take(8)
}

/** 0 … bound - 1 by multiply and shift (Lemire 2019, without his rejection step); 0 for a bound of 0. */
export function drawBelow(bound: u32): u32 {
  if (isExploring()) return <u32>(((nextDraw() >>> 32) * <u64>bound) >>> 32)
  let bytes: u32 = 1
  let span: u64 = 0x100
  while (bytes < 4 && span < FAIRNESS * bound && (bound == 0 || span % bound != 0)) {
    bytes++
    span <<= 8
  }
  return <u32>((take(bytes) * <u64>bound) >>> (8 * bytes))
}

/** In [0, 1), 53 bits. An input gives the upper 32 of them, which decide all but the closest comparisons. */
export function drawDouble(): f64 {
  if (isExploring()) return <f64>(nextDraw() >>> DOUBLE_BITS) * DOUBLE_UNIT
  const upper = take(4)
  return <f64>((upper << 21) | ((upper * 0x9e37_79b9) & 0x1f_ffff)) * DOUBLE_UNIT
}

/**
 * 1 with probability `p`. Of an input this takes a byte, and another one only where all before it stand on the
 * probability's own digits in base 256, so that it is exact and still costs one byte as a rule.
 */
export function drawChance(p: f64): bool {
  if (isExploring()) return <f64>(nextDraw() >>> DOUBLE_BITS) * DOUBLE_UNIT < p
  let rest = p
  for (let digits = 0; digits < 7; digits++) {
    const scaled = rest * 256.0
    const byte = <f64>take(1)
    const digit = floor<f64>(scaled)
    if (byte != digit) return byte < digit
    rest = scaled - digit
  }
  return false
}

/** Random bytes for the target's memory: one draw, however long. */
export function drawBytes(address: u32, length: u32): void {
  const exploring = isExploring()
  if (exploring) countDraw()
  for (let done: u32 = 0; done < length; ) {
    const piece = min<u32>(length - done, SCRATCH_BYTES)
    for (let at: u32 = 0; at < piece; at += 8) {
      store<u64>(SCRATCH + at, exploring ? streamBits() : take(min<u32>(8, piece - at)))
    }
    copyIn(address + done, SCRATCH, piece)
    done += piece
  }
}
