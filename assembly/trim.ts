// Shortens an input that was confirmed as new, before it is kept. Most of what a mutant carries has nothing to do with
// what it found, and all of it would be copied, mutated and stored for the rest of the campaign.
//
// A candidate is the input without one block: half of its length, a quarter, … one byte, each from the end, so that
// offsets in front stay as they are. It takes the input's place where its run returned, did not ask to be rejected,
// and reached every feature that the input was first to reach.
//
//          beginTrim                      nextCandidate                 trimDone
//   IDLE ─────────────► a block to try ───────────────────► RUN     ┌─────────────► keepTrimmed, IDLE
//                             ▲                               │     │
//                             ├── trapped, or reached less ◄──┤     │
//                             └── acceptCandidate ◄───────────┘ ────┘ no block left, or no executions
//
// Of a record only what its texts and bytes hold can go: blocks are counted in these alone, as if they stood together.
//
// A candidate counts as refused from the moment it is begun, because its run may never come back: only acceptance
// writes. So a trap needs no repair here, and a later slice goes on with the next block.
//
// A candidate that looks new is never accepted. The loop suspends it like a mutant and keeps it as an entry of its own;
// were it accepted as well, two entries would hold the same bytes. It is not left to be found again, because a block
// that deletes well is a rare mutation.
import { INPUT_BASE, WITHOUT_TRIM } from './abi'
import { executions, operators, setOperators } from './control'
import { reachedAll, setTraced, traceCost, traceHash } from './coverage'
import { has } from './mechanisms'
import { cutRecord, fixedBytes, isTyped } from './record'
import { trimBase, trimFeaturesBase } from './memory'

/** One execution in so many may go into trimming, over the whole campaign: it never holds up the search. */
const SHARE: u64 = 8

/** Executions that one input may cost; 0 switches trimming off. More costs edges: docs/decisions/0018. */
let executionsMax: u32 = 8
/** Executions that all inputs have cost since `ready`. */
let spent: u64 = 0

// ── the input being trimmed: its bytes lie at trimBase, its features at trimFeaturesBase ────────────────────────────

let active: bool = false
let length: u32 = 0
let featureCount: u32 = 0
let newEdgeCount: u32 = 0
let parentEntry: u32 = 0
let operatorIds: u64 = 0
let cost: u32 = 0
let hash: u64 = 0

/** The next block ends here and has this size; the block left out of the candidate that runs. */
let end: u32 = 0
let size: u32 = 0
let cutFrom: u32 = 0
let cutTo: u32 = 0
let executionsLeft: u32 = 0

/** How many executions one new input may cost; 0 keeps inputs as they were found. */
export function setTrim(executions: u32): void {
  executionsMax = executions
}

export function resetTrim(): void {
  active = false
  spent = 0
}

/** An input waits for its next candidate, or to be kept. */
export function isTrimming(): bool {
  return active
}

/** Takes over an input whose run was traced last. False where there is nothing to try: it is to be kept at once. */
export function beginTrim(data: usize, bytes: u32, features: usize, count: u32, newEdges: u32, parent: u32): bool {
  const share = executions() / SHARE
  executionsLeft = share > spent ? <u32>min<u64>(executionsMax, share - spent) : 0
  if (active || !has(WITHOUT_TRIM) || bytes == fixedBytes || executionsLeft == 0) return false
  memory.copy(trimBase, data, bytes)
  memory.copy(trimFeaturesBase, features, 4 * count)
  active = true
  length = bytes
  featureCount = count
  newEdgeCount = newEdges
  parentEntry = parent
  operatorIds = operators()
  noteTrace()
  size = largestBlock()
  end = trimmable()
  return true
}

/** Bytes that may be left out. */
function trimmable(): u32 {
  return length - fixedBytes
}

/** A power of two, half of what may be left out or a little more. */
function largestBlock(): u32 {
  return trimmable() <= 2 ? 1 : 1 << (31 - clz(trimmable() - 1))
}

/** True where no block, or no execution, is left to try. */
export function trimDone(): bool {
  return executionsLeft == 0 || trimmable() == 0 || (size == 1 && end == 0)
}

/** Writes the next candidate to the input buffer; returns its length. */
export function nextCandidate(): u32 {
  if (end == 0) {
    size = min(size >> 1, largestBlock())
    end = trimmable()
  }
  executionsLeft--
  spent++
  cutTo = end
  cutFrom = end > size ? end - size : 0
  end = cutFrom
  cut(INPUT_BASE)
  return length - (cutTo - cutFrom)
}

/** Writes the input without the block that is left out. */
function cut(to: usize): void {
  if (isTyped) {
    cutRecord(trimBase, to, cutFrom, cutTo)
    return
  }
  memory.copy(to, trimBase, cutFrom)
  memory.copy(to + cutFrom, trimBase + cutTo, length - cutTo)
}

/** True where the candidate's run, not yet observed, reached all that the input was first to reach. */
export function candidateReaches(): bool {
  return reachedAll(trimFeaturesBase, featureCount)
}

/** The candidate, whose run was traced last, takes the input's place. */
export function acceptCandidate(): void {
  cut(trimBase)
  length -= cutTo - cutFrom
  noteTrace()
}

function noteTrace(): void {
  cost = traceCost()
  hash = traceHash()
}

/** Ends the trim. Cost, hash and operators of its input are those that a record is made of from here on. */
export function endTrimming(): void {
  active = false
  setTraced(hash, cost)
  setOperators(operatorIds)
}

export function trimmedLength(): u32 {
  return length
}
export function trimmedFeatures(): u32 {
  return featureCount
}
export function trimmedNewEdges(): u32 {
  return newEdgeCount
}
export function trimmedParent(): u32 {
  return parentEntry
}
