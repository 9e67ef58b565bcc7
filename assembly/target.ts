// The target, as the engine sees it: a few typed calls through table slots, Wasm to Wasm.
import {
  CONTROL_DETAIL,
  CONTROL_HARNESS,
  CONTROL_INPUT_LENGTH,
  CONTROL_MESSAGE_BYTES,
  CONTROL_REASON,
  CONTROL_STATE_LOST,
  REASON_EXIT,
  REASON_NONE,
  SLOT_CAPTURE,
  SLOT_HARNESS_CAPTURE,
  SLOT_HARNESS_RESTORE,
  SLOT_RESTORE,
  SLOT_RUN,
} from './abi'
import { countExecution } from './control'
import { imageBase } from './memory'
import { beginHostRun, hostReady } from './wasi/state'

/** Runs the input at INPUT_BASE. Everything that a trap must leave behind is written before the call. */
export function run(length: u32): i32 {
  beginHostRun()
  countExecution()
  store<u32>(CONTROL_INPUT_LENGTH, length)
  return call_indirect<i32>(SLOT_RUN, length)
}

/** Brings the target back to the base snapshot. */
export function restore(): void {
  call_indirect<void>(SLOT_RESTORE, <u32>imageBase)
  if (load<u32>(CONTROL_HARNESS)) call_indirect<void>(SLOT_HARNESS_RESTORE, <u32>imageBase)
}

/** Makes the target's present state the base snapshot. */
export function capture(): void {
  call_indirect<void>(SLOT_CAPTURE, <u32>imageBase)
  if (load<u32>(CONTROL_HARNESS)) call_indirect<void>(SLOT_HARNESS_CAPTURE, <u32>imageBase)
  hostReady()
}

/** True where the run changed what a restore cannot bring back: the host must provide a fresh instance. */
export function stateLost(): bool {
  return load<u32>(CONTROL_STATE_LOST) != 0
}

export function clearStateLost(): void {
  store<u32>(CONTROL_STATE_LOST, 0)
}

/** True after a trap that stands for `exit(0)`: the run ended well, only its way out was a trap. */
export function exitedWell(): bool {
  return load<u32>(CONTROL_REASON) == REASON_EXIT && load<u32>(CONTROL_DETAIL) == 0
}

export function clearReason(): void {
  store<u32>(CONTROL_REASON, REASON_NONE)
  store<u32>(CONTROL_DETAIL, 0)
  store<u32>(CONTROL_MESSAGE_BYTES, 0)
}
