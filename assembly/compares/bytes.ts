// Input-to-state for strings: what a memcmp, a strcmp or a loop over two places was about to compare. One side is found in
// the input by where it lies, or by what it begins with in both forms of the input, and the other side is put there whole.
//
//   stride 1   the input holds what is compared
//   stride 2   what is compared is UTF-16, the input one byte a character
//
// Case is ignored where one side is looked for, because programs fold it before they compare. How long the wanted string is
// a routine tells, or a zero at its end; for two places nothing does, and several lengths are tried.
import { COMPARE_BYTES, COMPARE_PLACES, COMPARE_TEXT, WITHOUT_ROUTINES, WITHOUT_SHAPES, WITHOUT_VECTORS } from '../abi'
import { has } from '../mechanisms'
import { fieldAt, fieldCount, isTyped, isVariable, lengthAt } from '../record'
import { bytesAt, bytesLength, kindOf, wordOf } from './log'
import { coloredBase, originalBase } from './memory'
import { solveEncoded } from './encoded'
import { comparesInputAddress } from './instance'
import { PATCH_DATA_MAX, PATCH_EXACT, PATCH_TOKEN, addPatch, patchCount } from './patches'
import { solveScattered } from './scattered'

/** Places in the input that one string is tried at. */
const PLACES_MAX: u32 = 4
const TOKEN_MAX: u32 = 64
/** So many bytes are alike by chance. */
const CHANCE_MAX: u32 = 2
const WANTED = memory.data(144)

/** Fills the patches from one record and its partner, of an input of `length` bytes. */
export function solveBytes(record: usize, partner: usize, length: u32): void {
  if (!has(mechanismOf(record))) return
  for (let side: u32 = 0; side < 2; side++) {
    const bytes = wantedLength(record, 1 - side)
    if (!bytes || isSame(record, bytes)) continue
    solveSide(record, partner, side, bytes, length)
  }
}

export function isBytes(record: usize): bool {
  const kind = kindOf(record)
  return kind == <u32>COMPARE_BYTES || kind == <u32>COMPARE_TEXT || kind == <u32>COMPARE_PLACES
}

/** The mechanism by which the compare was noticed, one of WITHOUT_*. Vectors lie nowhere. */
export function mechanismOf(record: usize): u32 {
  if (kindOf(record) == <u32>COMPARE_PLACES) return WITHOUT_SHAPES
  return wordOf(record, 0) | wordOf(record, 1) ? WITHOUT_ROUTINES : WITHOUT_VECTORS
}

/** Both sides are the same, as far as a text goes. */
export function agreeBytes(record: usize): bool {
  const bytes = wantedLength(record, 0)
  return bytes > 0 && wantedLength(record, 1) == bytes && isSame(record, bytes)
}

/** As much of a side as is text up to its zero, or all of it. */
export function wantedLength(record: usize, side: u32): u32 {
  const all = bytesLength(record, side)
  return kindOf(record) == <u32>COMPARE_BYTES ? all : textLength(bytesAt(record, side), all, 1)
}

function textLength(at: usize, all: u32, stride: u32): u32 {
  for (let i: u32 = 0; i + stride <= all; i += stride) {
    const unit: u32 = stride == 2 ? load<u16>(at + i) : load<u8>(at + i)
    if (!unit) return i
  }
  return all
}

function isSame(record: usize, bytes: u32): bool {
  if (bytesLength(record, 0) < bytes || bytesLength(record, 1) < bytes) return false
  return !memory.compare(bytesAt(record, 0), bytesAt(record, 1), bytes)
}

/** One character a unit, each with a zero behind it. */
function isWide(at: usize, all: u32): bool {
  if (all < 4) return false
  return load<u8>(at) != 0 && load<u8>(at + 2) != 0 && load<u8>(at + 1) == 0 && load<u8>(at + 3) == 0
}

function solveSide(record: usize, partner: usize, side: u32, bytes: u32, length: u32): void {
  const all = bytesLength(record, 1 - side)
  const wanted = bytesAt(record, 1 - side)
  const stride: u32 = isWide(wanted, all) ? 2 : 1
  const most = stride == 2 ? narrow(wanted, textLength(wanted, all, 2)) : copy(wanted, bytes)
  const before = patchCount()
  if (stride == 1) offerAddress(record, side, most, length)
  const lies = patchCount() > before
  let alikeBytes: u32 = 0
  if (!lies) alikeBytes = offerMatches(record, partner, side, stride, most, length)
  if (patchCount() == before && stride == 2) {
    const plain = copy(wanted, all)
    offerMatches(record, partner, side, 1, plain, length)
  }
  if (!lies && alikeBytes <= CHANCE_MAX) {
    const agree = min(bytesLength(record, side), bytesLength(partner, side))
    solveEncoded(bytesAt(record, side), bytesAt(partner, side), agree, WANTED, most, length)
    solveScattered(bytesAt(record, side), bytesAt(partner, side), min(agree, most), WANTED, length)
  }
  if (patchCount() == before) offerEmpty(most, length)
}

/** Puts the wanted bytes to WANTED; returns how many. */
function copy(from: usize, bytes: u32): u32 {
  const most = min(bytes, PATCH_DATA_MAX)
  memory.copy(WANTED, from, most)
  return most
}

function narrow(from: usize, bytes: u32): u32 {
  const units = min(bytes >>> 1, PATCH_DATA_MAX)
  for (let i: u32 = 0; i < units; i++) store<u8>(WANTED + i, load<u8>(from + 2 * i))
  return units
}

/** The side lies in the input itself. */
function offerAddress(record: usize, side: u32, most: u32, length: u32): void {
  const address = wordOf(record, side)
  const start = <u64>comparesInputAddress()
  if (isTyped || !start || address < start || address >= start + <u64>length) return
  offerAt(record, side, <u32>(address - start), most, length)
}

/** Where both forms of the input begin with what the side begins with, the longest beginnings first: how long they are. */
function offerMatches(record: usize, partner: usize, side: u32, stride: u32, most: u32, length: u32): u32 {
  const first = bytesAt(record, side)
  const second = bytesAt(partner, side)
  const firstBytes = bytesLength(record, side)
  const secondBytes = bytesLength(partner, side)
  let limit: u32 = 0xffff
  let best: u32 = 0
  for (let places: u32 = 0; places < PLACES_MAX; ) {
    // The next shorter beginning; all places that have it.
    let longest: u32 = 0
    for (let at: u32 = 0; at < length; at++) {
      const here = min(
        alike(originalBase, at, length, first, firstBytes, stride),
        alike(coloredBase, at, length, second, secondBytes, stride),
      )
      if (here > longest && here < limit) longest = here
    }
    if (!longest) return best
    if (!best) best = longest
    for (let at: u32 = 0; at < length && places < PLACES_MAX; at++) {
      const here = min(
        alike(originalBase, at, length, first, firstBytes, stride),
        alike(coloredBase, at, length, second, secondBytes, stride),
      )
      if (here != longest) continue
      offerAt(record, side, at, most, length)
      places++
    }
    // What begins with less is chance, where something begins with more.
    if (longest > CHANCE_MAX) return best
    limit = longest
  }
  return best
}

function lower(byte: u8): u8 {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
}

/** How many characters from `at` on are those of a side. */
function alike(form: usize, at: u32, length: u32, side: usize, bytes: u32, stride: u32): u32 {
  let count: u32 = 0
  while (at + count < length && stride * count < bytes) {
    const byte = load<u8>(form + at + count)
    const other = load<u8>(side + stride * count)
    if (byte != other && lower(byte) != lower(other)) break
    if (stride == 2 && load<u8>(side + 2 * count + 1)) break
    count++
  }
  return count
}

function offerAt(record: usize, side: u32, at: u32, most: u32, length: u32): void {
  const kind = kindOf(record)
  const flags: u32 = PATCH_EXACT | (most >= 2 && most <= TOKEN_MAX ? PATCH_TOKEN : 0)
  addPatch(at, most, WANTED, most, flags)
  if (kind == <u32>COMPARE_BYTES) return
  // With its end, where there is room for one; then in place of what was there, whatever its length.
  if (most < PATCH_DATA_MAX) {
    store<u8>(WANTED + most, 0)
    addPatch(at, most + 1, WANTED, most + 1, 0)
  }
  const present = min(wantedLength(record, side), length - at)
  if (kind == <u32>COMPARE_TEXT && present != most) addPatch(at, present, WANTED, most, 0)
  if (kind != <u32>COMPARE_PLACES) return
  const all = min(bytesLength(record, 1 - side), PATCH_DATA_MAX)
  const wanted = bytesAt(record, 1 - side)
  for (let bytes: u32 = 4; bytes <= 64; bytes <<= 1) if (bytes <= all) addPatch(at, bytes, wanted, bytes, 0)
}

/** Nothing of an empty text can be found: what is wanted is put in. */
function offerEmpty(most: u32, length: u32): void {
  if (!isTyped) {
    if (!length) addPatch(0, 0, WANTED, most, PATCH_TOKEN)
    return
  }
  for (let field: u32 = 0; field < fieldCount; field++) {
    if (!isVariable(field)) continue
    const at = fieldAt(originalBase, field)
    if (!lengthAt(at, field)) addPatch(<u32>(at - originalBase), 0, WANTED, most, PATCH_TOKEN)
  }
}
