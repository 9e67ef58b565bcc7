// An integer of the input that may be a length: set to the size of the input, as libFuzzer's ChangeBinaryInteger does.
import { INPUT_BASE } from '../abi'
import { NOT_APPLIED, place, touched, value } from './input'

/** Writes the size of the input, or of what follows the field, sometimes off by one, as if the field were a length. */
export function sizeField(length: u32, limit: u32, draw: u64): u32 {
  const pick = value(draw, 1 << 16)
  const size: u32 = 1 << (pick & 3)
  if (length < size) return NOT_APPLIED
  // Length fields stand near the start.
  const at = place(draw, min(length - size + 1, <u32>64))
  const rest = pick & 4 ? length : length - at - size
  const off: u32 = pick & 8 ? (pick & 16 ? 1 : -1) : 0
  const unused = <u64>(64 - 8 * size)
  const width: u64 = <u64>-1 >>> unused
  const field = <u64>(rest + off) & width
  const eight = load<u64>(INPUT_BASE + at)
  const after = (eight & ~width) | (pick & 32 ? bswap<u64>(field << unused) : field)
  if (after == eight) return NOT_APPLIED
  store<u64>(INPUT_BASE + at, after)
  touched(at, at + size)
  return length
}
