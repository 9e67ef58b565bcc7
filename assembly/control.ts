// The engine's words in the control block. They lie in memory rather than in globals so that a host which shares the
// memory can see how far a worker came, and what it was running when it died.
//
//   CONTROL_ENGINE + 0  executions  u64  runs of the target so far, the one under way included
//                  + 8  phase       u32  PHASE_*: which call of the target is under way
//                  +12  entry       u32  corpus entry being mutated, or ENTRY_NONE
//                  +16  operators   u64  operators applied to it, one byte each, last one lowest
import { CONTROL_ENGINE, CONTROL_EXECUTIONS, CONTROL_PHASE } from './abi'

const ENTRY = CONTROL_ENGINE + 12
const OPERATORS = CONTROL_ENGINE + 16

export function executions(): u64 {
  return load<u64>(CONTROL_EXECUTIONS)
}

export function countExecution(): void {
  store<u64>(CONTROL_EXECUTIONS, load<u64>(CONTROL_EXECUTIONS) + 1)
}

export function clearExecutions(): void {
  store<u64>(CONTROL_EXECUTIONS, 0)
}

export function phase(): u32 {
  return load<u32>(CONTROL_PHASE)
}

export function setPhase(phase: u32): void {
  store<u32>(CONTROL_PHASE, phase)
}

export function currentEntry(): u32 {
  return load<u32>(ENTRY)
}

export function setCurrentEntry(entry: u32): void {
  store<u32>(ENTRY, entry)
}

export function operators(): u64 {
  return load<u64>(OPERATORS)
}

export function setOperators(ids: u64): void {
  store<u64>(OPERATORS, ids)
}

export function clearOperators(): void {
  store<u64>(OPERATORS, 0)
}

/** Remembers the last eight operators; ids are stored plus one, so that 0 means none. */
export function noteOperator(id: u32): void {
  store<u64>(OPERATORS, (load<u64>(OPERATORS) << 8) | <u64>(id + 1))
}
