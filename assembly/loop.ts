// The loop: mutate, run, look, restore.
//
//       ┌─────────────────────────── nothing new ──────────────────────────┐
//       ▼                                                                  │
//   nextMutant ─► RUN ─► observe ─► RESTORE ─┬─────────────────────────────┘
//    (batch.ts)                              └─ looks new ─► suspend ─► RUN again ─► trace ─► RESTORE ─┐
//                                                                                                      │
//                               keep ◄─ trim.ts: [ candidate ─► RUN ─► observe ─► RESTORE ]* ◄─ new ───┘
//
// Any call of the target may leave by a trap, which unwinds through `slice` to the host. So whatever `recover` and the
// next slice need is written before each call, and nothing is held in locals across one. An input that looks new is
// suspended: it is put by with its suspects, so that its second run can be done by a later slice, when the budget was
// spent, when the target must be instantiated anew, or when the first run left by a trap that stands for `exit(0)`.
import {
  ENTRY_NONE,
  INPUT_BASE,
  PHASE_CONFIRM,
  PHASE_IDLE,
  PHASE_MUTANT,
  PHASE_MUTATOR,
  PHASE_OFFERED,
  PHASE_ONCE,
  PHASE_TRIM,
  SLICE_BUDGET,
  SLICE_COMPARES,
  SLICE_CORPUS_FULL,
  SLICE_DISCOVERIES_FULL,
  SLICE_STATE_LOST,
} from './abi'
import {
  endBatch,
  endChain,
  isBufferForeign,
  nextCustomMutant,
  nextMutant,
  nextRecordMutant,
  resetBatch,
  takeBuffer,
} from './batch'
import * as compares from './compares/loop'
import { clearExecutions, clearOperators, currentEntry, executions, phase, setPhase } from './control'
import { clearCorpus, entryFeatures, entryLength, entryOwned } from './corpus'
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
} from './coverage'
import { discoveriesClear, discoveriesFull } from './discoveries'
import { keep, reduce, takeCorpusFull } from './keep'
import { resetLengthControl } from './length'
import { inputMax, scratchBase, suspectsBase, trimBase, trimFeaturesBase } from './memory'
import { dropMutators, hasMutators } from './mutate/custom'
import { prepareFields } from './mutate/typed'
import { completeRecord, isTyped, readArguments } from './record'
import { resetSchedule } from './schedule'
import { hasImproved, keepsCrown, learnSignals, resetSignals } from './signals'
import { capture, clearReason, clearStateLost, exitedWell, restore, run, stateLost } from './target'
import {
  acceptCandidate,
  beginTrim,
  candidateReaches,
  endTrimming,
  isTrimming,
  nextCandidate,
  resetTrim,
  trimDone,
  trimmedFeatures,
  trimmedLength,
  trimmedNewEdges,
  trimmedParent,
} from './trim'

/** One execution in so many counts towards the edges' hits. */
const SAMPLE_MASK: u64 = 63
/** A target's result that asks to keep the input out of the corpus. */
const RESULT_REJECT: i32 = -1

/** Length of the input under way. */
let inputLength: u32 = 0
/** Features of the last trap that no run before it had reached. */
let crashFeatureCount: u32 = 0
/** Features that the last second run confirmed; they lie at suspectsBase until the next run. */
let learnedCount: u32 = 0

// ── the suspended input: its bytes lie at scratchBase, its suspects in coverage.ts ──────────────────────────────────

let suspended: bool = false
let suspendedLength: u32 = 0
let suspendedParent: u32 = ENTRY_NONE
let suspendedReduces: bool = false
/** It is a mutant, so it is shortened before it is kept; what the host offers and what a trim comes across is not. */
let suspendedTrims: bool = false

/** Captures the base snapshot and begins with no coverage and an empty corpus. */
export function ready(): void {
  clearExecutions()
  clearCorpus()
  resetSchedule()
  readArguments()
  prepareFields()
  resetLengthControl()
  discoveriesClear()
  resetTrim()
  compares.reset()
  resetSignals()
  resetBatch()
  suspended = false
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

/** At most `budget` runs. Returns SLICE_*. A trap of the target's leaves it as an exception; see `recover`. */
export function slice(budget: u32): u32 {
  const end = executions() + budget
  while (executions() < end) {
    if (stateLost()) return leave(SLICE_STATE_LOST)
    if (discoveriesFull()) return leave(SLICE_DISCOVERIES_FULL)
    if (takeCorpusFull()) return leave(SLICE_CORPUS_FULL)
    if (suspended) resume()
    else if (isTrimming()) runCandidates(end)
    else if (compares.isDue()) {
      if (compares.wantsInstance()) return leave(SLICE_COMPARES)
      runCompares(end)
    } else if (isTyped) runRecordMutants(min(end, compares.dueAt()))
    else if (hasMutators()) runCustomMutants(min(end, compares.dueAt()))
    else runMutants(min(end, compares.dueAt()))
  }
  return leave(stateLost() ? SLICE_STATE_LOST : SLICE_BUDGET)
}

function leave(reason: u32): u32 {
  setPhase(PHASE_IDLE)
  return reason
}

/** What was compared, tried in the input: until something looks new, the target must be replaced, or its share is spent. */
function runCompares(end: u64): void {
  takeBuffer()
  while (executions() < end && !stateLost() && !suspended && compares.isDue() && !compares.wantsInstance()) {
    if (compares.step()) suspendCompared()
  }
}

function suspendCompared(): void {
  inputLength = compares.inputLength()
  suspend(compares.parent(), false, true)
}

/**
 * The hot path: mutants, until one looks new, the target must be replaced, or the budget is spent. Exported so that asc leaves it a function of its
 * own: inlined into `slice`, with all that is there, it keeps fewer values in registers and is 3 % slower.
 */
export function runMutants(end: u64): void {
  setPhase(PHASE_MUTANT)
  while (executions() < end) {
    inputLength = nextMutant(inputLength)
    const result = run(inputLength)
    if (settle(result, true) || stateLost()) return
  }
}

/** The same where an input is a record. */
function runRecordMutants(end: u64): void {
  setPhase(PHASE_MUTANT)
  while (executions() < end) {
    inputLength = nextRecordMutant(inputLength)
    const result = run(inputLength)
    if (settle(result, true) || stateLost()) return
  }
}

/** The same where the target makes most of the mutants; until its mutator is dropped. */
function runCustomMutants(end: u64): void {
  while (executions() < end && hasMutators()) {
    inputLength = nextCustomMutant(inputLength)
    if (stateLost()) {
      dropMutators()
      return
    }
    setPhase(PHASE_MUTANT)
    const result = run(inputLength)
    if (settle(result, true) || stateLost()) return
  }
}

/**
 * The run of the input under way returned: reads its coverage and restores the target. True where the input looks new,
 * or as good as its parent and shorter; it is suspended then.
 */
function settle(result: i32, trims: bool): bool {
  const parent = currentEntry()
  const reduces = parent != ENTRY_NONE && inputLength < entryLength(parent) && reachesOwned(parent)
  if ((executions() & SAMPLE_MASK) == 0) countHits(parent)
  const looksNew = observe()
  restore()
  if (!(looksNew || reduces) || result == RESULT_REJECT) return false
  suspend(parent, reduces, trims)
  return true
}

function reachesOwned(entry: u32): bool {
  // One that was promoted owns nothing, and what it is worth no coverage shows.
  return entryOwned(entry) != 0 && reachedAll(entryFeatures(entry), entryOwned(entry)) && keepsCrown(entry)
}

function suspend(parent: u32, reduces: bool, trims: bool): void {
  memory.copy(scratchBase, INPUT_BASE, inputLength)
  suspended = true
  suspendedLength = inputLength
  suspendedParent = parent
  suspendedReduces = reduces
  suspendedTrims = trims
}

/** True while an input waits for its second run: `slice` does it, or the host by `resume`. */
export function isSuspended(): bool {
  return suspended
}

/** Runs the suspended input again and keeps it where it does the same. Returns the features learned. May trap. */
export function resume(): u32 {
  learnedCount = 0
  if (!suspended) return 0
  if (isBufferForeign()) memory.copy(INPUT_BASE, scratchBase, suspendedLength)
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
  learnedCount = learnSignals(suspectsBase, confirm())
  const newEdges = edgesSeen() - edgesBefore
  if (learnedCount) {
    const trims = suspendedTrims && !hasImproved() && beginTrim(scratchBase, suspendedLength, suspectsBase, learnedCount, newEdges, parent)
    if (!trims) keep(scratchBase, suspendedLength, suspectsBase, learnedCount, newEdges, parent)
  } else if (reduces) {
    reduce(parent, scratchBase, suspendedLength)
  }
  return learnedCount
}

/** Tries shorter forms of the input being trimmed, until one looks new, the target must be replaced, or all is done. */
function runCandidates(end: u64): void {
  takeBuffer()
  setPhase(PHASE_TRIM)
  while (!trimDone() && executions() < end && !stateLost() && !suspended) {
    inputLength = nextCandidate()
    const result = run(inputLength)
    const reaches = candidateReaches()
    if (reaches) observeTrace()
    const looksNew = reaches ? suspectTrace() : observe()
    restore()
    if (result != RESULT_REJECT) settleCandidate(reaches, looksNew)
  }
  if (trimDone()) endTrim()
}

function settleCandidate(reaches: bool, looksNew: bool): void {
  if (looksNew) suspend(trimmedParent(), false, false)
  else if (reaches) acceptCandidate()
}

/** Keeps the input being trimmed as it stands. */
export function endTrim(): void {
  if (!isTrimming()) return
  endTrimming()
  keep(trimBase, trimmedLength(), trimFeaturesBase, trimmedFeatures(), trimmedNewEdges(), trimmedParent())
}

/** One run of the bytes at INPUT_BASE, traced; nothing is learned. Returns the entry's result. May trap. */
export function runOnce(length: u32): i32 {
  acceptBuffer(length)
  setPhase(PHASE_ONCE)
  const result = run(inputLength)
  setPhase(PHASE_IDLE)
  observeTrace()
  restore()
  return result
}

/**
 * Runs the bytes at INPUT_BASE and, where they look new, runs them again and keeps them; with an `executionsMax` of 1 the
 * second run is left to `resume`. Returns the features learned. May trap. An input that is still suspended is given up:
 * it would look new again. One that is being trimmed stays where it is.
 */
export function addInput(length: u32, executionsMax: u32): u32 {
  suspended = false
  learnedCount = 0
  acceptBuffer(length)
  endBatch()
  clearOperators()
  setPhase(PHASE_OFFERED)
  const result = run(inputLength)
  const looksNew = settle(result, false)
  setPhase(PHASE_IDLE)
  return looksNew && executionsMax > 1 && !stateLost() ? resume() : 0
}

/** Features that the last input was first to reach, if it was kept: so many, at REGION_LEARNED, until the next run. */
export function learnedLength(): u32 {
  return learnedCount
}

/** The host has written an input of its own to the buffer. */
function acceptBuffer(length: u32): void {
  inputLength = min(length, inputMax)
  if (isTyped) inputLength = completeRecord(inputLength)
  takeBuffer()
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
  endChain()
  crashFeatureCount = 0
  if (compares.recoversInstance(was)) return
  if (was == PHASE_MUTATOR) {
    takeBuffer()
    dropMutators()
    restore()
    observeTrace()
    return
  }
  const confirming = was == PHASE_CONFIRM && suspended
  if (confirming && exited) {
    settleConfirmed()
    return
  }
  const parent = currentEntry()
  const mutated = was == PHASE_MUTANT
  const offered = mutated || was == PHASE_OFFERED
  const reduces = offered && parent != ENTRY_NONE && inputLength < entryLength(parent) && reachesOwned(parent)
  const trimmed = was == PHASE_TRIM && candidateReaches()
  restore()
  observeTrace()
  if (confirming) {
    rejectSuspects()
    suspended = false
  }
  if (was == PHASE_TRIM && exited) {
    settleCandidate(trimmed, suspectTrace())
  } else if (offered && exited) {
    if (suspectTrace() || reduces) suspend(parent, reduces, mutated)
  } else if (exited && compares.isStep(was)) {
    if (compares.settleExited(was)) suspendCompared()
  } else if (was != PHASE_ONCE && was != PHASE_IDLE) {
    crashFeatureCount = learnCrash()
    compares.noteCrash(was, crashFeatureCount)
  }
}

/** Features of the last recovered trap that neither a corpus entry nor an earlier trap had reached. */
export function crashFeatures(): u32 {
  return crashFeatureCount
}
