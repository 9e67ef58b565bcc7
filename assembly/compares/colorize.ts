// Colorization (Aschermann et al., "REDQUEEN", 2019): as many bytes of an input as can be are replaced by others without
// changing what the program does. An operand that changes with them comes from them, and shows where in the input it stands.
//
// The whole input is tried first, then halves of what was refused, the largest first. A byte is replaced by one of its own
// class, so that a number stays a number and a name a name.
import { ARGUMENT_BOOL, INPUT_BASE } from '../abi'
import { fieldAt, fieldCount, fieldKind, isTyped, isVariable } from '../record'
import { next } from '../random'
import { RANGES_MAX, coloredBase, freshBase, originalBase, rangesBase } from './memory'

/** Runs that one input may cost: it has been colored well enough long before, where it can be. */
const EXECUTIONS_MAX: u32 = 512

let length: u32 = 0
let rangeCount: u32 = 0
let executionsLeft: u32 = 0
/** The range that runs. */
let from: u32 = 0
let to: u32 = 0

/** Begins with the `bytes` bytes at `originalBase`. */
export function beginColoring(bytes: u32): void {
  length = bytes
  memory.copy(coloredBase, originalBase, bytes)
  for (let i: u32 = 0; i < bytes; i++) store<u8>(freshBase + i, other(load<u8>(originalBase + i)))
  if (isTyped) keepShape()
  rangeCount = 0
  executionsLeft = min(2 * bytes + 2, EXECUTIONS_MAX)
  push(0, bytes)
}

/** What a record's arguments are does not change: lengths stay, and a bool has no other values. */
function keepShape(): void {
  for (let field: u32 = 0; field < fieldCount; field++) {
    const at = <u32>(fieldAt(originalBase, field) - originalBase)
    if (isVariable(field)) memory.copy(freshBase + at - 4, originalBase + at - 4, 4)
    else if (fieldKind(field) == <u32>ARGUMENT_BOOL) store<u8>(freshBase + at, load<u8>(originalBase + at))
  }
}

/** Another byte of the same class. */
function other(byte: u8): u8 {
  const draw = <u32>(next() >>> 32)
  let first: u32 = 0
  let count: u32 = 256
  if (byte >= 0x31 && byte <= 0x39) {
    first = 0x31
    count = 9
  } else if (byte == 0x30) return <u8>(0x31 + draw % 9)
  else if (byte >= 0x61 && byte <= 0x66) {
    first = 0x61
    count = 6
  } else if (byte >= 0x67 && byte <= 0x7a) {
    first = 0x67
    count = 20
  } else if (byte >= 0x41 && byte <= 0x46) {
    first = 0x41
    count = 6
  } else if (byte >= 0x47 && byte <= 0x5a) {
    first = 0x47
    count = 20
  } else if (byte >= 0x21 && byte <= 0x2f) {
    first = 0x21
    count = 15
  }
  return <u8>(first + (<u32>byte - first + 1 + (draw % (count - 1))) % count)
}

function push(start: u32, end: u32): void {
  if (start >= end || rangeCount == RANGES_MAX) return
  const range = rangesBase + (<usize>rangeCount << 3)
  store<u32>(range, start)
  store<u32>(range, end, 4)
  rangeCount++
}

/** Writes the next form to the input buffer. False where there is none. */
export function nextColored(): bool {
  while (rangeCount && executionsLeft) {
    takeLargest()
    if (!memory.compare(freshBase + from, originalBase + from, to - from)) continue
    executionsLeft--
    memory.copy(INPUT_BASE, coloredBase, length)
    memory.copy(INPUT_BASE + from, freshBase + from, to - from)
    // Refused until it is accepted: its run may never come back.
    const middle = from + ((to - from) >>> 1)
    if (to - from > 1) {
      push(from, middle)
      push(middle, to)
    }
    return true
  }
  return false
}

function takeLargest(): void {
  let largest: u32 = 0
  let bytes: u32 = 0
  for (let i: u32 = 0; i < rangeCount; i++) {
    const range = rangesBase + (<usize>i << 3)
    const size = load<u32>(range, 4) - load<u32>(range)
    if (size <= bytes) continue
    bytes = size
    largest = i
  }
  const taken = rangesBase + (<usize>largest << 3)
  from = load<u32>(taken)
  to = load<u32>(taken, 4)
  rangeCount--
  store<u64>(taken, load<u64>(rangesBase + (<usize>rangeCount << 3)))
}

/** The form that ran last did the same as the input. */
export function acceptColored(): void {
  memory.copy(coloredBase + from, freshBase + from, to - from)
  // Its halves are done with.
  while (rangeCount) {
    const range = rangesBase + (<usize>(rangeCount - 1) << 3)
    if (load<u32>(range) < from || load<u32>(range, 4) > to) return
    rangeCount--
  }
}

