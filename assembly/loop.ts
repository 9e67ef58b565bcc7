// The loop: choose, mutate, run, look, restore.
//
// One corpus entry is mutated for a batch. A chain begins with the entry's bytes in the input buffer; each execution
// applies one more operator to what the last one left there, CHAIN_LENGTH times, then the entry is brought back.
//
//            ┌──────────────────────────────── nothing new ─────────────────────────────┐
//            ▼                                                                          │
//   pick ─► chain ─► mutate ─► RUN ─► observe ─► RESTORE ─┬───────────────────────────┘
//                                                           └─ looks new ─► suspend ─► RUN again ─► trace ─► RESTORE ─► keep
//
// Any call of the target may leave by a trap, which unwinds through `slice` to the host. So whatever `recover` and the
// next slice need is written before each call, and nothing is held in locals across one. An input that looks new is
// suspended: it is put by with its suspects, so that its second run can be done by a later slice, when the budget was
// spent, when the target must be instantiated anew, or when the first run left by a trap that stands for `exit(0)`.
import {
  DISCOVERY_NEW,
  DISCOVERY_REDUCED,
  ENTRY_NONE,
  INPUT_BASE,
  PHASE_CONFIRM,
  PHASE_IDLE,
  PHASE_MUTANT,
  PHASE_OFFERED,
  PHASE_ONCE,
  SLICE_BUDGET,
  SLICE_CORPUS_FULL,
  SLICE_DISCOVERIES_FULL,
  SLICE_STATE_LOST,
} from './abi'
import {
  clearExecutions,
  clearOperators,
  currentEntry,
  executions,
  phase,
  setCurrentEntry,
  setPhase,
} from './control'
import {
  addEntry,
  clearCorpus,
  corpusLength,
  countFind,
  entryData,
  entryFeatures,
  entryLength,
  entryOwned,
  reduceEntry,
} from './corpus'
import {
  clearCoverage,
  clearRun,
  confirm,
  countHits,
  edgesSeen,
  learnCrash,
  observe,
  observeTrace,
  reachedAll,
  rejectSuspects,
  suspectTrace,
  traceCost,
} from './coverage'
import { discoveriesClear, discoveriesFull, pushDiscovery } from './discoveries'
import { lengthLimit, noteFind, resetLengthControl, updateLengthLimit } from './length'
import { inputMax, scratchBase, suspectsBase } from './memory'
import { clearTouched, move, touchedFrom, touchedTo } from './mutate/input'
import { mutate, prepareOperators } from './mutate/operators'
import { batchSize, pickEntry, resetSchedule } from './schedule'
import { capture, clearReason, clearStateLost, exitedWell, restore, run, stateLost } from './target'

/** Operators applied on top of each other, each result executed; libFuzzer's mutate_depth. */
const CHAIN_LENGTH: i32 = 5
/** A batch that keeps finding is prolonged up to this many times its size. */
const BATCH_STRETCH_MAX: i32 = 64
/** One execution in so many counts towards the edges' hits. */
const SAMPLE_MASK: u64 = 63
/** A target's result that asks to keep the input out of the corpus. */
const RESULT_REJECT: i32 = -1

/** Length of the input under way. */
let inputLength: u32 = 0
/** Executions left in this chain, and in this batch. */
let chainLeft: i32 = 0
let batchLeft: i32 = 0
let stretchLeft: i32 = 0
/** True where the input buffer holds something else than a mutant of the current entry. */
let bufferForeign: bool = true
let corpusFull: bool = false
/** Features of the last trap that no run before it had reached. */
let crashFeatureCount: u32 = 0

// ── the suspended input: its bytes lie at scratchBase, its suspects in coverage.ts ──────────────────────────────────

let suspended: bool = false
let suspendedLength: u32 = 0
let suspendedParent: u32 = ENTRY_NONE
let suspendedReduces: bool = false

/** Captures the base snapshot and begins with no coverage and an empty corpus. */
export function ready(): void {
  clearExecutions()
  clearCorpus()
  resetSchedule()
  resetLengthControl()
  discoveriesClear()
  suspended = false
  batchLeft = 0
  setCurrentEntry(ENTRY_NONE)
  bufferForeign = true
  chainLeft = 0
  recapture()
  clearCoverage()
}

/**
 * After a fresh instance of the target was linked: captures its state; all else stays, the chain of mutants too. A new
 * instance comes at the end of a slice, which the clock decides, and must not change which inputs are run.
 */
export function recapture(): void {
  setPhase(PHASE_IDLE)
  clearStateLost()
  clearReason()
  capture()
  clearRun()
}

/** Runs at most `budget` mutants. Returns SLICE_*. A trap of the target's leaves it as an exception; see `recover`. */
export function slice(budget: u32): u32 {
  const end = executions() + budget
  if (suspended && budget) resume()
  setPhase(PHASE_MUTANT)
  while (executions() < end) {
    if (stateLost()) return leave(SLICE_STATE_LOST)
    if (discoveriesFull()) return leave(SLICE_DISCOVERIES_FULL)
    if (corpusFull) {
      corpusFull = false
      return leave(SLICE_CORPUS_FULL)
    }
    runMutants(end)
    if (suspended && !stateLost() && executions() < end) {
      resume()
      setPhase(PHASE_MUTANT)
    }
  }
  return leave(stateLost() ? SLICE_STATE_LOST : SLICE_BUDGET)
}

function leave(reason: u32): u32 {
  setPhase(PHASE_IDLE)
  return reason
}

/** The hot path: mutants, until one looks new, the target must be replaced, or the budget is spent. */
function runMutants(end: u64): void {
  while (executions() < end) {
    if (chainLeft == 0) beginChain()
    chainLeft--
    inputLength = mutate(inputLength, lengthLimit())
    const result = run(inputLength)
    if (settle(result) || stateLost()) return
  }
}

/** Brings the entry's bytes back, and at the end of a batch takes the next entry. */
function beginChain(): void {
  if (batchLeft <= 0) beginBatch()
  batchLeft -= CHAIN_LENGTH
  chainLeft = CHAIN_LENGTH
  clearOperators()
  const entry = currentEntry()
  inputLength = 0
  if (entry == ENTRY_NONE) return
  inputLength = entryLength(entry)
  const data = entryData(entry)
  const from: u32 = bufferForeign ? 0 : touchedFrom & ~15
  const to: u32 = bufferForeign ? inputLength : min(touchedTo, inputLength)
  bufferForeign = false
  clearTouched()
  // Whole vectors: an entry is padded to 16 bytes, and so is the buffer.
  if (to > from + 256) memory.copy(INPUT_BASE + from, data + from, to - from)
  else for (let i = from; i < to; i += 16) v128.store(INPUT_BASE + i, v128.load(data + i))
}

function beginBatch(): void {
  updateLengthLimit(executions())
  const entry = pickEntry()
  prepareOperators()
  bufferForeign = bufferForeign || entry != currentEntry()
  setCurrentEntry(entry)
  batchLeft = <i32>batchSize(entry)
  stretchLeft = batchLeft * BATCH_STRETCH_MAX
}

/**
 * The run of the input under way returned: reads its coverage and restores the target. True where the input looks new,
 * or as good as its parent and shorter; it is suspended then.
 */
function settle(result: i32): bool {
  const parent = currentEntry()
  const reduces = parent != ENTRY_NONE && inputLength < entryLength(parent) && reachesOwned(parent)
  if ((executions() & SAMPLE_MASK) == 0) countHits()
  const looksNew = observe()
  restore()
  if (!(looksNew || reduces) || result == RESULT_REJECT) return false
  suspend(parent, reduces)
  return true
}

function reachesOwned(entry: u32): bool {
  return reachedAll(entryFeatures(entry), entryOwned(entry))
}

function suspend(parent: u32, reduces: bool): void {
  memory.copy(scratchBase, INPUT_BASE, inputLength)
  suspended = true
  suspendedLength = inputLength
  suspendedParent = parent
  suspendedReduces = reduces
}

/** True while an input waits for its second run: `slice` does it, or the host by `resume`. */
export function isSuspended(): bool {
  return suspended
}

/** Runs the suspended input again and keeps it where it does the same. Returns the features learned. May trap. */
export function resume(): u32 {
  if (!suspended) return 0
  if (bufferForeign) memory.copy(INPUT_BASE, scratchBase, suspendedLength)
  inputLength = suspendedLength
  setPhase(PHASE_CONFIRM)
  run(suspendedLength)
  return settleConfirmed()
}

/** The second run returned. */
function settleConfirmed(): u32 {
  setPhase(PHASE_IDLE)
  suspended = false
  const parent = suspendedParent
  const reduces = suspendedReduces && reachesOwned(parent)
  observeTrace()
  restore()
  const edgesBefore = edgesSeen()
  const learned = confirm()
  if (learned) keep(parent, learned, edgesSeen() - edgesBefore)
  else if (reduces) reduce(parent)
  return learned
}

/** Adds the suspended input to the corpus and tells the host. */
function keep(parent: u32, learned: u32, newEdges: u32): void {
  const entry = corpusLength()
  const added = addEntry(scratchBase, suspendedLength, suspectsBase, learned, traceCost(), parent)
  corpusFull = corpusFull || !added
  const named = added ? entry : ENTRY_NONE
  pushDiscovery(DISCOVERY_NEW, named, parent, suspectsBase, learned, newEdges, scratchBase, suspendedLength)
  noteFind(executions(), suspendedLength)
  if (parent == ENTRY_NONE) {
    batchLeft = 0
  } else {
    countFind(parent)
    // Double on a find, within the stretch: what this batch has still to run grows by its size.
    const more = min(<i32>batchSize(parent), stretchLeft)
    batchLeft += more
    stretchLeft -= more
  }
  chainLeft = 0
}

/** Puts the suspended input in its parent's place and tells the host. */
function reduce(parent: u32): void {
  reduceEntry(parent, scratchBase, suspendedLength, traceCost())
  const owned = entryOwned(parent)
  pushDiscovery(DISCOVERY_REDUCED, parent, parent, entryFeatures(parent), owned, 0, scratchBase, suspendedLength)
  bufferForeign = true
  chainLeft = 0
}

/** One run of the bytes at INPUT_BASE, traced; nothing is learned. Returns the entry's result. May trap. */
export function runOnce(length: u32): i32 {
  takeBuffer(length)
  setPhase(PHASE_ONCE)
  const result = run(inputLength)
  setPhase(PHASE_IDLE)
  observeTrace()
  restore()
  return result
}

/**
 * Runs the bytes at INPUT_BASE and, where they look new, runs them again and keeps them. Returns the features learned. May
 * trap. An input that is still suspended is given up: it would look new again.
 */
export function addInput(length: u32): u32 {
  suspended = false
  takeBuffer(length)
  setCurrentEntry(ENTRY_NONE)
  batchLeft = 0
  clearOperators()
  setPhase(PHASE_OFFERED)
  const result = run(inputLength)
  const looksNew = settle(result)
  setPhase(PHASE_IDLE)
  return looksNew && !stateLost() ? resume() : 0
}

/** The host has written an input of its own to the buffer. */
function takeBuffer(length: u32): void {
  inputLength = min(length, inputMax)
  bufferForeign = true
  chainLeft = 0
}

/**
 * After a trap: restores the target, reads the counters of the run into the trace and clears them. A run that left by
 * `exit(0)` counts as one that returned; all others stay out of the corpus, and what they reached is learned apart.
 */
export function recover(): void {
  const was = phase()
  const exited = exitedWell()
  setPhase(PHASE_IDLE)
  clearReason()
  chainLeft = 0
  crashFeatureCount = 0
  const confirming = was == PHASE_CONFIRM && suspended
  if (confirming && exited) {
    settleConfirmed()
    return
  }
  const parent = currentEntry()
  const offered = was == PHASE_MUTANT || was == PHASE_OFFERED
  const reduces = parent != ENTRY_NONE && inputLength < entryLength(parent) && reachesOwned(parent)
  restore()
  observeTrace()
  if (confirming) {
    rejectSuspects()
    suspended = false
  }
  if (offered && exited) {
    if (suspectTrace() || reduces) suspend(parent, reduces)
  } else if (was != PHASE_ONCE && was != PHASE_IDLE) {
    crashFeatureCount = learnCrash()
  }
}

/** Features of the last recovered trap that neither a corpus entry nor an earlier trap had reached. */
export function crashFeatures(): u32 {
  return crashFeatureCount
}
