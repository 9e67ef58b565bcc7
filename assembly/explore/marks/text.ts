// Messages of marks: read from the target, made UTF-8, and kept once, however often a mark is called.
//
//   words of the message in the target ──hash──► texts, by raw hash ──► its UTF-8 (once), and the hash that names the mark
//
// The raw hash is over the bytes as the target has them, each time: what lies at an address may change. The second hash
// is over the UTF-8, so that a message means the same mark in whatever language it was written.
import { MARK_EXCHANGE_BASE, MARK_MESSAGE_MAX, MARK_UTF16 } from '../../abi'
import { copyOut } from '../../wasi/target'

const FACTOR: u64 = 0x9fb2_1c65_1e98_df25
/** UTF-16 on its way to the exchange. */
const UNITS_BASE: usize = 0x000f_8000
const UNITS_BYTES: u32 = 2 * MARK_MESSAGE_MAX

/** Address and bytes of the message that `readMessage` has read, as the target had it. */
export let rawText: usize = 0
export let rawBytes: u32 = 0

/** Copies a message out of the target and returns its raw hash. `length` as the import has it: see MARK_UTF16. */
export function readMessage(pointer: u32, length: u32): u64 {
  const wide = (length & <u32>MARK_UTF16) != 0
  rawText = wide ? UNITS_BASE : MARK_EXCHANGE_BASE
  const bytes = wide ? (length & ~(<u32>MARK_UTF16)) << 1 : length
  rawBytes = min<u32>(bytes, wide ? UNITS_BYTES : <u32>MARK_MESSAGE_MAX)
  copyOut(rawText, pointer, rawBytes)
  return hashBytes(rawText, rawBytes, wide ? 2 : 1)
}

/** Makes the message that was read UTF-8 at MARK_EXCHANGE_BASE; returns its bytes. */
export function convertMessage(): u32 {
  if (rawText == MARK_EXCHANGE_BASE) return rawBytes
  const bytes = <u32>String.UTF8.encodeUnsafe(rawText, rawBytes >> 1, MARK_EXCHANGE_BASE)
  return min<u32>(bytes, <u32>MARK_MESSAGE_MAX)
}

/** The hash of UTF-8, by which a message names its marks. */
export function hashText(address: usize, bytes: u32): u64 {
  return hashBytes(address, bytes, 1)
}

/** Clears the bytes behind the text, to whole words. */
function hashBytes(address: usize, bytes: u32, salt: u64): u64 {
  store<u64>(address + bytes, 0)
  let hash = mixWord(salt, bytes)
  for (let at: u32 = 0; at < bytes; at += 8) hash = mixWord(hash, load<u64>(address + at))
  return hash
}

/** One more word of an identity. */
export function mixWord(hash: u64, word: u64): u64 {
  const mixed = (hash ^ word) * FACTOR
  return mixed ^ (mixed >>> 32)
}

/** Makes 64 good bits of what was mixed; never 0, which marks a free place of a table. */
export function finishHash(hash: u64): u64 {
  let mixed = (hash ^ (hash >>> 30)) * 0xbf58_476d_1ce4_e5b9
  mixed = (mixed ^ (mixed >>> 27)) * 0x94d0_49bb_1331_11eb
  mixed ^= mixed >>> 31
  return mixed == 0 ? 1 : mixed
}
