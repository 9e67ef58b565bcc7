// Which mutant comes next. One corpus entry is mutated for a batch. A chain begins with the entry's bytes in the input
// buffer; each mutant is one more operator on top of what the last one left there, CHAIN_LENGTH times, then the entry is
// brought back.
import { ENTRY_NONE, INPUT_BASE, WITHOUT_STRETCH } from './abi'
import { clearOperators, currentEntry, executions, setCurrentEntry } from './control'
import { countFind, entryData, entryLength } from './corpus'
import { lengthLimit, updateLengthLimit } from './length'
import { has } from './mechanisms'
import { clearTouched, touchedFrom, touchedTo } from './mutate/input'
import { mutateCustom } from './mutate/custom'
import { mutate, prepareOperators } from './mutate/operators'
import { mutateRecord } from './mutate/typed'
import { completeRecord, isTyped } from './record'
import { batchSize, pickEntry } from './schedule'

/** Operators applied on top of each other, each result executed; libFuzzer's mutate_depth. */
const CHAIN_LENGTH: i32 = 5
/** A batch that keeps finding is prolonged up to this many times its size. */
const BATCH_STRETCH_MAX: i32 = 64

/** Executions left in this chain, and in this batch. */
let chainLeft: i32 = 0
let batchLeft: i32 = 0
let stretchLeft: i32 = 0
/** True where the input buffer holds something else than a mutant of the current entry. */
let bufferForeign: bool = true

/** Begins with no entry. */
export function resetBatch(): void {
  endBatch()
  takeBuffer()
}

/** The current entry is given up; the next mutant begins a batch. */
export function endBatch(): void {
  setCurrentEntry(ENTRY_NONE)
  batchLeft = 0
}

/** The next mutant starts from the entry's own bytes. */
export function endChain(): void {
  chainLeft = 0
}

/** The input buffer is about to hold something else than a mutant of the current entry. */
export function takeBuffer(): void {
  bufferForeign = true
  endChain()
}

export function isBufferForeign(): bool {
  return bufferForeign
}

/** Writes the next mutant to the input buffer, where the last one was `length` bytes long; returns its length. */
export function nextMutant(length: u32): u32 {
  const from = chainLeft == 0 ? beginChain() : length
  chainLeft--
  return mutate(from, lengthLimit())
}

/** The same where the target has mutators of its own. May trap. */
export function nextCustomMutant(length: u32): u32 {
  const from = chainLeft == 0 ? beginChain() : length
  chainLeft--
  return mutateCustom(from, lengthLimit())
}

/** The same where an input is a record; apart, so that targets that take bytes do not pay for the question. */
export function nextRecordMutant(length: u32): u32 {
  const from = chainLeft == 0 ? beginChain() : length
  chainLeft--
  return mutateRecord(from, lengthLimit())
}

/** Brings the entry's bytes back, and at the end of a batch takes the next entry. Returns its length. */
function beginChain(): u32 {
  if (batchLeft <= 0) beginBatch()
  batchLeft -= CHAIN_LENGTH
  chainLeft = CHAIN_LENGTH
  clearOperators()
  const entry = currentEntry()
  if (entry == ENTRY_NONE) return isTyped ? completeRecord(0) : 0
  const length = entryLength(entry)
  const data = entryData(entry)
  const from: u32 = bufferForeign ? 0 : touchedFrom & ~15
  const to: u32 = bufferForeign ? length : min(touchedTo, length)
  bufferForeign = false
  clearTouched()
  // Whole vectors: an entry is padded to 16 bytes, and so is the buffer.
  if (to > from + 256) memory.copy(INPUT_BASE + from, data + from, to - from)
  else for (let i = from; i < to; i += 16) v128.store(INPUT_BASE + i, v128.load(data + i))
  return length
}

function beginBatch(): void {
  updateLengthLimit(executions())
  const entry = pickEntry()
  prepareOperators(entry)
  bufferForeign = bufferForeign || entry != currentEntry()
  setCurrentEntry(entry)
  batchLeft = <i32>batchSize(entry)
  stretchLeft = batchLeft * BATCH_STRETCH_MAX
}

/** An input made from `parent` was kept: its batch grows, within the stretch, by its size, if it is still under way. */
export function rewardBatch(parent: u32): void {
  endChain()
  if (parent == ENTRY_NONE) batchLeft = 0
  else countFind(parent)
  if (parent == ENTRY_NONE || parent != currentEntry()) return
  if (!has(WITHOUT_STRETCH)) return
  const more = min(<i32>batchSize(parent), stretchLeft)
  batchLeft += more
  stretchLeft -= more
}
