// The second instance of the target, which is its compares build: linked by the host when it is first wanted, called
// through slots of its own. Edges have the same ids in both builds and marks the same meaning, so both share counters,
// flags and marks; what each needs for itself is its snapshot image and what it knows of the input's place.
//
//   host  beginCompares() ─► link through SLOT_COMPARES ─► comparesReady() or comparesRefused()
//   stage runInCompares(length) ─► returns, or traps and `recover` comes ─► leaveCompares()
import {
  COMPARES_HITS_BASE,
  CONTROL_COMPARES_LOG,
  CONTROL_COMPARES_SLOTS,
  CONTROL_HARNESS,
  CONTROL_INPUT_ADDRESS,
  CONTROL_INPUT_DIRTY,
  CONTROL_INPUT_LENGTH,
  CONTROL_SLOTS,
  SLOT_CAPTURE,
  SLOT_COMPARES,
  SLOT_HARNESS_CAPTURE,
  SLOT_HARNESS_RESTORE,
  SLOT_RESTORE,
  SLOT_RUN,
} from '../abi'
import { countExecution } from '../control'
import { clearRun } from '../coverage'
import { clearReason, clearStateLost, stateLost } from '../target'
import { beginHostRun, hostReady } from '../wasi/state'
import { comparesImageBase, layOutCompares } from './memory'

/** Compares that the build logs; 0 where there is no such build, or the host could not link it. */
let sites: u32 = 0
let linked: bool = false
/** What the control block says of the input's place while the other instance runs. */
let otherAddress: u32 = 0
let otherDirty: u32 = 0
let otherHarness: u32 = 0

/** Said by the host before `ready`: how many compares the build logs, 0 for none. */
export function setCompares(count: u32): void {
  sites = count
  linked = false
}

export function comparesSites(): u32 {
  return sites
}

export function comparesLinked(): bool {
  return linked
}

/** The host is about to link an instance: what it calls of the engine's reaches that one. */
export function beginCompares(): void {
  linked = false
  otherAddress = load<u32>(CONTROL_INPUT_ADDRESS)
  otherDirty = load<u32>(CONTROL_INPUT_DIRTY)
  otherHarness = load<u32>(CONTROL_HARNESS)
  store<u32>(CONTROL_SLOTS, SLOT_COMPARES)
}

/** The instance is linked and initialised. False where there is no memory for its snapshot: none is asked for again. */
export function comparesReady(): bool {
  if (!layOutCompares()) {
    comparesRefused()
    return false
  }
  call_indirect<void>(SLOT_CAPTURE + SLOT_COMPARES, <u32>comparesImageBase)
  if (load<u32>(CONTROL_HARNESS)) call_indirect<void>(SLOT_HARNESS_CAPTURE + SLOT_COMPARES, <u32>comparesImageBase)
  hostReady()
  clearRun()
  clearReason()
  clearStateLost()
  exchange()
  linked = true
  return true
}

/** It could not be linked, and will not be asked for again. */
export function comparesRefused(): void {
  sites = 0
  linked = false
  store<u32>(CONTROL_INPUT_ADDRESS, otherAddress)
  store<u32>(CONTROL_INPUT_DIRTY, otherDirty)
  store<u32>(CONTROL_HARNESS, otherHarness)
  store<u32>(CONTROL_SLOTS, 0)
  clearReason()
  clearStateLost()
  clearRun()
}

/** Turns from one instance to the other. */
function exchange(): void {
  const address = load<u32>(CONTROL_INPUT_ADDRESS)
  const dirty = load<u32>(CONTROL_INPUT_DIRTY)
  store<u32>(CONTROL_INPUT_ADDRESS, otherAddress)
  store<u32>(CONTROL_INPUT_DIRTY, otherDirty)
  otherAddress = address
  otherDirty = dirty
  store<u32>(CONTROL_SLOTS, load<u32>(CONTROL_SLOTS) ^ SLOT_COMPARES)
}

/** Where the second instance has its input, for those records that name addresses. */
export function comparesInputAddress(): u32 {
  return otherAddress
}

/** Runs the input at INPUT_BASE and logs. May trap: `leaveCompares` follows either way. */
export function runInCompares(length: u32): i32 {
  exchange()
  store<u32>(CONTROL_COMPARES_LOG, 0)
  store<u32>(CONTROL_COMPARES_SLOTS, 0)
  memory.fill(COMPARES_HITS_BASE, 0, sites)
  beginHostRun()
  countExecution()
  store<u32>(CONTROL_INPUT_LENGTH, length)
  return call_indirect<i32>(SLOT_RUN + SLOT_COMPARES, length)
}

/** Restores the second instance, or gives it up where it cannot be restored. */
export function leaveCompares(): void {
  call_indirect<void>(SLOT_RESTORE + SLOT_COMPARES, <u32>comparesImageBase)
  if (load<u32>(CONTROL_HARNESS)) call_indirect<void>(SLOT_HARNESS_RESTORE + SLOT_COMPARES, <u32>comparesImageBase)
  exchange()
  if (!stateLost()) return
  clearStateLost()
  linked = false
}
