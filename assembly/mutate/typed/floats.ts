// Another value for a float, as bits. A result that is not a number is written as one fixed pattern: which one arithmetic
// gives differs from machine to machine, and a seed must mean the same inputs on all of them.
import { next } from '../../random'
import { place, value } from '../input'
import { magnitude } from './integers'

/** Magnitudes at which programs change their minds; half of the time they are negative. */
const SPECIAL_64 = memory.data<u64>([
  // 0, 1, infinity, the quiet NaN; other NaNs: a payload, a signalling one, all ones
  0, 0x3ff0_0000_0000_0000, 0x7ff0_0000_0000_0000, 0x7ff8_0000_0000_0000,
  0x7ff8_0000_0000_0001, 0x7ff0_0000_0000_0001, 0x7fff_ffff_ffff_ffff,
  // smallest and largest denormal, smallest normal, largest number
  1, 0x000f_ffff_ffff_ffff, 0x0010_0000_0000_0000, 0x7fef_ffff_ffff_ffff,
  // epsilon, the neighbours of 1, a half, 2, 0.1, 10
  0x3cb0_0000_0000_0000, 0x3ff0_0000_0000_0001, 0x3fef_ffff_ffff_ffff, 0x3fe0_0000_0000_0000, 0x4000_0000_0000_0000,
  0x3fb9_9999_9999_999a, 0x4024_0000_0000_0000,
  // 2^24, 2^24 + 1, 2^53 - 1, 2^53, 2^53 + 2, 2^31 - 1, 2^31, 2^32, 2^63, 2^64
  0x4170_0000_0000_0000, 0x4170_0000_1000_0000, 0x433f_ffff_ffff_ffff, 0x4340_0000_0000_0000, 0x4340_0000_0000_0001,
  0x41df_ffff_ffc0_0000, 0x41e0_0000_0000_0000, 0x41f0_0000_0000_0000, 0x43e0_0000_0000_0000, 0x43f0_0000_0000_0000,
])
const SPECIAL_64_COUNT: u32 = 28
/** The same for 32 bits. */
const SPECIAL_32 = memory.data<u32>([
  0, 0x3f80_0000, 0x7f80_0000, 0x7fc0_0000, 0x7fc0_0001, 0x7f80_0001, 0x7fff_ffff,
  1, 0x007f_ffff, 0x0080_0000, 0x7f7f_ffff,
  0x3400_0000, 0x3f80_0001, 0x3f7f_ffff, 0x3f00_0000, 0x4000_0000, 0x3dcc_cccd, 0x4120_0000,
  // 2^24 - 1, 2^24, 2^24 + 2, 2^53, the float below 2^31, 2^31, 2^32, 2^63, 2^64
  0x4b7f_ffff, 0x4b80_0000, 0x4b80_0001, 0x5a00_0000, 0x4eff_ffff, 0x4f00_0000, 0x4f80_0000, 0x5f00_0000, 0x5f80_0000,
])
const SPECIAL_32_COUNT: u32 = 27

const STEP_MAX: u32 = 100

/** `related` is the value of something that this one may have to do with; it is used where 30 or 31 is drawn. */
export function changeFloat64(old: u64, draw: u64, related: u64): u64 {
  const after = variant64(old, draw, related)
  return after == old ? old ^ (<u64>1 << <u64>place(draw, 64)) : after
}

export function changeFloat32(old: u32, draw: u64, related: u32): u32 {
  const after = variant32(old, draw, related)
  return after == old ? old ^ (1 << place(draw, 32)) : after
}

function variant64(old: u64, draw: u64, related: u64): u64 {
  const pick = <u32>draw & 31
  const sign = (draw & 0x20) << 58
  if (pick < 10) return load<u64>(SPECIAL_64 + (place(draw, SPECIAL_64_COUNT) << 3)) | sign
  if (pick < 14) return old ^ (<u64>1 << <u64>place(draw, 64))
  if (pick < 17) {
    const exponent = changedExponent(<u32>(old >>> 52), 2047, draw)
    return (old & 0x800f_ffff_ffff_ffff) | (<u64>exponent << 52)
  }
  if (pick < 21) return bits64(calculated<f64>(reinterpret<f64>(old), draw))
  if (pick < 25) return bits64(<f64>integer(63, draw) * (draw & 0x40 ? 1 : 0.5))
  if (pick < 27) return old + <u64>(<i64>value(draw, 9) - 4)
  if (pick < 28) return next()
  if (pick < 29) return old ^ 0x8000_0000_0000_0000
  if (pick < 30) return bits64(<f64>(<u32>(draw >>> 32)) / 4294967296)
  return related
}

function variant32(old: u32, draw: u64, related: u32): u32 {
  const pick = <u32>draw & 31
  const sign = <u32>((draw & 0x20) << 26)
  if (pick < 10) return load<u32>(SPECIAL_32 + (place(draw, SPECIAL_32_COUNT) << 2)) | sign
  if (pick < 14) return old ^ (1 << place(draw, 32))
  if (pick < 17) return (old & 0x807f_ffff) | (changedExponent(old >>> 23, 255, draw) << 23)
  if (pick < 21) return bits32(calculated<f32>(reinterpret<f32>(old), draw))
  if (pick < 25) return bits32(<f32>integer(31, draw) * (draw & 0x40 ? <f32>1 : <f32>0.5))
  if (pick < 27) return old + value(draw, 9) - 4
  if (pick < 28) return <u32>next()
  if (pick < 29) return old ^ 0x8000_0000
  if (pick < 30) return bits32(<f32>(<u32>(draw >>> 40)) / 16777216)
  return related
}

/** Some steps away, or anywhere. */
function changedExponent(old: u32, mask: u32, draw: u64): u32 {
  return (draw & 0x40 ? old + value(draw, 17) - 8 : value(draw, 1 << 16)) & mask
}

/** The sum, difference, product or quotient of the value and a small number. */
function calculated<F extends number>(old: F, draw: u64): F {
  const steps = value(draw, STEP_MAX) + 1
  const step = <F>steps
  switch (<u32>(draw >>> 5) & 3) {
    case 0:
      return <F>(old + step)
    case 1:
      return <F>(old - step)
    case 2:
      return <F>(old * step)
    default:
      return <F>(old / step)
  }
}

/** An integer of either sign, below 256 half of the time; of the others each order of magnitude is as likely as any other. */
function integer(bits: u32, draw: u64): i64 {
  const size = <i64>magnitude(draw & 0x80 ? 8 : bits)
  return draw & 0x20 ? size : -size
}

function bits64(number: f64): u64 {
  return isNaN(number) ? 0x7ff8_0000_0000_0000 : reinterpret<u64>(number)
}

function bits32(number: f32): u32 {
  return isNaN(number) ? 0x7fc0_0000 : reinterpret<u32>(number)
}
