// The table of operators: ids, weights, and the pick. Weights follow AFL++ 4.22's table, which came out of long
// experiments, with libFuzzer's field operators and deletion raised so that inserts and deletes balance.
//
// Ids are part of the discovery record and of the pinned inputs: append, never renumber.
import { ENTRY_NONE, WITHOUT_CROSSOVER, WITHOUT_TEXT } from '../abi'
import { has } from '../mechanisms'
import { next } from '../random'
import { foundTokens, userTokens } from '../dictionary'
import { noteOperator } from '../control'
import { corpusLength, entryData, entryLength } from '../corpus'
import { isTyped } from '../record'
import {
  deleteBlock,
  deleteByte,
  insertByte,
  insertClone,
  insertFill,
  overwriteCopy,
  overwriteFill,
  shuffle,
  swapBlocks,
} from './blocks'
import { crossInsert, crossOverwrite } from './crossover'
import { sizeField } from './fields'
import { NOT_APPLIED } from './input'
import { deleteSpan, deleteWord, repeatSpan, replaceWord, wrapSpan } from './structure'
import { changeNumber, overwriteNumber } from './text'
import { insertAutoToken, insertUserToken, overwriteAutoToken, overwriteUserToken } from './tokens'
import { WORD_OPERATORS, changeWord } from './words'

export const OPERATORS: u32 = 44
const RANDOM_BYTE: u32 = 2
const INSERT_BYTE: u32 = 23
const USER_TOKENS_FIRST: u32 = 33
const AUTO_TOKENS_FIRST: u32 = 35
const CROSSOVER_FIRST: u32 = 37
const STRUCTURE_FIRST: u32 = 39

/** By id. Weights of operators that have nothing to work with count as 0; see `weightOf`. */
const WEIGHTS = memory.data<u8>([
  // flipBit flipByte randomByte punctuation
  8, 8, 7, 8,
  // constant8 16 32 64
  6, 11, 11, 4,
  // increment decrement add8 16 32 64
  6, 6, 12, 12, 12, 4,
  // negate 8 16 32 64; swap 16 32 64
  1, 1, 1, 1, 1, 2, 1,
  // sizeField
  5,
  // deleteByte insertByte deleteBlock
  8, 8, 12,
  // insertFill insertClone overwriteCopy overwriteFill swapBlocks shuffle
  7, 12, 9, 6, 6, 6,
  // changeNumber overwriteNumber
  7, 5,
  // user tokens: overwrite insert; learned: overwrite insert
  10, 10, 7, 7,
  // crossover: overwrite insert
  8, 9,
  // replaceWord deleteWord repeatSpan deleteSpan wrapSpan
  3, 2, 3, 2, 2,
])

/** One id per slot; slot = 16 random bits scaled to `slots`. */
const TABLE = memory.data(512)
let slots: u32 = 0
/** The current entry is text. */
let text: bool = false
/** The facts the table was built for, packed; a change rebuilds it. */
let builtFor: u32 = 0xffff_ffff

/** Tries before an operator that always applies is taken; each failing try costs a draw. */
const TRIES_MAX: u32 = 16

/** A block of a whole record would bring lengths and numbers into an argument: mutate/typed crosses arguments itself. */
function crossing(): bool {
  return corpusLength() > 1 && !isTyped && has(WITHOUT_CROSSOVER)
}

function weightOf(id: u32): u32 {
  if (id >= STRUCTURE_FIRST) return text ? load<u8>(WEIGHTS + id) : 0
  if (id >= CROSSOVER_FIRST) return crossing() ? load<u8>(WEIGHTS + id) : 0
  if (id >= AUTO_TOKENS_FIRST) return foundTokens() ? load<u8>(WEIGHTS + id) : 0
  if (id >= USER_TOKENS_FIRST) return userTokens() ? load<u8>(WEIGHTS + id) : 0
  return load<u8>(WEIGHTS + id)
}

/** Of so many bytes of an entry it is told whether it is text. */
const TEXT_SAMPLE_BYTES: u32 = 64

/** True where nearly all of the entry's first bytes are printable: words and brackets are looked for in such alone. */
function isText(entry: u32): bool {
  if (entry == ENTRY_NONE || isTyped || !has(WITHOUT_TEXT)) return false
  const length = min(entryLength(entry), TEXT_SAMPLE_BYTES)
  let printable: u32 = 0
  for (let at: u32 = 0; at < length; at++) {
    const byte = <u32>load<u8>(entryData(entry) + at)
    printable += <u32>(byte - 32 < 95 || byte - 9 < 5)
  }
  return length >= 4 && printable >= length - (length >>> 3)
}

/**
 * Rebuilds the table where a dictionary or the first crossover partner has appeared, or a text follows on something else.
 * Called once per corpus pick, with the entry that was picked.
 */
export function prepareOperators(entry: u32): void {
  text = isText(entry)
  const facts = <u32>crossing() | (<u32>(foundTokens() != 0) << 1) | (<u32>(userTokens() != 0) << 2) | (<u32>text << 3)
  if (facts == builtFor) return
  builtFor = facts
  slots = 0
  for (let id: u32 = 0; id < OPERATORS; id++) {
    const weight = weightOf(id)
    memory.fill(TABLE + slots, <u8>id, weight)
    slots += weight
  }
}

/**
 * Changes the input by one operator. Returns its new length, which never exceeds `limit`; with a limit of 0 nothing
 * can be changed.
 */
export function mutate(length: u32, limit: u32): u32 {
  for (let tries: u32 = 0; tries < TRIES_MAX; tries++) {
    const draw = next()
    // An empty input can only grow.
    const id = length ? <u32>load<u8>(TABLE + (((<u32>draw & 0xffff) * slots) >>> 16)) : INSERT_BYTE
    const changed = apply(id, length, limit, draw)
    if (changed != NOT_APPLIED) {
      noteOperator(id)
      return changed
    }
  }
  const changed = changeWord(RANDOM_BYTE, length, next())
  return changed == NOT_APPLIED ? length : changed
}

/** Applies one operator by id. */
export function apply(id: u32, length: u32, limit: u32, draw: u64): u32 {
  if (id < WORD_OPERATORS) return changeWord(id, length, draw)
  switch (id - WORD_OPERATORS) {
    case 0:
      return sizeField(length, limit, draw)
    case 1:
      return deleteByte(length, limit, draw)
    case 2:
      return insertByte(length, limit, draw)
    case 3:
      return deleteBlock(length, limit, draw)
    case 4:
      return insertFill(length, limit, draw)
    case 5:
      return insertClone(length, limit, draw)
    case 6:
      return overwriteCopy(length, limit, draw)
    case 7:
      return overwriteFill(length, limit, draw)
    case 8:
      return swapBlocks(length, limit, draw)
    case 9:
      return shuffle(length, limit, draw)
    case 10:
      return changeNumber(length, limit, draw)
    case 11:
      return overwriteNumber(length, limit, draw)
    case 12:
      return overwriteUserToken(length, limit, draw)
    case 13:
      return insertUserToken(length, limit, draw)
    case 14:
      return overwriteAutoToken(length, limit, draw)
    case 15:
      return insertAutoToken(length, limit, draw)
    case 16:
      return crossOverwrite(length, limit, draw)
    case 17:
      return crossInsert(length, limit, draw)
    default:
      return applyStructure(id, length, limit, draw)
  }
}

/** Those for texts; apart, so that the others stay one small function. */
function applyStructure(id: u32, length: u32, limit: u32, draw: u64): u32 {
  switch (id - STRUCTURE_FIRST) {
    case 0:
      return replaceWord(length, limit, draw)
    case 1:
      return deleteWord(length, limit, draw)
    case 2:
      return repeatSpan(length, limit, draw)
    case 3:
      return deleteSpan(length, limit, draw)
    case 4:
      return wrapSpan(length, limit, draw)
    default:
      return NOT_APPLIED
  }
}
