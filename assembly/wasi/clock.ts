// WASI preview 1: clocks, random numbers, waiting. Time moves when it is asked for and when the program waits.
import { NOSYS, INVAL, SUCCESS } from './errno'
import { advanceTime, currentTime, nextRandom, nextTime, SCRATCH, SCRATCH_BYTES } from './state'
import { copyIn, copyOut, pokeU32, pokeU64 } from './target'

const CLOCKS: u32 = 4
const RESOLUTION_NS: u64 = 1_000_000

export function clock_res_get(clock: u32, result: u32): u32 {
  if (clock >= CLOCKS) return INVAL
  pokeU64(result, RESOLUTION_NS)
  return SUCCESS
}

export function clock_time_get(clock: u32, _precision: u64, result: u32): u32 {
  if (clock >= CLOCKS) return INVAL
  pokeU64(result, nextTime())
  return SUCCESS
}

export function random_get(address: u32, bytes: u32): u32 {
  for (let done: u32 = 0; done < bytes; ) {
    const piece = min<u32>(bytes - done, SCRATCH_BYTES)
    for (let word: u32 = 0; word < piece; word += 8) store<u64>(SCRATCH + word, nextRandom())
    copyIn(address + done, SCRATCH, piece)
    done += piece
  }
  return SUCCESS
}

export function sched_yield(): u32 {
  return SUCCESS
}

// A subscription is 48 bytes: userdata u64 · tag u8 at 8 · for a clock: id u32 at 16, timeout u64 at 24, flags u16 at 40.
// An event is 32 bytes: userdata u64 · error u16 at 8 · type u8 at 10 · bytes ready u64 at 16 · flags u16 at 24.
const SUBSCRIPTION_BYTES: u32 = 48
const EVENT_BYTES: u32 = 32
const SUBSCRIPTIONS_MAX: u32 = 1024
const AT: usize = SCRATCH + 64

/**
 * Descriptors are always ready. Where only clocks are waited for, time moves to the first deadline and the clocks due
 * then are reported.
 */
export function poll_oneoff(subscriptions: u32, events: u32, count: u32, result: u32): u32 {
  if (count == 0 || count > SUBSCRIPTIONS_MAX) return INVAL
  const now = currentTime()
  let first: u64 = u64.MAX_VALUE
  let descriptors: u32 = 0
  for (let index: u32 = 0; index < count; index++) {
    copyOut(AT, subscriptions + index * SUBSCRIPTION_BYTES, SUBSCRIPTION_BYTES)
    if (load<u8>(AT, 8) == 0) first = min<u64>(first, waitNs(now))
    else descriptors++
  }
  const waited = descriptors == 0 ? first : 0
  if (waited) advanceTime(waited)
  let reported: u32 = 0
  for (let index: u32 = 0; index < count; index++) {
    copyOut(AT, subscriptions + index * SUBSCRIPTION_BYTES, SUBSCRIPTION_BYTES)
    const tag = load<u8>(AT, 8)
    if (tag == 0 && waitNs(now) > waited) continue
    store<u16>(AT, 0, 8)
    store<u16>(AT, tag, 10)
    store<u64>(AT, tag == 0 ? 0 : 1, 16)
    store<u64>(AT, 0, 24)
    copyIn(events + reported * EVENT_BYTES, AT, EVENT_BYTES)
    reported++
  }
  pokeU32(result, reported)
  return SUCCESS
}

/** How long the clock subscription at AT still has to wait. */
function waitNs(now: u64): u64 {
  const timeout = load<u64>(AT, 24)
  const absolute = (load<u16>(AT, 40) & 1) != 0
  if (!absolute) return timeout
  return timeout > now ? timeout - now : 0
}

// ── sockets: there is no network ────────────────────────────────────────────────────────────────────────────────────

export function sock_accept(_fd: u32, _flags: u32, _result: u32): u32 {
  return NOSYS
}

export function sock_recv(_fd: u32, _iovs: u32, _count: u32, _flags: u32, _size: u32, _outFlags: u32): u32 {
  return NOSYS
}

export function sock_send(_fd: u32, _iovs: u32, _count: u32, _flags: u32, _size: u32): u32 {
  return NOSYS
}

export function sock_shutdown(_fd: u32, _how: u32): u32 {
  return NOSYS
}
