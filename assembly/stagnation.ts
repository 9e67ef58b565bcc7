// Whether the search has run dry, by executions and never by a clock: a seed must mean the same inputs on every machine.
//
// A campaign's finds thin out by themselves, so what counts as long grows with its age: it is dry where the last find lies
// a quarter of all executions back, and EXECUTIONS_MIN at least. Whatever is too dear for a search that gets on may begin
// then; the next find ends it.
import { executions } from './control'

const EXECUTIONS_MIN: u64 = 1 << 17

/** Executions at the last find. */
let last: u64 = 0

export function resetStagnation(): void {
  last = 0
}

/** An input was kept. */
export function noteProgress(): void {
  last = executions()
}

/** True while nothing has been found for long. */
export function stagnated(): bool {
  const now = executions()
  return now - last > max(EXECUTIONS_MIN, now >>> 2)
}
