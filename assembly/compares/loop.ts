// The compares stage as the loop sees it: when it has its turn, and steps of one execution each, in one instance of the
// target or the other. stage.ts says what they are.
import { PHASE_CANDIDATE, PHASE_COLORIZE, PHASE_COMPARES, PHASE_IDLE } from '../abi'
import { clearOperators, noteOperator, setPhase } from '../control'
import { observe, observeTrace, suspectTrace } from '../coverage'
import { restore, run } from '../target'
import { comparesLinked, leaveCompares, runInCompares } from './instance'
import { deepRan } from './deep'
import { resetFrontier } from './frontier'
import { resetLearning } from './learn'
import { compareExecutions, comparesDue, comparesDueAt, noteCompareFind, resetCompareSchedule, spendCompare } from './schedule'
import { resetSums } from './sums'
import {
  STEP_COLOR,
  STEP_COMPARES,
  STEP_DEEP,
  STEP_DONE,
  candidateFound,
  coloredRan,
  compareRan,
  nextStep,
  resetStage,
  stageBusy,
  stageEntry,
  stepLength,
} from './stage'

/** In the list of operators that a discovery carries. */
const OPERATOR_COMPARE: u32 = 96
/** A target's result that asks to keep the input out of the corpus. */
const RESULT_REJECT: i32 = -1

/** Inputs, and findings, that the stage was first to come to. */
let finds: u32 = 0
/** What runs in the second instance is a mutant of the deep part. */
let isDeep: bool = false

/** Begins with an empty corpus. */
export function reset(): void {
  finds = 0
  resetLearning()
  resetStage()
  resetFrontier()
  resetSums()
  resetCompareSchedule()
}

export function compareFinds(): u32 {
  return finds
}
export function compareExecutionsLow(): u32 {
  return <u32>compareExecutions()
}

/** The stage has its turn. */
export function isDue(): bool {
  return comparesDue(stageBusy())
}

/** The execution before which it should have its next one. */
export function dueAt(): u64 {
  return comparesDueAt(stageBusy())
}

/** An instance has to be linked first. */
export function wantsInstance(): bool {
  return !comparesLinked()
}

/** Length of the input that ran last, and the entry that it was made from. */
export function inputLength(): u32 {
  return stepLength()
}
export function parent(): u32 {
  return stageEntry()
}

/** An entry was added to the corpus. */
export function noteFind(): void {
  noteCompareFind()
}

/** Takes one step: one execution, or none where an entry is through. True where what ran looks new. May trap. */
export function step(): bool {
  const kind = nextStep()
  if (kind == STEP_DONE) return false
  spendCompare()
  if (kind == STEP_COMPARES || kind == STEP_DEEP) {
    isDeep = kind == STEP_DEEP
    setPhase(PHASE_COMPARES)
    runInCompares(stepLength())
    settleInstance(false)
    return false
  }
  clearOperators()
  noteOperator(OPERATOR_COMPARE)
  setPhase(kind == STEP_COLOR ? PHASE_COLORIZE : PHASE_CANDIDATE)
  const result = run(stepLength())
  if (kind == STEP_COLOR) observeTrace()
  const looksNew = kind == STEP_COLOR ? settleColored() : observe()
  restore()
  if (!looksNew || result == RESULT_REJECT) return false
  if (kind != STEP_COLOR) noteFound()
  return true
}

/** The run in the second instance returned, or trapped: what it logged counts either way. */
function settleInstance(trapped: bool): void {
  setPhase(PHASE_IDLE)
  observeTrace()
  leaveCompares()
  if (isDeep) deepRan(suspectTrace(), trapped)
  else compareRan()
}

/** A colored form ended well, its trace was read. True where it looks new by chance. */
function settleColored(): bool {
  coloredRan()
  return suspectTrace()
}

function noteFound(): void {
  finds++
  candidateFound()
}

// ── after a trap, in the phase that was ─────────────────────────────────────────────────────────────────────────────

/** True where the second instance trapped; it is restored then. The first one has said what becomes of such an input. */
export function recoversInstance(was: u32): bool {
  if (was != <u32>PHASE_COMPARES) return false
  settleInstance(true)
  return true
}

export function isStep(was: u32): bool {
  return was == <u32>PHASE_COLORIZE || was == <u32>PHASE_CANDIDATE
}

/** A step left by `exit(0)`, its trace was read. True where it looks new. */
export function settleExited(was: u32): bool {
  if (was == <u32>PHASE_COLORIZE) return settleColored()
  if (!suspectTrace()) return false
  noteFound()
  return true
}

/** A step ended in a finding that has reached so many features for the first time. */
export function noteCrash(was: u32, features: u32): void {
  if (was == <u32>PHASE_CANDIDATE && features) noteFound()
}
