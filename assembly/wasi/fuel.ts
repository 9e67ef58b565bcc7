// What the engine's functions do for a target is work of the target's: it costs fuel like a bulk operation of its own, so
// that a program that has others work for it ends as one that works itself. Inserted code keeps and clears the sum
// (instrument/passes/pages/bulk.ts); the limit stands in the control block.
import {
  CONTROL_BULK_FUEL,
  CONTROL_DETAIL,
  CONTROL_FUEL,
  CONTROL_MESSAGE_BYTES,
  CONTROL_REASON,
  REASON_FUEL,
} from '../abi'

const UNIT_SHIFT: u32 = 4

/** Called before the work; does not return where it costs more than is left. A step of a search counts 16 bytes. */
export function charge(bytes: u32): void {
  const spent = load<u32>(CONTROL_BULK_FUEL) + (bytes >> UNIT_SHIFT) + 1
  store<u32>(CONTROL_BULK_FUEL, spent)
  const limit = load<u32>(CONTROL_FUEL)
  if (limit == 0 || spent < limit) return
  store<u32>(CONTROL_REASON, REASON_FUEL)
  store<u32>(CONTROL_DETAIL, 0)
  store<u32>(CONTROL_MESSAGE_BYTES, 0)
  unreachable()
}

/** As `charge`, for a search through so many things. */
export function chargeSteps(steps: u32): void {
  charge(steps << UNIT_SHIFT)
}

/** What ran outside of `run`, a start function or a plain instance, is not the next run's. */
export function clearCharges(): void {
  store<u32>(CONTROL_BULK_FUEL, 0)
}
