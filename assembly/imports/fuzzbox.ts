// Module "fuzzbox", which simulations import: draws, and marks. What a mark does depends on who runs the program: in a
// run of the fuzzer's it only ends what must not be; in a timeline of the explorer's it is looked up, counted, and told.
import {
  MARK_ALWAYS,
  MARK_ALWAYS_GE,
  MARK_ALWAYS_GT,
  MARK_ALWAYS_LE,
  MARK_ALWAYS_LT,
  MARK_ALWAYS_OR_UNREACHABLE,
  MARK_EXCHANGE_QUALITIES,
  MARK_REACHABLE,
  MARK_SOMETIMES,
  MARK_SOMETIMES_GE,
  MARK_SOMETIMES_GT,
  MARK_SOMETIMES_LE,
  MARK_SOMETIMES_LT,
  MARK_UNREACHABLE,
  MARK_VALUES_MAX,
} from '../abi'
import { draw32, draw64, drawBelow, drawBytes, drawChance, drawDouble } from '../explore/draws'
import { checked, each, raise, sometimes, sometimesAll, sometimesCompared } from '../explore/marks/rules'
import { MARK_NONE } from '../explore/marks/table'
import { stopViolated } from '../explore/marks/violations'
import { finishResume, isExploring, isResuming } from '../explore/seam'
import { charge } from '../wasi/fuel'
import { peekLong } from '../wasi/target'

// ── draws ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export function fuzzbox_random(): u32 {
  return draw32()
}
export function fuzzbox_random64(): u64 {
  return draw64()
}
export function fuzzbox_below(bound: u32): u32 {
  return drawBelow(bound)
}
export function fuzzbox_chance(probability: f64): u32 {
  return drawChance(probability) ? 1 : 0
}
export function fuzzbox_f64(): f64 {
  return drawDouble()
}
export function fuzzbox_bytes(address: u32, length: u32): void {
  drawBytes(address, length)
}

// ── what must hold ──────────────────────────────────────────────────────────────────────────────────────────────────

function must(kind: i32, holds: bool, message: u32, bytes: u32, details: u32, detailsBytes: u32): u32 {
  if (isExploring()) {
    if (isResuming()) finishResume()
    else return checked(kind, holds, !holds, message, bytes, details, detailsBytes)
  } else if (!holds) {
    stopViolated(message, bytes, details, detailsBytes)
  }
  return MARK_NONE
}

export function fuzzbox_always(condition: u32, message: u32, bytes: u32, details: u32, detailsBytes: u32): void {
  must(MARK_ALWAYS, condition != 0, message, bytes, details, detailsBytes)
}
export function fuzzbox_always_or_unreachable(
  condition: u32,
  message: u32,
  bytes: u32,
  details: u32,
  detailsBytes: u32,
): void {
  must(MARK_ALWAYS_OR_UNREACHABLE, condition != 0, message, bytes, details, detailsBytes)
}
/** A call counts as a pass, as one of `reachable` does, and is the violation itself. */
export function fuzzbox_unreachable(message: u32, bytes: u32, details: u32, detailsBytes: u32): void {
  if (!isExploring()) stopViolated(message, bytes, details, detailsBytes)
  else if (isResuming()) finishResume()
  else checked(MARK_UNREACHABLE, true, true, message, bytes, details, detailsBytes)
}

/** The worst value is remembered: the largest where it must stay below something. */
function mustCompare(
  kind: i32,
  holds: bool,
  left: i64,
  upwards: bool,
  message: u32,
  bytes: u32,
  details: u32,
  detailsBytes: u32,
): void {
  const mark = must(kind, holds, message, bytes, details, detailsBytes)
  if (mark != MARK_NONE) raise(mark, left, upwards)
}

export function fuzzbox_always_gt(left: i64, right: i64, text: u32, bytes: u32, details: u32, more: u32): void {
  mustCompare(MARK_ALWAYS_GT, left > right, left, false, text, bytes, details, more)
}
export function fuzzbox_always_ge(left: i64, right: i64, text: u32, bytes: u32, details: u32, more: u32): void {
  mustCompare(MARK_ALWAYS_GE, left >= right, left, false, text, bytes, details, more)
}
export function fuzzbox_always_lt(left: i64, right: i64, text: u32, bytes: u32, details: u32, more: u32): void {
  mustCompare(MARK_ALWAYS_LT, left < right, left, true, text, bytes, details, more)
}
export function fuzzbox_always_le(left: i64, right: i64, text: u32, bytes: u32, details: u32, more: u32): void {
  mustCompare(MARK_ALWAYS_LE, left <= right, left, true, text, bytes, details, more)
}

// ── what should come to pass ────────────────────────────────────────────────────────────────────────────────────────

/** False where the mark has nothing to do: nobody explores, or its timeline is being resumed in it. */
// @ts-ignore: decorator
@inline
function isWanted(): bool {
  if (!isExploring()) return false
  if (!isResuming()) return true
  finishResume()
  return false
}

export function fuzzbox_sometimes(condition: u32, message: u32, bytes: u32): void {
  if (isWanted()) sometimes(MARK_SOMETIMES, condition != 0, message, bytes)
}
export function fuzzbox_reachable(message: u32, bytes: u32): void {
  if (isWanted()) sometimes(MARK_REACHABLE, true, message, bytes)
}
export function fuzzbox_sometimes_gt(left: i64, right: i64, message: u32, bytes: u32): void {
  if (isWanted()) sometimesCompared(MARK_SOMETIMES_GT, left > right, left, true, message, bytes)
}
export function fuzzbox_sometimes_ge(left: i64, right: i64, message: u32, bytes: u32): void {
  if (isWanted()) sometimesCompared(MARK_SOMETIMES_GE, left >= right, left, true, message, bytes)
}
export function fuzzbox_sometimes_lt(left: i64, right: i64, message: u32, bytes: u32): void {
  if (isWanted()) sometimesCompared(MARK_SOMETIMES_LT, left < right, left, false, message, bytes)
}
export function fuzzbox_sometimes_le(left: i64, right: i64, message: u32, bytes: u32): void {
  if (isWanted()) sometimesCompared(MARK_SOMETIMES_LE, left <= right, left, false, message, bytes)
}
export function fuzzbox_sometimes_all(conditions: u32, howMany: u32, message: u32, bytes: u32): void {
  if (isWanted()) sometimesAll(conditions, howMany, message, bytes)
}

export function fuzzbox_each(
  keys: u32,
  keyCount: u32,
  qualities: u32,
  qualityCount: u32,
  message: u32,
  bytes: u32,
): void {
  if (!isWanted()) return
  const keysTaken = min<u32>(keyCount, MARK_VALUES_MAX)
  const qualitiesTaken = min<u32>(qualityCount, MARK_VALUES_MAX)
  charge((keysTaken + qualitiesTaken) * 8)
  for (let at: u32 = 0; at < qualitiesTaken * 8; at += 8) {
    store<u64>(MARK_EXCHANGE_QUALITIES + at, peekLong(qualities + at))
  }
  each(message, bytes, keys, keysTaken, MARK_EXCHANGE_QUALITIES, qualitiesTaken)
}
