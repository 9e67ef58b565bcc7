// What an entry goes through besides when nothing is found any more: mutants of it run in the second instance, where it
// shows at which compare they leave the entry's way.
//
//   attempt:  mutant ─► RUN ─┬─ looks new ─► CANDIDATE, which decides
//                            ├─ an equality that held, or an order, no longer does ─► patches for that compare ─► RUN …
//                            └─ otherwise nothing: next attempt
//
// A patch is kept where it leads further along the entry's way, at most LEVELS_MAX on top of each other. So what depends on
// other bytes follows them: a checksum its payload, a length what it counts. A mutant is one of the patches that the
// entry's compares asked for, or one to four operators. All logs are shown to the frontier as well.
import {
  COMPARE_EQUAL,
  COMPARE_FLAG_LEFT_CONSTANT,
  COMPARE_FLAG_RIGHT_CONSTANT,
  COMPARE_ORDER,
  INPUT_BASE,
  WITHOUT_FRONTIER,
  WITHOUT_REPAIR,
} from '../abi'
import { has } from '../mechanisms'
import { lengthLimit } from '../length'
import { mutate, prepareOperators } from '../mutate/operators'
import { next } from '../random'
import { isTyped } from '../record'
import { noteFrontier } from './frontier'
import { firstRecord, firstRecords, flagsOf, hitOf, kindOf, lastRecord, lastRecords, siteOf, wordOf } from './log'
import { coloredBase, originalBase, triedBase } from './memory'
import { applyPatch, applySaved, clearPatches, patchCount, savedCount } from './patches'
import { learnMended, solveBroken } from './sums'

export const DEEP_DONE: u32 = 0
export const DEEP_RUN: u32 = 1
/** The same bytes again, in the instance that fuzzes. */
export const DEEP_CANDIDATE: u32 = 2

const LEVELS_MAX: u32 = 6
const NOWHERE: i32 = -1

let runsLeft: u32 = 0
let baseLength: u32 = 0
let parentEntry: u32 = 0
let saved: u32 = 0
/** The attempt under way: its mutant lies at `originalBase`, what runs at `triedBase`. */
let attempting: bool = false
let mutantLength: u32 = 0
let triedLength: u32 = 0
let level: u32 = 0
/** The compare up to which it goes the entry's way. */
let reached: i32 = NOWHERE
let patch: u32 = 0
/** The compare that the patches are for. */
let brokenSite: u32 = 0
let verifies: bool = false

/** Begins with the `length` bytes at `originalBase`, whose log is the first one. */
export function beginDeep(length: u32, entry: u32, runs: u32): void {
  memory.copy(coloredBase, originalBase, length)
  baseLength = length
  parentEntry = entry
  runsLeft = (has(WITHOUT_REPAIR) || has(WITHOUT_FRONTIER)) && !isTyped ? runs : 0
  saved = 0
  attempting = false
  verifies = false
  prepareOperators(entry)
}

export function deepLength(): u32 {
  return triedLength
}

/** Writes the next input to the input buffer; DEEP_* says where to run it. */
export function nextDeep(): u32 {
  if (verifies) {
    verifies = false
    attempting = false
    memory.copy(INPUT_BASE, triedBase, triedLength)
    return DEEP_CANDIDATE
  }
  if (!runsLeft) return DEEP_DONE
  runsLeft--
  if (attempting && patch < patchCount()) {
    triedLength = applyPatch(patch++)
  } else {
    attempt()
  }
  memory.copy(triedBase, INPUT_BASE, triedLength)
  return DEEP_RUN
}

function attempt(): void {
  memory.copy(originalBase, coloredBase, baseLength)
  attempting = true
  level = 0
  reached = NOWHERE
  clearPatches(baseLength)
  patch = 0
  if (saved < savedCount()) {
    triedLength = applySaved(saved++, baseLength)
    return
  }
  memory.copy(INPUT_BASE, originalBase, baseLength)
  triedLength = baseLength
  const limit = max(lengthLimit(), baseLength)
  for (let operators = 1 + (<u32>next() & 3); operators; operators--) triedLength = mutate(triedLength, limit)
}

/** What ran in the second instance ended. */
export function deepRan(looksNew: bool, trapped: bool): void {
  noteFrontier(triedBase, triedLength, parentEntry)
  if (looksNew || trapped) {
    verifies = true
    return
  }
  const left = leavesAt()
  if (level && left != NOWHERE && left <= reached) return
  if (level) learnMended(brokenSite, patch - 1, triedLength)
  attempting = false
  if (left == NOWHERE || level == LEVELS_MAX || !has(WITHOUT_REPAIR)) return
  memory.copy(originalBase, triedBase, triedLength)
  mutantLength = triedLength
  reached = left
  level++
  clearPatches(mutantLength)
  patch = 0
  const record = lastRecord(left)
  const partner = firstRecord(left)
  if (!isBroken(record, partner)) return
  brokenSite = siteOf(record)
  solveBroken(record, partner, mutantLength, baseLength)
  attempting = patchCount() > 0
}

/** The last compare that both runs came to before they parted; NOWHERE where they did not. */
function leavesAt(): i32 {
  const first = firstRecords()
  const last = lastRecords()
  const both = min(first, last)
  for (let index: u32 = 0; index < both; index++) {
    const a = firstRecord(index)
    const b = lastRecord(index)
    if (siteOf(a) != siteOf(b) || hitOf(a) != hitOf(b)) return <i32>index - 1
  }
  return first == last ? NOWHERE : <i32>both - 1
}

/** True where an equality held for the entry and does not for the mutant, or an order of two operands is another one. */
function isBroken(record: usize, partner: usize): bool {
  const same = wordOf(record, 0) == wordOf(record, 1)
  if (kindOf(record) == <u32>COMPARE_EQUAL) return !same && wordOf(partner, 0) == wordOf(partner, 1)
  if (kindOf(record) != <u32>COMPARE_ORDER) return false
  if (flagsOf(record) & (COMPARE_FLAG_LEFT_CONSTANT | COMPARE_FLAG_RIGHT_CONSTANT)) return false
  return wordOf(record, 0) < wordOf(record, 1) != wordOf(partner, 0) < wordOf(partner, 1)
}
