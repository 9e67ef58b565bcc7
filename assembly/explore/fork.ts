// Leaving the target in the middle of a call of a mark, and coming back to it.
//
//             run ──► target ──► … ──► mark: discovered ──► state UNWOUND_*, start_unwind, return
//   engine ◄─ returns ◄─ frames write themselves to ASYNCIFY_STACK ◄─┘
//   engine: stop_unwind · a snapshot · start_rewind
//             run ──► frames read themselves back ──► the same mark, called again ──► resumed: stop_rewind, return
//                                                                               target goes on as if nothing had been
//
// What a mark does when it is called depends on EXPLORE_STATE, the one word it looks at.
import {
  ASYNCIFY_BASE,
  ASYNCIFY_BYTES,
  ASYNCIFY_END,
  ASYNCIFY_OVERFLOW,
  ASYNCIFY_POSITION,
  ASYNCIFY_STACK,
  CONTROL_REASON,
  EXPLORE_DRAWS,
  EXPLORE_MARK_CALLS,
  EXPLORE_RESEEDS,
  EXPLORE_RESEED_AT,
  EXPLORE_STATE,
  REASON_DIVERGED,
  REASON_STOPPED,
  SLOT_RUN,
  SLOT_START_REWIND,
  SLOT_START_UNWIND,
  SLOT_STOP_REWIND,
  SLOT_STOP_UNWIND,
  STATE_LIVE,
  STATE_OUTSIDE,
  STATE_REWINDING,
  STATE_SILENT,
} from '../abi'
import { clearCounters } from '../coverage'
import { clearCharges } from '../wasi/fuel'
import { seedStream } from './seam'

/** Why the target returned although it has not come to its end. */
export const UNWOUND_NOT: u32 = 0
export const UNWOUND_AT_DISCOVERY: u32 = 1
export const UNWOUND_AT_ARRIVAL: u32 = 2

const NEVER: u64 = 0xffff_ffff_ffff_ffff

/** The module can be forked. */
let forks: bool = false
/** This timeline is forked where it discovers something. */
let mayFork: bool = false
/** This timeline ends where it discovers something. */
let stops: bool = false
let unwound: u32 = UNWOUND_NOT
let stateAfterRewind: u32 = STATE_LIVE

// ── the way to a moment that is run to again ────────────────────────────────────────────────────────────────────────

/** Call of a mark, counted from the start, at which a silent run has arrived. */
let arriveAt: u64 = NEVER
/** Draws that it must have made by then since its last reseed. */
let arriveDraws: u64 = 0
/** What comes at the arrival: see `silentUntil`. */
let arrival: u32 = 0
export const ARRIVE_UNWIND: u32 = 0
export const ARRIVE_CHILD: u32 = 1
export const ARRIVE_LIVE: u32 = 2
/** Reseeds: draws u64, seed u64 each. */
let schedule: usize = 0
let scheduled: u32 = 0
/** Draws before the last reseed that came on the way, of the timeline under way. */
let passed: u64 = 0
/** Seed of the timeline that begins at the arrival. */
let childSeeded: bool = false
let childSeed: u64 = 0

/** Written by the host when the target is linked: whether the module was built to be forked, and could be. */
export function exploreForks(can: u32): void {
  forks = can != 0
  store<u32>(EXPLORE_STATE, STATE_OUTSIDE)
}

export function canFork(): bool {
  return forks
}

export function setTimeline(stopsAtDiscovery: bool, forksAtDiscovery: bool): void {
  stops = stopsAtDiscovery
  mayFork = forks && forksAtDiscovery
  unwound = UNWOUND_NOT
}

export function setChild(seeded: bool, seed: u64): void {
  childSeeded = seeded
  childSeed = seed
}

/** Random numbers are reseeded on the way, as listed at `reseeds`, so many times. */
export function setSchedule(reseeds: usize, count: u32): void {
  schedule = reseeds
  scheduled = count
  passed = 0
  store<u32>(EXPLORE_RESEEDS, 0)
  nextReseed()
}

export function drawsPassed(): u64 {
  return passed
}

function nextReseed(): void {
  store<u64>(EXPLORE_RESEED_AT, scheduled ? load<u64>(schedule) : NEVER)
}

/** As many draws were made as the next reseed wants before it. */
export function reseedNow(): void {
  while (scheduled && load<u64>(EXPLORE_DRAWS) == load<u64>(schedule)) {
    passed += load<u64>(EXPLORE_DRAWS)
    seedStream(load<u64>(schedule, 8))
    store<u64>(EXPLORE_DRAWS, 0)
    store<u32>(EXPLORE_RESEEDS, load<u32>(EXPLORE_RESEEDS) + 1)
    schedule += 16
    scheduled--
  }
  nextReseed()
}

/** Marks do nothing until this call of one; then, by `then`, the target unwinds, the child begins, or marks live again. */
export function silentUntil(markCalls: u64, draws: u64, then: u32): void {
  arriveAt = markCalls
  arriveDraws = draws
  arrival = then
}

// ── in and out ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Runs the target from its start; marks do as `state` says. */
export function runFromStart(state: u32): i32 {
  store<u32>(EXPLORE_STATE, state)
  return call_indirect<i32>(SLOT_RUN, 0)
}

/** Goes on from where the target was unwound last, or goTo has brought it. */
export function rewind(state: u32): i32 {
  stateAfterRewind = state
  store<u32>(EXPLORE_STATE, STATE_REWINDING)
  unwound = UNWOUND_NOT
  call_indirect<void>(SLOT_START_REWIND, <u32>ASYNCIFY_BASE)
  return call_indirect<i32>(SLOT_RUN, 0)
}

function unwind(why: u32): void {
  unwound = why
  store<u32>(ASYNCIFY_POSITION, ASYNCIFY_STACK)
  store<u32>(ASYNCIFY_END, ASYNCIFY_BASE + ASYNCIFY_BYTES)
  store<u32>(ASYNCIFY_OVERFLOW, 0)
  call_indirect<void>(SLOT_START_UNWIND, <u32>ASYNCIFY_BASE)
}

/** The target has returned: why, if it was unwound. Marks that are called from now on are nobody's. */
export function leaveTarget(): u32 {
  store<u32>(EXPLORE_STATE, STATE_OUTSIDE)
  if (unwound) call_indirect<void>(SLOT_STOP_UNWIND)
  return unwound
}

/** The same after a trap; true where the run was on its way to its moment still. */
export function leaveTrapped(): bool {
  const state = load<u32>(EXPLORE_STATE)
  store<u32>(EXPLORE_STATE, STATE_OUTSIDE)
  unwound = UNWOUND_NOT
  return state == STATE_SILENT || state == STATE_REWINDING
}

export function isSilent(): bool {
  return load<u32>(EXPLORE_STATE) == STATE_SILENT
}

export function overflowed(): bool {
  return load<u32>(ASYNCIFY_OVERFLOW) != 0
}

// ── called by marks ─────────────────────────────────────────────────────────────────────────────────────────────────

/** A mark was called that is not to do what marks do. */
export function resumed(): void {
  const state = load<u32>(EXPLORE_STATE)
  if (state == STATE_REWINDING) {
    call_indirect<void>(SLOT_STOP_REWIND)
    store<u32>(EXPLORE_STATE, stateAfterRewind)
  } else if (state == STATE_SILENT) {
    const calls = load<u64>(EXPLORE_MARK_CALLS) + 1
    store<u64>(EXPLORE_MARK_CALLS, calls)
    if (calls == arriveAt) arrive()
    else if (arrival != ARRIVE_LIVE) clearWork()
  }
}

/** On the way to a moment, nothing counts: timelines before had fuel of their own. */
function clearWork(): void {
  clearCounters()
  clearCharges()
}

function arrive(): void {
  if (arrival == ARRIVE_LIVE) {
    store<u32>(EXPLORE_STATE, STATE_LIVE)
    return
  }
  reseedNow()
  if (scheduled || load<u64>(EXPLORE_DRAWS) != arriveDraws) {
    store<u32>(CONTROL_REASON, REASON_DIVERGED)
    unreachable()
  }
  clearWork()
  if (arrival == ARRIVE_UNWIND) unwind(UNWOUND_AT_ARRIVAL)
  else beginChild()
}

/** From here on the timeline is the child's own. */
export function beginChild(): void {
  setSchedule(0, 0)
  if (childSeeded) {
    seedStream(childSeed)
    store<u64>(EXPLORE_DRAWS, 0)
  }
  store<u32>(EXPLORE_STATE, STATE_LIVE)
}

/** The last thing that a mark does when it has found something. */
export function foundSomething(): void {
  if (mayFork) unwind(UNWOUND_AT_DISCOVERY)
  else if (stops) {
    store<u32>(CONTROL_REASON, REASON_STOPPED)
    unreachable()
  }
}
