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
  COMPARE_PLACES,
  INPUT_BASE,
  WITHOUT_FRONTIER,
  WITHOUT_REPAIR,
} from '../abi'
import { has } from '../mechanisms'
import { agreeBytes, isBytes, mechanismOf, wantedLength } from './bytes'
import { lengthLimit } from '../length'
import { promote } from '../keep'
import { mutate, prepareOperators } from '../mutate/operators'
import { next, scale } from '../random'
import { isTyped } from '../record'
import { noteFrontier } from './frontier'
import { bytesAt, firstRecord, firstRecords, flagsOf, hitOf, kindOf, lastRecord, lastRecords, siteOf, wordOf } from './log'
import { coloredBase, originalBase, triedBase } from './memory'
import { applyPatch, applySaved, clearPatches, patchCount, savedCount } from './patches'
import { learnMended, mayMend, noteUnmended, solveBroken } from './sums'

export const DEEP_DONE: u32 = 0
export const DEEP_RUN: u32 = 1
/** The same bytes again, in the instance that fuzzes. */
export const DEEP_CANDIDATE: u32 = 2

const LEVELS_MAX: u32 = 6
/** How far ahead in the mutant's log a compare of the entry's is looked for, and how many in a row may be missing. */
const LOOK_AHEAD: u32 = 16
const MISSED_MAX: u32 = 32
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
/** The mutant's record of the compare at which it leaves the entry's way. */
let leftRecord: u32 = 0
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
    if (attempting && level) noteUnmended(brokenSite)
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
  if ((next() & 1) && force()) return
  const limit = max(lengthLimit(), baseLength)
  for (let operators = 1 + (<u32>next() & 3); operators; operators--) triedLength = mutate(triedLength, limit)
}

/**
 * Writes what some compare of the entry asks for over a place that chance says: where no byte can change without breaking a
 * checksum, coloring does not show which place it is. False where the compare that was drawn holds.
 */
function force(): bool {
  const count = firstRecords()
  if (!count || !baseLength || isTyped) return false
  const record = firstRecord(scale(<u32>(next() >>> 32), count))
  const side = <u32>next() & 1
  if (isBytes(record)) {
    const bytes = min(wantedLength(record, side), baseLength)
    if (!bytes || agreeBytes(record) || !has(mechanismOf(record))) return false
    memory.copy(INPUT_BASE + scale(<u32>(next() >>> 32), baseLength - bytes + 1), bytesAt(record, side), bytes)
    return true
  }
  const wanted = wordOf(record, side)
  if (kindOf(record) != <u32>COMPARE_EQUAL || wanted == wordOf(record, 1 - side)) return false
  const draw = <u32>next()
  const bytes = narrowest(wanted) << (draw & 1)
  if (bytes > min<u32>(8, baseLength)) return false
  const at = INPUT_BASE + scale(<u32>(next() >>> 32), baseLength - bytes + 1)
  const word = draw & 2 ? bswap<u64>(wanted << <u64>(64 - 8 * bytes)) : wanted
  for (let i: u32 = 0; i < bytes; i++) store<u8>(at + i, <u8>(word >>> <u64>(8 * i)))
  return true
}

function narrowest(word: u64): u32 {
  return word < 0x100 ? 1 : word < 0x1_0000 ? 2 : word < 0x1_0000_0000 ? 4 : 8
}

/** What ran in the second instance ended. */
export function deepRan(looksNew: bool, trapped: bool): void {
  const promotes = noteFrontier(triedBase, triedLength, parentEntry)
  if (looksNew || trapped) {
    verifies = true
    return
  }
  if (promotes) promote(triedBase, triedLength, parentEntry)
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
  const record = lastRecord(leftRecord)
  const partner = firstRecord(left)
  if (!isBroken(record, partner)) return
  brokenSite = siteOf(record)
  if (!mayMend(brokenSite)) return
  solveBroken(record, partner, mutantLength, baseLength)
  attempting = patchCount() > 0
}

/**
 * The last compare of the entry's that the mutant came to as well; NOWHERE where that is all of them and the last one is not
 * broken. Loops may turn more or less often, as long as both go on behind them.
 */
function leavesAt(): i32 {
  const first = firstRecords()
  const last = lastRecords()
  let left = NOWHERE
  let from: u32 = 0
  let missed: u32 = 0
  for (let index: u32 = 0; index < first && missed < MISSED_MAX; index++) {
    const record = firstRecord(index)
    const end = min(last, from + LOOK_AHEAD)
    let at = from
    while (at < end && (siteOf(lastRecord(at)) != siteOf(record) || hitOf(lastRecord(at)) != hitOf(record))) at++
    missed = at == end ? missed + 1 : 0
    if (at == end) continue
    from = at + 1
    left = <i32>index
    leftRecord = at
  }
  if (left > 0 && isBehindWords(left)) {
    left--
    leftRecord--
    if (left + 2 < <i32>first) return left
  } else if (left + 1 < <i32>first || left == NOWHERE) return left
  return isBroken(lastRecord(leftRecord), firstRecord(left)) ? left : NOWHERE
}

/** Where two loaded values are compared, what lies at both places follows the values, which say whether they are equal. */
function isBehindWords(left: u32): bool {
  if (kindOf(firstRecord(left)) != <u32>COMPARE_PLACES || !leftRecord) return false
  return siteOf(firstRecord(left - 1)) + 1 == siteOf(firstRecord(left)) && siteOf(lastRecord(leftRecord - 1)) == siteOf(firstRecord(left - 1))
}

/** True where an equality held for the entry and does not for the mutant, or an order of two operands is another one. */
function isBroken(record: usize, partner: usize): bool {
  if (isBytes(record)) return agreeBytes(partner) && !agreeBytes(record)
  const same = wordOf(record, 0) == wordOf(record, 1)
  if (kindOf(record) == <u32>COMPARE_EQUAL) return !same && wordOf(partner, 0) == wordOf(partner, 1)
  if (kindOf(record) != <u32>COMPARE_ORDER) return false
  if (flagsOf(record) & (COMPARE_FLAG_LEFT_CONSTANT | COMPARE_FLAG_RIGHT_CONSTANT)) return false
  return wordOf(record, 0) < wordOf(record, 1) != wordOf(partner, 0) < wordOf(partner, 1)
}
