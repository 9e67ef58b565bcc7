// The compares stage of one corpus entry, as steps that can be taken one execution at a time:
//
//   FIRST ──► COLOR × n ──► SECOND ──► SOLVE: [ record → patches → CANDIDATE × n ] × records ──► COMBINED ──┬──► idle
//   log as it is            log colored                                             patches of all at once  └──► DEEP
//
// DEEP comes in the rounds that follow on stagnation only (deep.ts). An input of the frontier goes the same way as an entry.
//
// FIRST and SECOND run in the second instance, all others in the one that fuzzes, so that coverage decides as ever. A step
// counts as done when it begins, because its run may never come back: only what went well is written down afterwards.
import { COMPARE_FLAG_LEFT_CONSTANT, COMPARE_FLAG_RIGHT_CONSTANT, ENTRY_NONE, INPUT_BASE } from '../abi'
import { entryData, entryLength } from '../corpus'
import { traceHash } from '../coverage'
import { isBytes, solveBytes } from './bytes'
import { acceptColored, beginColoring, nextColored } from './colorize'
import { DEEP_CANDIDATE, DEEP_RUN, beginDeep, deepLength, nextDeep } from './deep'
import { frontierData, frontierLength, frontierParent, learnFrontier, takeFrontier } from './frontier'
import { learnToken } from './learn'
import { firstRecord, firstRecords, flagsOf, keepFirstLog, keepSecondLog, partnerOf, siteOf, wordOf } from './log'
import { FRONTIER_SLOTS, PAIR_BITS, coloredBase, originalBase, pairsBase, triesBase } from './memory'
import {
  PATCH_TOKEN,
  applyPatch,
  clearPatches,
  clearSaved,
  combineSaved,
  patchCount,
  patchData,
  patchFlags,
  patchLength,
  savePatch,
} from './patches'
import { compareRound, deepRuns, newestWaits, nextEntry } from './schedule'
import { solveWords } from './words'

export const STEP_DONE: u32 = 0
export const STEP_COMPARES: u32 = 1
export const STEP_COLOR: u32 = 2
export const STEP_CANDIDATE: u32 = 3
/** In the second instance, for `deepRan`. */
export const STEP_DEEP: u32 = 4

const IDLE: u32 = 0
const FIRST: u32 = 1
const COLOR: u32 = 2
const SECOND: u32 = 3
const SOLVE: u32 = 4
const DEEP: u32 = 5
/** Patches of one record that are put by: they are combined with those of others, and deep.ts begins with them. */
const SAVED_EACH: u32 = 4
const COMBINATIONS: u32 = 16

/** Candidates that one site may have without a find, in one round; routines are called from many places. */
const TRIES_MAX: u8 = 64
const TRIES_BYTES_MAX: u8 = 250
/** Places of an input that are looked at for all its records together: a bound for long inputs with many compares. */
const WORK_MAX: u64 = 0x0200_0000

let state: u32 = IDLE
let entry: u32 = ENTRY_NONE
let length: u32 = 0
let stepBytes: u32 = 0
let hash: u64 = 0
/** The log whose run is under way is the second one. */
let isSecond: bool = false
let record: u32 = 0
let patch: u32 = 0
/** Where the fruitless candidates of this record are counted. */
let tries: usize = 0
/** Ways in which what all records ask for has been put together. */
let combinations: u32 = 0
let work: u64 = 0
/** It is an entry that goes through the stage, no input of the frontier. */
let isEntry: bool = true

export function resetStage(): void {
  state = IDLE
  entry = ENTRY_NONE
  tries = 0
}

export function stageBusy(): bool {
  return state != IDLE
}
/** The entry that candidates are made from. */
export function stageEntry(): u32 {
  return entry
}
/** Length of the input that the last step wrote. */
export function stepLength(): u32 {
  return stepBytes
}

/** Writes the next input to the input buffer; STEP_* says how to run it. */
export function nextStep(): u32 {
  if (state == IDLE) begin()
  while (state != IDLE) {
    if (state == FIRST) {
      state = COLOR
      isSecond = false
      stepBytes = length
      memory.copy(INPUT_BASE, originalBase, length)
      beginColoring(length)
      return STEP_COMPARES
    } else if (state == COLOR) {
      stepBytes = length
      if (nextColored()) return STEP_COLOR
      state = SECOND
    } else if (state == SECOND) {
      state = SOLVE
      isSecond = true
      stepBytes = length
      memory.copy(INPUT_BASE, coloredBase, length)
      return STEP_COMPARES
    } else if (state == DEEP) {
      const kind = nextDeep()
      stepBytes = deepLength()
      if (kind == DEEP_RUN) return STEP_DEEP
      if (kind == DEEP_CANDIDATE) return STEP_CANDIDATE
      state = IDLE
      return STEP_DONE
    } else if (patch < patchCount()) {
      if (nextCandidate()) return STEP_CANDIDATE
    } else if (record < firstRecords() && work < WORK_MAX) {
      solve(firstRecord(record++))
    } else {
      return endSolving()
    }
  }
  return STEP_DONE
}

/** What all records ask for is put together in several ways, then the entry is through, or goes deeper. */
function endSolving(): u32 {
  while (combinations < COMBINATIONS && work < WORK_MAX) {
    stepBytes = combineSaved(length, combinations++)
    if (stepBytes) return STEP_CANDIDATE
  }
  const isDeep = compareRound() > 0
  state = isDeep ? DEEP : IDLE
  if (isDeep) beginDeep(length, entry, deepRuns())
  return STEP_DONE
}

function begin(): void {
  const slot = newestWaits() ? FRONTIER_SLOTS : takeFrontier()
  isEntry = slot == FRONTIER_SLOTS
  entry = isEntry ? nextEntry() : frontierParent(slot)
  length = isEntry ? entryLength(entry) : frontierLength(slot)
  memory.copy(originalBase, isEntry ? entryData(entry) : frontierData(slot), length)
  clearSaved()
  memory.fill(pairsBase, 0, PAIR_BITS >>> 3)
  clearPatches(length)
  combinations = 0
  hash = 0
  record = 0
  patch = 0
  work = 0
  state = FIRST
}

/** The run in the second instance ended, however it did; its trace was read last. */
export function compareRan(): void {
  if (isSecond) {
    keepSecondLog()
    return
  }
  keepFirstLog()
  learnFrontier()
  hash = traceHash()
}

/** The colored form ran and ended well; its trace was read last. */
export function coloredRan(): void {
  if (traceHash() == hash) acceptColored()
}

/** The candidate that ran last looked new, or was a finding. */
export function candidateFound(): void {
  if (tries) store<u8>(tries, 0)
}

function nextCandidate(): bool {
  const index = patch++
  const most = isBytes(firstRecord(record - 1)) ? TRIES_BYTES_MAX : TRIES_MAX
  if (load<u8>(tries) >= most) {
    patch = patchCount()
    return false
  }
  store<u8>(tries, load<u8>(tries) + 1)
  stepBytes = applyPatch(index)
  return true
}

/** Makes the patches of one record. */
function solve(at: usize): void {
  const partner = partnerOf(at)
  patch = 0
  clearPatches(length)
  if (!partner || isKnown(at)) return
  tries = triesBase + ((siteOf(at) + askedBy(at, partner)) & 0xffff)
  work += 64 * <u64>(length + 1)
  if (isBytes(at)) solveBytes(at, partner, length)
  else solveWords(at, partner, length)
  for (let i: u32 = 0; i < patchCount(); i++) {
    const flags = patchFlags(i)
    if (flags & PATCH_TOKEN) learnToken(patchData(i), patchLength(i))
    if (i < SAVED_EACH) savePatch(i, record)
  }
}

/**
 * What a compare asks for, as a number, where it is the same in both runs. A function that is called to accept one token or
 * another has one compare for all of them, and each has its tries.
 */
function askedBy(at: usize, partner: usize): u32 {
  if (isBytes(at)) return 0
  const flags = flagsOf(at)
  if (flags & (COMPARE_FLAG_LEFT_CONSTANT | COMPARE_FLAG_RIGHT_CONSTANT)) return 0
  for (let side: u32 = 0; side < 2; side++) {
    const asked = wordOf(at, side)
    if (asked == wordOf(partner, side)) return <u32>((asked * 0x9e37_79b9_7f4a_7c15) >>> 48)
  }
  return 0
}

/** True where the same operands have met at the same site before, in this stage. */
function isKnown(at: usize): bool {
  let key = (<u64>siteOf(at) + 1) * 0x9e37_79b9_7f4a_7c15
  key = (key ^ wordOf(at, 0)) * 0x9e37_79b9_7f4a_7c15
  key = (key ^ (key >>> 31) ^ wordOf(at, 1)) * 0x9e37_79b9_7f4a_7c15
  const bit = <u32>(key >>> 40) & (PAIR_BITS - 1)
  const byte = pairsBase + (bit >>> 3)
  const mask: u8 = 1 << <u8>(bit & 7)
  // Vectors lie nowhere, so nothing tells theirs apart.
  const known = (load<u8>(byte) & mask) != 0 && (!isBytes(at) || wordOf(at, 0) != wordOf(at, 1))
  store<u8>(byte, load<u8>(byte) | mask)
  return known
}
