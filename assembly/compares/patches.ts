// What the compares of one record ask for: places in the input and what should stand there. They are made all at once, and
// run one by one.
//
//   + 0  at       u32  where in the input
//   + 4  removed  u32  bytes that go
//   + 8  length   u32  bytes that come, at most PATCH_DATA_MAX
//   +12  flags    u32  PATCH_*
//   +16  data
//  +144  record   u32  of one that is put by: what asked for it
import { INPUT_BASE } from '../abi'
import { inputMax } from '../memory'
import { next, scale } from '../random'
import { completeRecord, fieldAt, fieldCount, isTyped, isVariable, lengthAt } from '../record'
import { PATCHES_MAX, PATCH_BYTES, SAVED_MAX, coloredBase, combinedBase, originalBase, patchesBase, savedBase } from './memory'

export const PATCH_DATA_MAX: u32 = 128
/** What comes is a token worth to be learned. */
export const PATCH_TOKEN: u32 = 1
/** What comes is what the program asks for, no neighbour of it. */
export const PATCH_EXACT: u32 = 2
/** The input gets that length; there is no data. */
export const PATCH_LENGTH: u32 = 4

let count: u32 = 0
let length: u32 = 0
/** Bytes of an entry at `coloredBase` that must not come back: a mutant of it is to be mended, not undone. */
let entryBytes: u32 = 0

export function clearPatches(inputLength: u32): void {
  count = 0
  length = inputLength
  entryBytes = 0
}
export function refuseUndoing(bytes: u32): void {
  entryBytes = bytes
}
export function patchCount(): u32 {
  return count
}

function patchAt(index: u32): usize {
  return patchesBase + <usize>index * PATCH_BYTES
}
export function patchFlags(index: u32): u32 {
  return load<u32>(patchAt(index), 12)
}
export function patchData(index: u32): usize {
  return patchAt(index) + 16
}
export function patchLength(index: u32): u32 {
  return load<u32>(patchAt(index), 8)
}

/** Where in the patched input what it puts there ends. */
export function patchEnd(index: u32): u32 {
  return load<u32>(patchAt(index)) + patchLength(index)
}

/** Adds a patch, unless it changes nothing, is there already, or there are too many. */
export function addPatch(at: u32, removed: u32, data: usize, bytes: u32, flags: u32): void {
  if (count == PATCHES_MAX || at > length || bytes > PATCH_DATA_MAX) return
  const gone = min(removed, length - at)
  if (gone == bytes && !memory.compare(originalBase + at, data, bytes)) return
  if (gone == bytes && at + bytes <= entryBytes && !memory.compare(coloredBase + at, data, bytes)) return
  for (let i: u32 = 0; i < count; i++) {
    const known = patchAt(i)
    const same = load<u32>(known) == at && load<u32>(known, 4) == gone && load<u32>(known, 8) == bytes
    if (same && !memory.compare(known + 16, data, bytes)) return
  }
  const patch = patchAt(count)
  store<u32>(patch, at)
  store<u32>(patch, gone, 4)
  store<u32>(patch, bytes, 8)
  store<u32>(patch, flags, 12)
  memory.copy(patch + 16, data, bytes)
  count++
}

/** Adds one that gives the input another length. */
export function addLengthPatch(wanted: u64): void {
  if (count == PATCHES_MAX || wanted > <u64>inputMax || wanted == <u64>length) return
  const patch = patchAt(count)
  store<u32>(patch, <u32>wanted)
  store<u32>(patch, 0, 4)
  store<u32>(patch, 0, 8)
  store<u32>(patch, PATCH_LENGTH, 12)
  count++
}

/** Writes the patched input to the input buffer; returns its length. */
export function applyPatch(index: u32): u32 {
  return apply(patchAt(index))
}

function apply(patch: usize): u32 {
  const at = load<u32>(patch)
  memory.copy(INPUT_BASE, originalBase, length)
  if (load<u32>(patch, 12) & PATCH_LENGTH) return resize(at)
  const bytes = load<u32>(patch, 8)
  let removed = load<u32>(patch, 4)
  if (isTyped) {
    const field = fieldHolding(at)
    if (field >= 0) {
      const start = <u32>(fieldAt(originalBase, field) - originalBase)
      const content = lengthAt(originalBase + start, field)
      removed = min(removed, start + content - at)
      store<u32>(INPUT_BASE + start - 4, content - removed + bytes)
    }
  }
  const after = length - removed + bytes
  if (after > inputMax) return length
  memory.copy(INPUT_BASE + at + bytes, INPUT_BASE + at + removed, length - at - removed)
  memory.copy(INPUT_BASE + at, patch + 16, bytes)
  return isTyped ? completeRecord(after) : after
}

/** The argument of bytes whose content the offset lies in or right behind; -1 for none. */
function fieldHolding(offset: u32): i32 {
  for (let field: u32 = 0; field < fieldCount; field++) {
    if (!isVariable(field)) continue
    const at = fieldAt(originalBase, field)
    const start = <u32>(at - originalBase)
    if (offset >= start && offset <= start + lengthAt(at, field)) return field
  }
  return -1
}

/** What is missing is filled with what is there, over and over. */
function resize(wanted: u32): u32 {
  if (isTyped) return length
  for (let i = length; i < wanted; i++) store<u8>(INPUT_BASE + i, length ? load<u8>(INPUT_BASE + i - length) : 0x30)
  return wanted
}

// ── patches that are put by ─────────────────────────────────────────────────────────────────────────────────────────

let savedPatches: u32 = 0

export function clearSaved(): void {
  savedPatches = 0
}
export function savedCount(): u32 {
  return savedPatches
}

/** Puts a patch by, while there is room. Those of one record follow each other. */
export function savePatch(index: u32, record: u32): void {
  if (savedPatches == SAVED_MAX) return
  memory.copy(savedAt(savedPatches), patchAt(index), PATCH_BYTES)
  store<u32>(savedAt(savedPatches), record, 144)
  savedPatches++
}

function savedAt(index: u32): usize {
  return savedBase + <usize>index * PATCH_BYTES
}

/** As `applyPatch`, of one that was put by, for the input of `inputLength` bytes that it was made for. */
export function applySaved(index: u32, inputLength: u32): u32 {
  length = inputLength
  return apply(savedAt(index))
}

// ── all compares at once ────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Puts patches of several records together, one of each, and writes the result to the input buffer. The first way takes
 * the first exact patch that goes with those taken before; all others begin anywhere and take what chance says. Returns the
 * length, or 0 where fewer than two go together.
 */
export function combineSaved(inputLength: u32, way: u32): u32 {
  if (savedPatches < 2) return 0
  length = inputLength
  memory.copy(combinedBase, originalBase, length)
  const first = way ? recordStart(scale(<u32>(next() >>> 32), savedPatches)) : 0
  let taken: u32 = 0
  let index = first
  do {
    const end = recordEnd(index)
    const from = way ? index + scale(<u32>(next() >>> 32), end - index) : index
    for (let i = from; i < end; i++) {
      const patch = savedAt(i)
      if (!way && !(load<u32>(patch, 12) & PATCH_EXACT)) continue
      if (!combine(patch)) continue
      taken++
      break
    }
    index = end == savedPatches ? 0 : end
  } while (index != first)
  if (taken < 2) return 0
  memory.copy(INPUT_BASE, combinedBase, length)
  return isTyped ? completeRecord(length) : length
}

function recordOf(index: u32): u32 {
  return load<u32>(savedAt(index), 144)
}
function recordStart(index: u32): u32 {
  while (index && recordOf(index - 1) == recordOf(index)) index--
  return index
}
function recordEnd(index: u32): u32 {
  const record = recordOf(index)
  while (index < savedPatches && recordOf(index) == record) index++
  return index
}

/** Takes a patch that keeps the length, where no other one has changed the bytes that it changes. */
function combine(patch: usize): bool {
  const at = load<u32>(patch)
  const bytes = load<u32>(patch, 8)
  if (load<u32>(patch, 12) & PATCH_LENGTH) return false
  if (load<u32>(patch, 4) != bytes || at + bytes > length) return false
  for (let i: u32 = 0; i < bytes; i++) {
    const before = load<u8>(originalBase + at + i)
    if (load<u8>(patch + 16 + i) != before && load<u8>(combinedBase + at + i) != before) return false
  }
  for (let i: u32 = 0; i < bytes; i++) {
    const byte = load<u8>(patch + 16 + i)
    if (byte != load<u8>(originalBase + at + i)) store<u8>(combinedBase + at + i, byte)
  }
  return true
}
