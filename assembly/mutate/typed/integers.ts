// Another value for an integer of 8 to 64 bits. Signs are a matter of how the program reads it, so both are thought of.
import { next, scale } from '../../random'
import { lowBits } from '../../record'
import { place, value } from '../input'

/** As AFL's: the largest small step. */
const STEP_MAX: u32 = 35

/** `related` is the value of something that this one may have to do with; it is used where 30 or 31 is drawn. */
export function changeInteger(old: u64, bits: u32, draw: u64, related: u64): u64 {
  const after = variant(old, bits, draw, related) & lowBits(bits)
  return after == old ? old ^ (<u64>1 << <u64>place(draw, bits)) : after
}

function variant(old: u64, bits: u32, draw: u64, related: u64): u64 {
  const pick = <u32>draw & 31
  if (pick < 5) return old ^ (<u64>1 << <u64>place(draw, bits))
  if (pick < 6) return old ^ (next() & next())
  if (pick < 11) return signed(old, <u64>(1 + value(draw, STEP_MAX)), draw)
  if (pick < 14) return signed(old, magnitude(bits), draw)
  if (pick < 21) return boundary(bits, draw)
  if (pick < 23) return next()
  if (pick < 26) return signed(0, magnitude(bits), draw)
  if (pick < 27) return 0 - old
  if (pick < 28) return ~old
  if (pick < 29) return bswap<u64>(old << <u64>(64 - bits))
  if (pick < 30) return draw & 0x20 ? old << 1 : old >>> 1
  // Mostly the same, now and then one beside it.
  const beside = value(draw, 4)
  return beside == 0 ? related + 1 : beside == 1 ? related - 1 : related
}

/** `old` plus or minus `step`. */
function signed(old: u64, step: u64, draw: u64): u64 {
  return draw & 0x20 ? old + step : old - step
}

/** 1 to `bits` random bits: each order of magnitude is as likely as any other. */
export function magnitude(bits: u32): u64 {
  const draw = next()
  return (next() | <u64>1 << 63) >>> <u64>(63 - scale(<u32>(draw >>> 32), bits))
}

/** Where an integer type ends, of this width half of the time, else of a narrower one; or a power of two. At it, or beside it. */
function boundary(bits: u32, draw: u64): u64 {
  const shape = place(draw, 1 << 16)
  const narrow = bits >>> scale(shape << 16, 1 + widthsBelow(bits))
  const width = <u64>(shape & 1 ? max(narrow, <u32>8) : bits)
  const kind = (shape >>> 1) & 3
  const one: u64 = 1
  let edge = one << (width - 1)
  if (kind == 0) edge = 0 - edge
  else if (kind == 1) edge -= 1
  else if (kind == 2) edge = (edge - 1) * 2 + 1
  else edge = one << <u64>value(draw, bits)
  const beside = (shape >>> 3) & 7
  return beside == 0 ? edge + 1 : beside == 1 ? edge - 1 : beside == 2 ? 0 - edge : edge
}

/** Integer types that are narrower. */
function widthsBelow(bits: u32): u32 {
  return bits == 64 ? 3 : bits == 32 ? 2 : bits == 16 ? 1 : 0
}
