// Input-to-state for numbers (REDQUEEN, 2019): an operand that changed when the input was colored is looked for in both
// forms of the input. Where both have it, or something that the same change leads from to it, the other operand is written
// there, changed back.
//
//   operand    = input                          as it is
//              = input + k, input ^ k, k - input   k the same in both runs
//              = input × k                      k the same in both runs
//              = input & k, input >> k          k the same in both runs
//   input      1, 2, 4, 8 bytes, both byte orders, zero- or sign-extended; the bits of a float, or an integer that became one
//
// An operand that did not change may stand in bytes that cannot be colored, or be the length of the input.
import {
  COMPARE_EQUAL,
  COMPARE_FLAG_LEFT_CONSTANT,
  COMPARE_FLAG_RIGHT_CONSTANT,
  COMPARE_FLOAT_EQUAL,
  COMPARE_FLOAT_ORDER,
  COMPARE_ORDER,
  COMPARE_SWITCH,
} from '../abi'
import { flagsOf, kindOf, siteOf, widthOf, wordOf } from './log'
import { PATCHES_MAX, casesBase, coloredBase, originalBase } from './memory'
import { solveDecimals } from './decimals'
import { solveEncoded } from './encoded'
import { solveNumbers } from './numbers'
import { PATCH_EXACT, PATCH_TOKEN, addLengthPatch, addPatch, patchCount } from './patches'
import { solveScattered } from './scattered'

/** Cases of one br_table that one input tries. */
const CASES_MAX: u32 = 64
/** Longest input whose fields are tried one after the other, without a sign of which it is. */
const SHIFTED_MAX: u32 = 16
/** Places in the input that one operand is tried at. */
const PLACES_MAX: u32 = 8
/** The same of one width and order, where a mutant is mended. */
const PLACES_MENDED: u32 = 3

/** What the operand should become; the first one is what the program asks for. */
const GOALS = memory.data(8 * 64)
let goals: u32 = 0
/** Of the goals, the program names the first. */
let goalConstant: bool = false
const SCRATCH = memory.data(8)
/** Bytes of an operand in the two runs, and of what it should become, in the order of memory. */
const OPERANDS = memory.data(24)
/** From an operand to one that is a little greater, or less: a range has another end. */
const ABOVE: f64 = 1 + 1 / 4096
const BELOW: f64 = 1 - 1 / 4096
let repairs: bool = false

export function goal(index: u32): u64 {
  return load<u64>(GOALS + (<usize>index << 3))
}
export function goalCount(): u32 {
  return goals
}
function addGoal(value: u64): void {
  store<u64>(GOALS + (<usize>goals << 3), value)
  goals++
}

/** All bits of an operand of that width. */
export function maskOf(width: u32): u64 {
  return width >= 8 ? <u64>-1 : (<u64>1 << <u64>(8 * width)) - 1
}

/** Fills the patches from one record and its partner, of an input of `length` bytes. */
export function solveWords(record: usize, partner: usize, length: u32): void {
  const kind = kindOf(record)
  if (kind == <u32>COMPARE_SWITCH) {
    solveSide(record, partner, 0, length)
    return
  }
  const flags = flagsOf(record)
  if (wordOf(record, 0) == wordOf(record, 1) && (kind == <u32>COMPARE_EQUAL || kind == <u32>COMPARE_FLOAT_EQUAL)) return
  if (!(flags & <u32>COMPARE_FLAG_LEFT_CONSTANT)) solveSide(record, partner, 0, length)
  if (!(flags & <u32>COMPARE_FLAG_RIGHT_CONSTANT)) solveSide(record, partner, 1, length)
}

/** Patches for a compare that held in the other form of the input: bytes that are the same in both count here. */
export function repairWords(record: usize, partner: usize, length: u32): void {
  repairs = true
  solveWords(record, partner, length)
  repairs = false
}

function solveSide(record: usize, partner: usize, side: u32, length: u32): void {
  const kind = kindOf(record)
  const width = widthOf(record)
  const first = wordOf(record, side)
  const second = wordOf(partner, side)
  const wanted = wordOf(record, 1 - side)
  const constant: u32 = side ? COMPARE_FLAG_LEFT_CONSTANT : COMPARE_FLAG_RIGHT_CONSTANT
  goalConstant = (flagsOf(record) & constant) != 0 || wanted == wordOf(partner, 1 - side)
  goals = 0
  if (kind == <u32>COMPARE_FLOAT_EQUAL || kind == <u32>COMPARE_FLOAT_ORDER) {
    solveFloat(kind, width, first, second, wanted, length)
    return
  }
  if (kind == <u32>COMPARE_SWITCH) {
    addCases(siteOf(record), <u32>wanted)
    solveInteger(width, first, second, length, false)
    if (!patchCount()) solveInteger(width, first, second, length, true)
    const used = patchCount() ? CASES_MAX : shiftCases(first, length)
    if (used) noteCases(siteOf(record), <u32>wanted, used)
    return
  }
  addGoal(wanted)
  if (kind == <u32>COMPARE_ORDER) {
    addGoal((wanted + 1) & maskOf(width))
    addGoal((wanted - 1) & maskOf(width))
  }
  const before = patchCount()
  solveInteger(width, first, second, length, false)
  if (patchCount() == before) solveNumbers(width, first, second, length)
  if (patchCount() == before) solveInteger(width, first, second, length, true)
  if (patchCount() == before) solveMemory(first, second, wanted, length)
  const isSum = first != second && kind == <u32>COMPARE_EQUAL && goalConstant && width >= 4
  if (patchCount() == before && isSum && !repairs) {
    shiftFields(width, first, length)
  }
  if (patchCount() == before && first == second) solveLength(first, width, length)
}

/** A number that was read from a buffer which the program decoded or filled from the input byte by byte. */
function solveMemory(first: u64, second: u64, wanted: u64, length: u32): void {
  const bytes = <u32>(8 - (clz<u64>(first | second | wanted) >>> 3))
  if (first == second || bytes < 2) return
  store<u64>(OPERANDS, first)
  store<u64>(OPERANDS, second, 8)
  store<u64>(OPERANDS, wanted, 16)
  solveEncoded(OPERANDS, OPERANDS + 8, bytes, OPERANDS + 16, bytes, length)
  solveScattered(OPERANDS, OPERANDS + 8, bytes, OPERANDS + 16, length)
}

/** What does not depend on the input's bytes may be its length, or what is left of it behind some place. */
function solveLength(first: u64, width: u32, length: u32): void {
  if (first > <u64>length) return
  for (let i: u32 = 0; i < goals; i++) addLengthPatch((<u64>length + goal(i) - first) & maskOf(width))
}

/** The cases of a br_table that no input has tried yet, and once more from the start when all have been. */
function addCases(site: u32, cases: u32): void {
  const tried = casesBase + ((<usize>site & 0xffff) << 2)
  const first = load<u32>(tried)
  const end = min(first + CASES_MAX, cases)
  for (let next = first; next < end; next++) addGoal(next)
}

function noteCases(site: u32, cases: u32, used: u32): void {
  const tried = casesBase + ((<usize>site & 0xffff) << 2)
  const next = load<u32>(tried) + used
  store<u32>(tried, next < cases ? next : 0)
}

/**
 * A value that leads to a case cannot be colored, because another one leads elsewhere. So each field of a short input that
 * stayed as it was is moved by as much as the value is to move. Returns how many cases found room.
 */
function shiftCases(first: u64, length: u32): u32 {
  if (length > SHIFTED_MAX) return 0
  let used: u32 = 0
  for (; used < goals && patchCount() + 6 * length < PATCHES_MAX; used++) {
    for (let size: u32 = 4; size >= 1; size >>>= 1) {
      for (let at: u32 = 0; at + size <= length; at++) {
        for (let order: u32 = 0; order < (size > 1 ? 2 : 1); order++) {
          const here = readWord(originalBase, at, size, order != 0)
          if (here != readWord(coloredBase, at, size, order != 0)) continue
          writeWord((here + goal(used) - first) & maskOf(size), size, order != 0)
          addPatch(at, size, SCRATCH, size, 0)
        }
      }
    }
  }
  return used
}

/**
 * An operand that depends on the input in no way that two runs show, as a checksum does that is mixed with what it is
 * compared with: each field is changed by as much as the operand is off.
 */
function shiftFields(width: u32, first: u64, length: u32): void {
  const mask = maskOf(width)
  const wanted = goal(0)
  for (let at: u32 = 0; at + width <= length && at < SHIFTED_MAX; at++) {
    for (let order: u32 = 0; order < 2; order++) {
      const here = readWord(originalBase, at, width, order != 0)
      writeWord(here ^ first ^ wanted, width, order != 0)
      addPatch(at, width, SCRATCH, width, PATCH_EXACT)
      writeWord((here + wanted - first) & mask, width, order != 0)
      addPatch(at, width, SCRATCH, width, PATCH_EXACT)
    }
  }
}

/** Bytes `at … at + width - 1` of a form of the input as a number. */
export function readWord(base: usize, at: u32, width: u32, big: bool): u64 {
  const word = load<u64>(base + at)
  if (!big) return word & maskOf(width)
  return bswap<u64>(word) >>> <u64>(64 - 8 * width)
}

export function signExtend(value: u64, width: u32): u64 {
  const unused = <u64>(64 - 8 * width)
  return <u64>((<i64>(value << unused)) >> unused)
}

/** Looks for the operand as it is, or for what it was made from. */
function solveInteger(width: u32, first: u64, second: u64, length: u32, transformed: bool): void {
  if (transformed && first == second) return
  let places: u32 = 0
  for (let size = width; size >= 1; size >>>= 1) {
    if (size > length) continue
    const end = length - size
    for (let order: u32 = 0; order < (size > 1 ? 2 : 1); order++) {
      // What is to be mended stands behind what it depends on, more often than not, and may be as common as a zero.
      if (repairs) places = PLACES_MAX - PLACES_MENDED
      for (let i: u32 = 0; i <= end; i++) {
        const at = repairs ? end - i : i
        const here = readWord(originalBase, at, size, order != 0)
        const there = readWord(coloredBase, at, size, order != 0)
        const hit = transformed
          ? here != there && offerTransformed(width, size, at, order != 0, first, second, here, there)
          : offerSame(width, size, at, order != 0, first, second, here, there)
        if (!hit || ++places < PLACES_MAX) continue
        if (!repairs) return
        break
      }
    }
  }
}

function offerSame(width: u32, size: u32, at: u32, big: bool, first: u64, second: u64, here: u64, there: u64): bool {
  // Bytes that could not be colored prove little: a number that is common stands anywhere.
  if (!repairs && here == there && (first != second || size < 2 || here < 256 || here == maskOf(size))) return false
  const mask = maskOf(width)
  const plain = here == first && there == second
  if (!plain && ((signExtend(here, size) & mask) != first || (signExtend(there, size) & mask) != second)) return false
  for (let i: u32 = 0; i < goals; i++) put(at, size, big, goal(i), mask, i == 0)
  return true
}

/** Writes a goal over `size` bytes, where it fits them, with or without a sign. */
function put(at: u32, size: u32, big: bool, value: u64, mask: u64, exact: bool): void {
  const narrow = value & maskOf(size)
  if (narrow != value && (signExtend(narrow, size) & mask) != value) return
  writeWord(narrow, size, big)
  addPatch(at, size, SCRATCH, size, exact ? PATCH_EXACT | (goalConstant && size > 1 ? PATCH_TOKEN : 0) : 0)
}

function writeWord(value: u64, size: u32, big: bool): void {
  store<u64>(SCRATCH, big ? bswap<u64>(value << <u64>(64 - 8 * size)) : value)
}

function offerTransformed(
  width: u32,
  size: u32,
  at: u32,
  big: bool,
  first: u64,
  second: u64,
  here: u64,
  there: u64,
): bool {
  const mask = maskOf(width)
  const added = (first - here) & mask
  const xored = first ^ here
  const summed = (first + here) & mask
  const factor = here ? first / here : 0
  for (let i: u32 = 0; i < goals; i++) {
    const wanted = goal(i)
    let value: u64
    if (((second - there) & mask) == added) value = (wanted - added) & mask
    else if ((second ^ there) == xored) value = wanted ^ xored
    else if (((second + there) & mask) == summed) value = (summed - wanted) & mask
    else if (factor > 1 && here * factor == first && there * factor == second && wanted % factor == 0) {
      value = wanted / factor
    } else return offerBits(size, at, big, first, second, here, there)
    const narrow = value & maskOf(size)
    if (narrow != value) continue
    writeWord(narrow, size, big)
    addPatch(at, size, SCRATCH, size, i == 0 ? PATCH_EXACT : 0)
  }
  return true
}

/** The operand has some of the input's bits, in their places or moved right: those become what is wanted, others stay. */
function offerBits(size: u32, at: u32, big: bool, first: u64, second: u64, here: u64, there: u64): bool {
  if (first == second) return false
  let shift: u64 = 0
  // Bits that the operand does not have.
  let dropped = (here ^ first) | (there ^ second)
  if ((first & dropped) | (second & dropped)) {
    shift = 1
    while (shift < <u64>(8 * size) && (here >>> shift != first || there >>> shift != second)) shift++
    if (shift == <u64>(8 * size)) return false
    dropped = (<u64>1 << shift) - 1
  }
  for (let i: u32 = 0; i < goals; i++) {
    const moved = goal(i) << shift
    if (moved >>> shift != goal(i) || moved & dropped || moved & ~maskOf(size)) continue
    writeWord((here & dropped) | moved, size, big)
    addPatch(at, size, SCRATCH, size, i == 0 ? PATCH_EXACT : 0)
  }
  return true
}

/** The bits of a float, those of a narrower one, or an integer that became one. */
function solveFloat(kind: u32, width: u32, first: u64, second: u64, wanted: u64, length: u32): void {
  const orders = kind == <u32>COMPARE_FLOAT_ORDER
  const value = width == 8 ? reinterpret<f64>(wanted) : <f64>reinterpret<f32>(<u32>wanted)
  const here = width == 8 ? reinterpret<f64>(first) : <f64>reinterpret<f32>(<u32>first)
  const there = width == 8 ? reinterpret<f64>(second) : <f64>reinterpret<f32>(<u32>second)
  addGoal(wanted)
  if (orders) {
    addGoal(bitsOf(value + 1, width))
    addGoal(bitsOf(value - 1, width))
    addGoal((wanted + 1) & maskOf(width))
    addGoal((wanted - 1) & maskOf(width))
  }
  const before = patchCount()
  searchBits(width, first, second, length)
  if (width == 8 && patchCount() == before && <f64>(<f32>here) == here && <f64>(<f32>there) == there) {
    goals = 0
    addGoal(bitsOf(value, 4))
    if (orders) {
      addGoal(bitsOf(value + 1, 4))
      addGoal(bitsOf(value - 1, 4))
    }
    searchBits(4, bitsOf(here, 4), bitsOf(there, 4), length)
  }
  if (patchCount() > before) return
  solveDecimals(width, here, there, value, true, length)
  if (orders) {
    solveDecimals(width, here, there, value * ABOVE, false, length)
    solveDecimals(width, here, there, value * BELOW, false, length)
    solveDecimals(width, here, there, value + 1, false, length)
    solveDecimals(width, here, there, value - 1, false, length)
  }
  if (!isWhole(here) || !isWhole(there)) return
  goals = 0
  const nearest = <i64>max<f64>(-9e18, min<f64>(9e18, value))
  addGoal(<u64>nearest)
  if (orders || <f64>nearest != value) {
    addGoal(<u64>(nearest + 1))
    addGoal(<u64>(nearest - 1))
  }
  solveInteger(8, <u64>(<i64>here), <u64>(<i64>there), length, false)
}

function bitsOf(value: f64, width: u32): u64 {
  return width == 8 ? reinterpret<u64>(value) : <u64>reinterpret<u32>(<f32>value)
}

function isWhole(value: f64): bool {
  return abs<f64>(value) < 9e15 && floor<f64>(value) == value
}

function searchBits(width: u32, first: u64, second: u64, length: u32): void {
  if (width > length || first == second) return
  for (let order: u32 = 0; order < 2; order++) {
    for (let at: u32 = 0; at + width <= length; at++) {
      if (readWord(originalBase, at, width, order != 0) != first) continue
      if (readWord(coloredBase, at, width, order != 0) != second) continue
      for (let i: u32 = 0; i < goals; i++) put(at, width, order != 0, goal(i), <u64>-1, i == 0)
    }
  }
}

