// Integers of 1, 2, 4 and 8 bytes inside an input, in either byte order.
import { INPUT_BASE } from '../abi'
import { NOT_APPLIED, touched } from './input'

/** The bytes at `at`, read as a big-endian or little-endian integer of 1 << `sizeShift` bytes. */
export function loadWord(at: u32, sizeShift: u32, bigEndian: bool): u64 {
  const address: usize = INPUT_BASE + at
  switch (sizeShift) {
    case 0:
      return load<u8>(address)
    case 1:
      return bigEndian ? bswap<u16>(load<u16>(address)) : load<u16>(address)
    case 2:
      return bigEndian ? bswap<u32>(load<u32>(address)) : load<u32>(address)
    default:
      return bigEndian ? bswap<u64>(load<u64>(address)) : load<u64>(address)
  }
}

/** Writes the low bytes of `word`, and reports them; NOT_APPLIED where they stood there already. */
export function storeWord(length: u32, at: u32, sizeShift: u32, bigEndian: bool, word: u64): u32 {
  const address: usize = INPUT_BASE + at
  const before = loadWord(at, sizeShift, bigEndian)
  switch (sizeShift) {
    case 0:
      store<u8>(address, <u8>word)
      break
    case 1:
      store<u16>(address, bigEndian ? bswap<u16>(<u16>word) : <u16>word)
      break
    case 2:
      store<u32>(address, bigEndian ? bswap<u32>(<u32>word) : <u32>word)
      break
    default:
      store<u64>(address, bigEndian ? bswap<u64>(word) : word)
  }
  if (loadWord(at, sizeShift, bigEndian) == before) return NOT_APPLIED
  touched(at, at + (1 << sizeShift))
  return length
}
