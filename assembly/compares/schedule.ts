// When the compares stage has its turn: once for each entry of the corpus, the newest first, and again for all of them when
// nothing has been found for long. It is paid from a share of all executions, so that a target with nothing to compare
// loses little to it.
//
// Everything is decided by executions, and at an exact count: where slices end must not change which inputs run.
import { corpusLength } from '../corpus'
import { executions } from '../control'
import { frontierWaits, rearmFrontier } from './frontier'
import { comparesSites } from './instance'
import { doneBase, triesBase } from './memory'
import { COMPARES_SITES_MAX, WITHOUT_COMPARES } from '../abi'
import { has } from '../mechanisms'

/** One execution in so many, once the first ones are spent. */
const SHARE: u64 = 8
const ALLOWANCE: u64 = 16_384
/** What is saved up before the stage goes on, when it had to wait. */
const QUANTUM: u64 = 256
/** Executions without a find from which on all entries go through the stage again; twice as many each time, ROUNDS_MAX times. */
const STAGNATION: u64 = 0x4000
const ROUNDS_MAX: u64 = 6
/** Mutants that an entry has in the second instance when it goes deep; all entries of a round together have DEEP_ROUND, where that is more. Twice as many in each round that follows. */
const DEEP_RUNS: u32 = 256
const DEEP_ROUND: u32 = 0x2000
const DEEP_DOUBLINGS: u64 = 5

let spent: u64 = 0
let doneCount: u32 = 0
let round: u64 = 0
let lastFind: u64 = 0
let waits: bool = false

export function resetCompareSchedule(): void {
  spent = 0
  doneCount = 0
  round = 0
  lastFind = 0
  waits = false
  if (doneBase) memory.fill(doneBase, 0, corpusLength())
}

/** How often all entries have begun the stage anew. */
export function compareRound(): u64 {
  return round
}

/** Mutants that an entry, or an input of the frontier, has in this round. */
export function deepRuns(): u32 {
  const runs = max(DEEP_RUNS, DEEP_ROUND / max(1, corpusLength()))
  return runs << <u32>min<u64>(round - 1, DEEP_DOUBLINGS)
}

/** The entry that was added last has yet to go through the stage. */
export function newestWaits(): bool {
  const count = corpusLength()
  return doneCount < count && !load<u8>(doneBase + count - 1)
}

export function compareExecutions(): u64 {
  return spent
}

/** An execution of the stage is about to begin. */
export function spendCompare(): void {
  spent++
}

/** An entry was added to the corpus. */
export function noteCompareFind(): void {
  lastFind = executions()
}

/** True where nothing has been found for so many executions as the next round asks for. */
export function stagnated(): bool {
  return executions() >= stagnatedAt()
}

function stagnatedAt(): u64 {
  return lastFind + (STAGNATION << min(round, ROUNDS_MAX))
}

/** The execution before which the stage should have its turn; never, where there is nothing to do. `busy`: it has begun. */
export function comparesDueAt(busy: bool): u64 {
  if (!comparesSites() || !corpusLength() || !has(WITHOUT_COMPARES)) return <u64>-1
  const from = busy || doneCount < corpusLength() || frontierWaits() ? <u64>0 : stagnatedAt()
  if (spent <= ALLOWANCE) return from
  const saved = spent - ALLOWANCE + (waits ? QUANTUM : 0)
  return max(from, saved * SHARE)
}

export function comparesDue(busy: bool): bool {
  const due = executions() >= comparesDueAt(busy)
  waits = !due
  return due
}

/** The entry to go through the stage next: the newest of those that have not. All of them, where nothing is left. */
export function nextEntry(): u32 {
  const count = corpusLength()
  if (doneCount >= count) {
    round++
    rearmFrontier()
    lastFind = executions()
    doneCount = 0
    memory.fill(doneBase, 0, count)
    memory.fill(triesBase, 0, COMPARES_SITES_MAX)
  }
  let entry = count - 1
  while (load<u8>(doneBase + entry)) entry--
  store<u8>(doneBase + entry, 1)
  doneCount++
  return entry
}
