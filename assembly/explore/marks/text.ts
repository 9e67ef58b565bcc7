// Messages of marks: looked at in the target on each call, because what lies at an address may change; made UTF-8 and
// kept once.
//
//   words of the message in the target ──raw hash──► texts ──► its UTF-8, and the hash of that, which names the mark
//
// So a message means the same mark in whatever language it was written.
import { MARK_EXCHANGE_BASE, MARK_MESSAGE_MAX, MARK_UTF16 } from '../../abi'
import { charge } from '../../wasi/fuel'
import { copyOut, mixWords, peek, peekLong } from '../../wasi/target'

const FACTOR: u64 = 0x9fb2_1c65_1e98_df25
const SALT_UTF8: u64 = 1
const SALT_UTF16: u64 = 2
/** UTF-16 on its way to the exchange. */
const UNITS_BASE: usize = 0x000f_8000

/** Bytes of a message in the target; what is longer than it may be is cut. `length` as the import has it: see MARK_UTF16. */
function bytesOf(length: u32): u32 {
  if (length & <u32>MARK_UTF16) return min<u32>(length & ~(<u32>MARK_UTF16), MARK_MESSAGE_MAX) << 1
  return min<u32>(length, MARK_MESSAGE_MAX)
}

/** The raw hash of a message in the target. Two encodings of one text have two. */
export function rawHashOf(pointer: u32, length: u32): u64 {
  const bytes = bytesOf(length)
  charge(bytes)
  const salt = length & <u32>MARK_UTF16 ? SALT_UTF16 : SALT_UTF8
  let hash = mixWord(salt, bytes)
  const words = bytes >> 3
  if (words) hash = mixWords(hash, pointer, words)
  if (bytes & 7) hash = mixWord(hash, tailOf(pointer, bytes))
  return finishHash(hash)
}

/** The last bytes of a message, up to seven, as a number: never more of the memory is touched than the message has. */
function tailOf(pointer: u32, bytes: u32): u64 {
  const length = bytes & 7
  const end = pointer + bytes
  if (end >= 8 && end > pointer) return peekLong(end - 8) >>> <u64>(64 - 8 * length)
  let tail: u64 = 0
  for (let i: u32 = 0; i < length; i++) tail |= <u64>peek(end - length + i) << (8 * i)
  return tail
}

/** The same for UTF-8 at MARK_EXCHANGE_BASE, whose raw hash is the one that names its marks. */
export function exchangeHash(bytes: u32): u64 {
  store<u64>(MARK_EXCHANGE_BASE + bytes, 0)
  let hash = mixWord(SALT_UTF8, bytes)
  for (let at: u32 = 0; at < bytes; at += 8) hash = mixWord(hash, load<u64>(MARK_EXCHANGE_BASE + at))
  return finishHash(hash)
}

/** Brings a message, as UTF-8, to MARK_EXCHANGE_BASE; returns its bytes. */
export function fetchMessage(pointer: u32, length: u32): u32 {
  let bytes = bytesOf(length)
  if (length & <u32>MARK_UTF16) {
    copyOut(UNITS_BASE, pointer, bytes)
    bytes = min<u32>(<u32>String.UTF8.encodeUnsafe(UNITS_BASE, bytes >> 1, MARK_EXCHANGE_BASE), MARK_MESSAGE_MAX)
  } else {
    copyOut(MARK_EXCHANGE_BASE, pointer, bytes)
  }
  repair(bytes)
  return bytes
}

/**
 * Puts a question mark for each byte that is not UTF-8, so that a host which decodes and encodes the text again has the
 * same one, and so the same mark.
 */
function repair(bytes: u32): void {
  store<u32>(MARK_EXCHANGE_BASE + bytes, 0)
  for (let at: u32 = 0; at < bytes; ) {
    const length = characterBytes(MARK_EXCHANGE_BASE + at)
    if (length == 0) store<u8>(MARK_EXCHANGE_BASE + at, 0x3f)
    at += max<u32>(length, 1)
  }
}

/** Bytes of the character at `at`, 0 where there is none; a byte of zero ends the text. */
function characterBytes(at: usize): u32 {
  const first = <u32>load<u8>(at)
  if (first < 0x80) return 1
  const second = <u32>load<u8>(at, 1)
  if (first < 0xc2 || first > 0xf4 || !isContinuation(second)) return 0
  if (first < 0xe0) return 2
  // Overlong forms, surrogates, and what lies beyond Unicode.
  if (first == 0xe0 && second < 0xa0) return 0
  if (first == 0xed && second >= 0xa0) return 0
  if (first == 0xf0 && second < 0x90) return 0
  if (first == 0xf4 && second >= 0x90) return 0
  if (!isContinuation(load<u8>(at, 2))) return 0
  if (first < 0xf0) return 3
  return isContinuation(load<u8>(at, 3)) ? 4 : 0
}

function isContinuation(byte: u32): bool {
  return (byte & 0xc0) == 0x80
}

/** One more word of an identity. */
// @ts-ignore: decorator
@inline
export function mixWord(hash: u64, word: u64): u64 {
  const mixed = (hash ^ word) * FACTOR
  return mixed ^ (mixed >>> 32)
}

/** What was mixed, but never 0, which marks a free place of a table. */
// @ts-ignore: decorator
@inline
export function finishHash(hash: u64): u64 {
  return hash == 0 ? 1 : hash
}
