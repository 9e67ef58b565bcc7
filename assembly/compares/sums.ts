// Patches for a compare that held for an entry and does not for a mutant of it. Whatever stands on one side is looked for in
// both inputs, also in bytes that are the same in them: what depends on the mutated bytes is mostly the other side. A sum
// over bytes stands nowhere; each byte of a short input, or pair of hexadecimal digits, is moved by what the sum is off, the
// last first: what makes a sum come out stands at the end as a rule.
import { COMPARE_EQUAL } from '../abi'
import { isBytes, solveBytes } from './bytes'
import { kindOf, siteOf, wordOf } from './log'
import { originalBase } from './memory'
import { next } from '../random'
import { addPatch, patchCount, patchEnd, refuseUndoing } from './patches'
import { repairWords } from './words'

/** Longest input of which each byte is tried. */
const SUMMED_MAX: u32 = 64
const SCRATCH = memory.data(8)

// Where a patch mended a compare the last time, per site:  site u32 (plus one) · its end u16 · what followed u16
const MENDED_SITES: u32 = 256
const MENDED = memory.data(2048)

/** How often in a row nothing mended a compare, per site; beyond UNMENDED_MAX it is tried one time in UNMENDED_SHARE. */
const UNMENDED = memory.data(256)
const UNMENDED_MAX: u8 = 8
const UNMENDED_SHARE: u64 = 16

export function resetSums(): void {
  memory.fill(MENDED, 0, 8 * MENDED_SITES)
  memory.fill(UNMENDED, 0, MENDED_SITES)
}

/** True where it is worth a try: most compares that held once are no checksums, and nothing mends them. */
export function mayMend(site: u32): bool {
  return load<u8>(UNMENDED + (site & (MENDED_SITES - 1))) < UNMENDED_MAX || next() % UNMENDED_SHARE == 0
}

/** No patch mended the compare. */
export function noteUnmended(site: u32): void {
  const count = UNMENDED + (site & (MENDED_SITES - 1))
  if (load<u8>(count) < UNMENDED_MAX) store<u8>(count, load<u8>(count) + 1)
}

function mendedAt(site: u32): usize {
  return MENDED + (<usize>(site & (MENDED_SITES - 1)) << 3)
}

/** A patch mended the compare: the same place, counted from the front or the back, comes first from now on. */
export function learnMended(site: u32, patch: u32, length: u32): void {
  store<u8>(UNMENDED + (site & (MENDED_SITES - 1)), 0)
  const end = patchEnd(patch)
  if (length > SUMMED_MAX || end > length) return
  const mended = mendedAt(site)
  store<u32>(mended, site + 1)
  store<u16>(mended, <u16>end, 4)
  store<u16>(mended, <u16>(length - end), 6)
}

/** Fills the patches; the mutant lies at `originalBase`, the entry at `coloredBase`. */
export function solveBroken(record: usize, partner: usize, length: u32, baseLength: u32): void {
  refuseUndoing(min(length, baseLength))
  if (isBytes(record)) {
    solveBytes(record, partner, min(length, baseLength))
    return
  }
  repairWords(record, partner, min(length, baseLength))
  if (patchCount() || kindOf(record) != <u32>COMPARE_EQUAL || length > SUMMED_MAX) return
  // What is moved may be on either side.
  const off = <u32>(wordOf(record, 1) - wordOf(record, 0))
  const mended = mendedAt(siteOf(record))
  if (load<u32>(mended) == siteOf(record) + 1) {
    shift(min<u32>(load<u16>(mended, 4), length), off)
    shift(length - min<u32>(load<u16>(mended, 6), length), off)
  }
  for (let end = length; end > 0; end--) shift(end, off)
}

function shift(end: u32, off: u32): void {
  shiftPair(end, off)
  shiftPair(end, 0 - off)
  shiftByte(end, off)
  shiftByte(end, 0 - off)
}

function shiftByte(end: u32, off: u32): void {
  if (!end) return
  store<u8>(SCRATCH, <u8>(<u32>load<u8>(originalBase + end - 1) + off))
  addPatch(end - 1, 1, SCRATCH, 1, 0)
}

function shiftPair(end: u32, off: u32): void {
  if (end < 2) return
  const high = load<u8>(originalBase + end - 2)
  const low = load<u8>(originalBase + end - 1)
  if (!isDigit(high) || !isDigit(low)) return
  const value = ((digitOf(high) << 4) | digitOf(low)) + off
  const letters: u32 = high >= 0x61 || low >= 0x61 ? 0x57 : 0x37
  store<u8>(SCRATCH, letterOf((value >>> 4) & 15, letters))
  store<u8>(SCRATCH + 1, letterOf(value & 15, letters))
  addPatch(end - 2, 2, SCRATCH, 2, 0)
}

function isDigit(byte: u8): bool {
  const letter = byte | 0x20
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66)
}
function digitOf(byte: u8): u32 {
  return byte <= 0x39 ? <u32>byte - 0x30 : <u32>(byte | 0x20) - 0x57
}
function letterOf(digit: u32, letters: u32): u8 {
  return <u8>(digit < 10 ? 0x30 + digit : letters + digit)
}
