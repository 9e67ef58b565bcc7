// Filling the table through which the engine calls the target.
import {
  CONTROL_HARNESS,
  SLOT_CAPTURE,
  SLOT_COPY_IN,
  SLOT_COPY_OUT,
  SLOT_GROW,
  SLOT_HARNESS_CAPTURE,
  SLOT_HARNESS_RESTORE,
  SLOT_LOAD_STATE,
  SLOT_MIX_WORDS,
  SLOT_PEEK,
  SLOT_PEEK_LONG,
  SLOT_POKE,
  SLOT_RESTORE,
  SLOT_RUN,
  SLOT_SAVE_STATE,
  SLOT_SIZE,
  SLOT_START_REWIND,
  SLOT_START_UNWIND,
  SLOT_STOP_REWIND,
  SLOT_STOP_UNWIND,
} from '../../../assembly/abi.ts'
import { ADDED } from '../../../instrument/types.ts'
import type { Engine } from '../engine/engine.ts'

const TARGET_SLOTS: readonly (readonly [number, string])[] = [
  [SLOT_RESTORE, ADDED.restore],
  [SLOT_CAPTURE, ADDED.capture],
  [SLOT_PEEK, ADDED.peek],
  [SLOT_PEEK_LONG, ADDED.peekLong],
  [SLOT_MIX_WORDS, ADDED.mixWords],
  [SLOT_POKE, ADDED.poke],
  [SLOT_COPY_IN, ADDED.copyIn],
  [SLOT_COPY_OUT, ADDED.copyOut],
  [SLOT_GROW, ADDED.grow],
  [SLOT_SIZE, ADDED.size],
  [SLOT_SAVE_STATE, ADDED.saveState],
  [SLOT_LOAD_STATE, ADDED.loadState],
  [SLOT_START_UNWIND, ADDED.startUnwind],
  [SLOT_STOP_UNWIND, ADDED.stopUnwind],
  [SLOT_START_REWIND, ADDED.startRewind],
  [SLOT_STOP_REWIND, ADDED.stopRewind],
]

const HARNESS_SLOTS: readonly (readonly [number, string])[] = [
  [SLOT_HARNESS_RESTORE, ADDED.restore],
  [SLOT_HARNESS_CAPTURE, ADDED.capture],
]

/** `base` is 0, or SLOT_COMPARES for the second instance. Everything but the entry: from here on engine functions reach the target's memory. */
export function fillTargetSlots(engine: Engine, target: WebAssembly.Exports, base = 0): void {
  for (const [slot, name] of TARGET_SLOTS) engine.table.set(base + slot, target[name] ?? null)
  engine.table.set(base + SLOT_RUN, target[ADDED.run] ?? null)
  for (const [slot] of HARNESS_SLOTS) engine.table.set(base + slot, null)
  engine.setWord(CONTROL_HARNESS, 0)
}

/** The entry is the harness's, and its globals are captured and restored beside the target's. */
export function fillHarnessSlots(engine: Engine, harness: WebAssembly.Exports, base = 0): void {
  for (const [slot, name] of HARNESS_SLOTS) engine.table.set(base + slot, harness[name] ?? null)
  engine.table.set(base + SLOT_RUN, harness[ADDED.run] ?? null)
  engine.setWord(CONTROL_HARNESS, 1)
}
