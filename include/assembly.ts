// Simulations in AssemblyScript: draw from fuzzbox, and say what must hold and what would be interesting.
//
//   import { below, sometimes, always, each, keys2, quality1 } from 'fuzzbox/assembly'
//
//   sometimes(elected, 'a leader is elected')
//   always(balance >= 0, 'no overdraft', balance >= 0 ? '' : 'balance=' + balance.toString())
//   each('gate', keys2(lock, depth), quality1(health))
//
// `fuzzbox` finds this module under the name above; asc alone finds it as 'fuzzbox/include/assembly'. Messages should be
// string literals: then their marks are known even where they are never called.

/** Or-ed to a length: the message is UTF-16, as strings are here. */
const UTF16: u32 = 0x8000_0000

@external('fuzzbox', 'always')
declare function importAlways(condition: u32, text: usize, length: u32, details: usize, detailsLength: u32): void
@external('fuzzbox', 'always_or_unreachable')
declare function importAlwaysOrUnreachable(condition: u32, text: usize, length: u32, details: usize, detailsLength: u32): void
@external('fuzzbox', 'unreachable')
declare function importUnreachable(text: usize, length: u32, details: usize, detailsLength: u32): void
@external('fuzzbox', 'always_gt')
declare function importAlwaysGt(left: i64, right: i64, text: usize, length: u32, details: usize, detailsLength: u32): void
@external('fuzzbox', 'always_ge')
declare function importAlwaysGe(left: i64, right: i64, text: usize, length: u32, details: usize, detailsLength: u32): void
@external('fuzzbox', 'always_lt')
declare function importAlwaysLt(left: i64, right: i64, text: usize, length: u32, details: usize, detailsLength: u32): void
@external('fuzzbox', 'always_le')
declare function importAlwaysLe(left: i64, right: i64, text: usize, length: u32, details: usize, detailsLength: u32): void
@external('fuzzbox', 'sometimes')
declare function importSometimes(condition: u32, text: usize, length: u32): void
@external('fuzzbox', 'reachable')
declare function importReachable(text: usize, length: u32): void
@external('fuzzbox', 'sometimes_gt')
declare function importSometimesGt(left: i64, right: i64, text: usize, length: u32): void
@external('fuzzbox', 'sometimes_ge')
declare function importSometimesGe(left: i64, right: i64, text: usize, length: u32): void
@external('fuzzbox', 'sometimes_lt')
declare function importSometimesLt(left: i64, right: i64, text: usize, length: u32): void
@external('fuzzbox', 'sometimes_le')
declare function importSometimesLe(left: i64, right: i64, text: usize, length: u32): void
@external('fuzzbox', 'sometimes_all')
declare function importSometimesAll(conditions: u32, howMany: u32, text: usize, length: u32): void
@external('fuzzbox', 'each')
declare function importEach(keys: usize, keyCount: u32, qualities: usize, qualityCount: u32, text: usize, length: u32): void
@external('fuzzbox', 'bytes')
declare function importBytes(address: usize, length: u32): void

// ── draws: each of them is one draw, however much it returns ────────────────────────────────────────────────────────

/** 32 uniform bits. */
@external('fuzzbox', 'random')
export declare function random(): u32
/** 64 uniform bits. */
@external('fuzzbox', 'random64')
export declare function random64(): u64
/** 0 … bound - 1; 0 for a bound of 0. */
@external('fuzzbox', 'below')
export declare function below(bound: u32): u32
/** 1 with this probability. */
@external('fuzzbox', 'chance')
export declare function chance(probability: f64): u32
/** In [0, 1). */
@external('fuzzbox', 'f64')
export declare function fraction(): f64

/** Fills the array with random bytes. */
export function bytes(array: Uint8Array): void {
  importBytes(array.dataStart, array.byteLength)
}

// ── signals, for any target that `fuzzbox run` fuzzes: an input that does better is kept ────────────────────────────

/** A larger value than any input had for this id, in the best moment of a run. */
@external('fuzzbox', 'maximize')
export declare function maximize(id: u32, value: i64): void
/** A smaller one. */
@external('fuzzbox', 'minimize')
export declare function minimize(id: u32, value: i64): void
/** A value that was not yet in the set of this id. */
@external('fuzzbox', 'set')
export declare function set(id: u32, value: i64): void
/** A state that was not yet reached, or a step from one to another that was not yet made. */
@external('fuzzbox', 'state')
export declare function state(value: i64): void
/** Two values that are nearer to each other than ever for this id. */
@external('fuzzbox', 'distance')
export declare function distance(id: u32, left: i64, right: i64): void

// ── what must hold ──────────────────────────────────────────────────────────────────────────────────────────────────

// @ts-ignore: decorator
@inline
function at(text: string): usize {
  return changetype<usize>(text)
}

// @ts-ignore: decorator
@inline
function length(text: string): u32 {
  return text.length | UTF16
}

/** Must hold whenever it is evaluated, and be evaluated. `details` is `name=value name=value`. */
// @ts-ignore: decorator
@inline
export function always(condition: bool, message: string, details: string = ''): void {
  importAlways(condition, at(message), length(message), at(details), length(details))
}

/** The same, but it need not be evaluated. */
// @ts-ignore: decorator
@inline
export function alwaysOrUnreachable(condition: bool, message: string, details: string = ''): void {
  importAlwaysOrUnreachable(condition, at(message), length(message), at(details), length(details))
}

/** Must not be reached. */
// @ts-ignore: decorator
@inline
export function mustNotReach(message: string, details: string = ''): void {
  importUnreachable(at(message), length(message), at(details), length(details))
}

function valuesOf(left: i64, right: i64): string {
  return 'left=' + left.toString() + ' right=' + right.toString()
}

/** left > right must hold; both are told where it does not. */
// @ts-ignore: decorator
@inline
export function alwaysGt(left: i64, right: i64, message: string): void {
  const details = left > right ? '' : valuesOf(left, right)
  importAlwaysGt(left, right, at(message), length(message), at(details), length(details))
}

// @ts-ignore: decorator
@inline
export function alwaysGe(left: i64, right: i64, message: string): void {
  const details = left >= right ? '' : valuesOf(left, right)
  importAlwaysGe(left, right, at(message), length(message), at(details), length(details))
}

// @ts-ignore: decorator
@inline
export function alwaysLt(left: i64, right: i64, message: string): void {
  const details = left < right ? '' : valuesOf(left, right)
  importAlwaysLt(left, right, at(message), length(message), at(details), length(details))
}

// @ts-ignore: decorator
@inline
export function alwaysLe(left: i64, right: i64, message: string): void {
  const details = left <= right ? '' : valuesOf(left, right)
  importAlwaysLe(left, right, at(message), length(message), at(details), length(details))
}

// ── what should come to pass in some run ────────────────────────────────────────────────────────────────────────────

// @ts-ignore: decorator
@inline
export function sometimes(condition: bool, message: string): void {
  importSometimes(condition, at(message), length(message))
}

// @ts-ignore: decorator
@inline
export function reachable(message: string): void {
  importReachable(at(message), length(message))
}

/** left > right should hold in some run; each larger left value is interesting. */
// @ts-ignore: decorator
@inline
export function sometimesGt(left: i64, right: i64, message: string): void {
  importSometimesGt(left, right, at(message), length(message))
}

// @ts-ignore: decorator
@inline
export function sometimesGe(left: i64, right: i64, message: string): void {
  importSometimesGe(left, right, at(message), length(message))
}

/** left < right should hold in some run; each smaller left value is interesting. */
// @ts-ignore: decorator
@inline
export function sometimesLt(left: i64, right: i64, message: string): void {
  importSometimesLt(left, right, at(message), length(message))
}

// @ts-ignore: decorator
@inline
export function sometimesLe(left: i64, right: i64, message: string): void {
  importSometimesLe(left, right, at(message), length(message))
}

/** Conditions, up to 32, that should all be true at once: one bit each, the first one lowest, and how many there are. */
// @ts-ignore: decorator
@inline
export function sometimesAll(conditions: u32, howMany: u32, message: string): void {
  importSometimesAll(conditions, howMany, at(message), length(message))
}

/** Each combination of keys is interesting once, and again with a better quality, of which the first value counts most. */
// @ts-ignore: decorator
@inline
export function each(message: string, keys: Values, quality: Values = 0): void {
  importEach(KEYS, keys, QUALITIES, quality, at(message), length(message))
}

/** What `keys1` to `keys4` and `quality1` to `quality3` return: how many values they have put by for `each`. */
export type Values = u32

const KEYS: usize = memory.data(32, 8)
const QUALITIES: usize = memory.data(24, 8)

// @ts-ignore: decorator
@inline
export function keys1(a: i64): Values {
  store<i64>(KEYS, a)
  return 1
}

// @ts-ignore: decorator
@inline
export function keys2(a: i64, b: i64): Values {
  store<i64>(KEYS, a)
  store<i64>(KEYS, b, 8)
  return 2
}

// @ts-ignore: decorator
@inline
export function keys3(a: i64, b: i64, c: i64): Values {
  store<i64>(KEYS, a)
  store<i64>(KEYS, b, 8)
  store<i64>(KEYS, c, 16)
  return 3
}

// @ts-ignore: decorator
@inline
export function keys4(a: i64, b: i64, c: i64, d: i64): Values {
  store<i64>(KEYS, a)
  store<i64>(KEYS, b, 8)
  store<i64>(KEYS, c, 16)
  store<i64>(KEYS, d, 24)
  return 4
}

// @ts-ignore: decorator
@inline
export function quality1(a: i64): Values {
  store<i64>(QUALITIES, a)
  return 1
}

// @ts-ignore: decorator
@inline
export function quality2(a: i64, b: i64): Values {
  store<i64>(QUALITIES, a)
  store<i64>(QUALITIES, b, 8)
  return 2
}

// @ts-ignore: decorator
@inline
export function quality3(a: i64, b: i64, c: i64): Values {
  store<i64>(QUALITIES, a)
  store<i64>(QUALITIES, b, 8)
  store<i64>(QUALITIES, c, 16)
  return 3
}
