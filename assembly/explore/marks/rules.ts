// What each kind of mark counts, and when a call of it is a discovery:
//
//   sometimes, reachable   the condition is true for the first time
//   sometimes <, >, …      the left value beats all values so far, whether or not the comparison holds
//   sometimes all          more conditions are true at once than ever
//   each                   the bucket is met for the first time, or with a better quality than ever
//   always, unreachable    never
//
// "So far" is over all timelines. A discovery is what an explorer forks at.
import {
  MARK_DISCOVERED,
  MARK_EACH,
  MARK_EXCHANGE_BASE,
  MARK_EXCHANGE_KEYS,
  MARK_FAILS,
  MARK_FLAGS,
  MARK_FRONTIER,
  MARK_KEYS,
  MARK_KEY_COUNT,
  MARK_PASSES,
  MARK_QUALITIES,
  MARK_QUALITY_COUNT,
  MARK_SOMETIMES_ALL,
  MARK_VALUED,
  MARK_VALUES_MAX,
  MARK_WATERMARK,
} from '../../abi'
import { mixWords, peekLong } from '../../wasi/target'
import { countMarkCall, discovered } from '../seam'
import {
  MARK_NONE,
  addMark,
  countLost,
  findMark,
  findText,
  hasTable,
  keepLast,
  keepText,
  lastOf,
  markAt,
  markId,
  placeValues,
  textHash,
  touchMark,
} from './table'
import { exchangeHash, fetchMessage, finishHash, mixWord, rawHashOf } from './text'
import { listViolation } from './violations'

/** Identity of the mark called last. */
let id: u64 = 0

// ── who is called ───────────────────────────────────────────────────────────────────────────────────────────────────

/** The mark of this kind and message, made on its first call; MARK_NONE where the table is full. Counts the call. */
function markOf(kind: i32, message: u32, bytes: u32): u32 {
  countMarkCall()
  const text = textOf(message, bytes)
  const mark = lastOf(text, kind)
  if (mark == MARK_NONE) return keepLast(text, kind, called(kind, text, finishHash(mixWord(id, kind))))
  id = markId(mark)
  touchMark(mark)
  return mark
}

/** The record of a message, 0 where there is no room; leaves its hash in `id`. */
function textOf(message: u32, bytes: u32): usize {
  const rawHash = rawHashOf(message, bytes)
  const text = hasTable() ? findText(rawHash) : 0
  if (text != 0 && load<u64>(text) == rawHash) {
    id = textHash(text)
    return text
  }
  const converted = fetchMessage(message, bytes)
  id = exchangeHash(converted)
  if (text == 0) return 0
  return keepText(text, rawHash, id, MARK_EXCHANGE_BASE, converted) ? text : 0
}

/** The mark with this identity; all that is known of a new one is written. MARK_NONE where there is no room. */
function entryOf(kind: i32, text: usize, identity: u64, keys: usize, keyCount: u32): u32 {
  id = identity
  const found = findMark(identity)
  if (found != MARK_NONE || text == 0) return found
  const kept = keyCount ? placeValues(keyCount * 8) : 0
  if (keyCount && kept == 0) return MARK_NONE
  const mark = addMark(identity, kind, text)
  if (mark == MARK_NONE) return mark
  memory.copy(kept, keys, keyCount * 8)
  store<u8>(markAt(mark), <u8>keyCount, MARK_KEY_COUNT)
  store<u32>(markAt(mark), <u32>kept, MARK_KEYS)
  return mark
}

/** The same for a call of the program's: the mark has changed, or a call is lost. */
function called(kind: i32, text: usize, identity: u64, keys: usize = 0, keyCount: u32 = 0): u32 {
  const mark = entryOf(kind, text, identity, keys, keyCount)
  if (mark == MARK_NONE) countLost()
  else touchMark(mark)
  return mark
}

/** Counts a pass or a fail. */
function count(mark: u32, passed: bool): void {
  const at = markAt(mark) + (passed ? MARK_PASSES : MARK_FAILS)
  store<u64>(at, load<u64>(at) + 1)
}

/** True for the first time. */
function discover(at: usize): bool {
  const flags = load<u8>(at, MARK_FLAGS)
  if (flags & MARK_DISCOVERED) return false
  store<u8>(at, flags | MARK_DISCOVERED, MARK_FLAGS)
  return true
}

// ── what it says ────────────────────────────────────────────────────────────────────────────────────────────────────

/** An `always` of any kind, or an `unreachable`, whose condition is that it is not called at all. */
export function checked(
  kind: i32,
  passed: bool,
  violated: bool,
  message: u32,
  bytes: u32,
  details: u32,
  detailsBytes: u32,
): u32 {
  const mark = markOf(kind, message, bytes)
  if (mark != MARK_NONE) count(mark, passed)
  if (violated) {
    listViolation(id, fetchMessage(message, bytes), details, detailsBytes)
  }
  return mark
}

export function sometimes(kind: i32, condition: bool, message: u32, bytes: u32): void {
  const mark = markOf(kind, message, bytes)
  if (mark == MARK_NONE) return
  count(mark, condition)
  if (condition && discover(markAt(mark))) discovered(mark, 1)
}

/** Keeps the largest, or the smallest, value. True where this one beats what was there. */
export function raise(mark: u32, value: i64, upwards: bool): bool {
  const at = markAt(mark)
  const flags = load<u8>(at, MARK_FLAGS)
  if (flags & MARK_VALUED) {
    const before = load<i64>(at, MARK_WATERMARK)
    if (upwards ? value <= before : value >= before) return false
  }
  store<u8>(at, flags | MARK_VALUED, MARK_FLAGS)
  store<i64>(at, value, MARK_WATERMARK)
  return true
}

export function sometimesCompared(
  kind: i32,
  holds: bool,
  left: i64,
  upwards: bool,
  message: u32,
  bytes: u32,
): void {
  const mark = markOf(kind, message, bytes)
  if (mark == MARK_NONE) return
  count(mark, holds)
  if (raise(mark, left, upwards)) discovered(mark, left)
}

/** `conditions` is one bit each; a call passes where all of them are set. */
export function sometimesAll(conditions: u32, howMany: u32, message: u32, bytes: u32): void {
  const mark = markOf(MARK_SOMETIMES_ALL, message, bytes)
  if (mark == MARK_NONE) return
  const all: u32 = howMany >= 32 ? 0xffff_ffff : (<u32>1 << howMany) - 1
  const holding = popcnt<u32>(conditions & all)
  count(mark, (conditions & all) == all)
  const at = markAt(mark)
  if (holding <= load<u32>(at, MARK_FRONTIER)) return
  store<u32>(at, holding, MARK_FRONTIER)
  discovered(mark, holding)
}

/** Qualities lie in the engine's memory already, keys in the target's: only a bucket that is new copies them. */
export function each(
  message: u32,
  bytes: u32,
  keys: u32,
  keyCount: u32,
  qualities: usize,
  qualityCount: u32,
): void {
  countMarkCall()
  const text = textOf(message, bytes)
  let hash = mixWord(id, MARK_EACH)
  if (keyCount) hash = mixWords(hash, keys, keyCount)
  id = finishHash(hash)
  let mark = findMark(id)
  if (mark != MARK_NONE) {
    touchMark(mark)
  } else {
    for (let at: u32 = 0; at < keyCount * 8; at += 8) store<u64>(MARK_EXCHANGE_KEYS + at, peekLong(keys + at))
    mark = called(MARK_EACH, text, id, MARK_EXCHANGE_KEYS, keyCount)
    if (mark == MARK_NONE) return
  }
  count(mark, true)
  const better = improve(mark, qualities, qualityCount)
  if (discover(markAt(mark)) || better) discovered(mark, 1)
}

/**
 * Keeps the better quality: the first value that differs decides, and where none does, the one with more values. True
 * where the new one is better; a bucket's first one is.
 */
export function improve(mark: u32, qualities: usize, qualityCount: u32): bool {
  const at = markAt(mark)
  const before = <u32>load<u8>(at, MARK_QUALITY_COUNT)
  if (!isBetter(qualities, qualityCount, load<u32>(at, MARK_QUALITIES), before)) return false
  let kept: usize = load<u32>(at, MARK_QUALITIES)
  // Room for as many as there may be, so that a bucket takes it once.
  if (kept == 0) kept = placeValues(min<u32>(max<u32>(qualityCount, 4), MARK_VALUES_MAX) * 8)
  else if (qualityCount > before && qualityCount > 4) kept = placeValues(qualityCount * 8)
  if (kept == 0) {
    countLost()
    return false
  }
  memory.copy(kept, qualities, qualityCount * 8)
  store<u8>(at, <u8>qualityCount, MARK_QUALITY_COUNT)
  store<u32>(at, <u32>kept, MARK_QUALITIES)
  return true
}

function isBetter(qualities: usize, qualityCount: u32, than: usize, thanCount: u32): bool {
  const common = min<u32>(qualityCount, thanCount)
  for (let i: u32 = 0; i < common; i++) {
    const value = load<i64>(qualities + <usize>i * 8)
    const before = load<i64>(than + <usize>i * 8)
    if (value != before) return value > before
  }
  return qualityCount > thanCount
}

// ── what the host knows ─────────────────────────────────────────────────────────────────────────────────────────────

/**
 * The mark that the host wrote to MARK_EXCHANGE_*, made where it is not known yet; MARK_NONE where the table is full. The
 * host then writes into its record; `qualityCount` values take the place of those that were there.
 */
export function marksPut(kind: i32, messageBytes: u32, keys: usize, keyCount: u32, qualities: usize, qualityCount: u32): u32 {
  const hash = exchangeHash(messageBytes)
  let text = hasTable() ? findText(hash) : 0
  if (text != 0 && load<u64>(text) != hash && !keepText(text, hash, hash, MARK_EXCHANGE_BASE, messageBytes)) text = 0
  let identity = mixWord(hash, kind)
  for (let i: u32 = 0; i < keyCount; i++) identity = mixWord(identity, load<u64>(keys + <usize>i * 8))
  const mark = entryOf(kind, text, finishHash(identity), keys, keyCount)
  if (mark == MARK_NONE) return mark
  store<u8>(markAt(mark), 0, MARK_QUALITY_COUNT)
  improve(mark, qualities, qualityCount)
  return mark
}
