// The record of a typed target: what its input bytes mean. One field for each argument, in order, nothing between them.
//
//   number, bool, rune    little-endian, as many bytes as its word says      │ 01 │ 2a 00 00 00 │
//   bytes, string         length u32, then so many bytes                     │ 03 00 00 00 │ 66 6f 6f │
//
// Any bytes can be read as a record: what is missing reads as 0, and a length is clipped to what is left. The engine keeps
// and mutates complete records only, so nothing but `completeRecord`, through which all foreign input comes, has to be
// careful. The host says what the arguments are by CONTROL_ARGUMENTS.
import {
  ARGUMENTS_MAX,
  ARGUMENT_BOOL,
  ARGUMENT_BYTES,
  ARGUMENT_SIGNED,
  CONTROL_ARGUMENTS,
  CONTROL_ARGUMENT_WORDS,
  INPUT_BASE,
} from './abi'
import { inputMax, recordBase } from './memory'

/** True where the input is a record. */
export let isTyped: bool = false
export let fieldCount: u32 = 0
/** Bytes of the shortest record: all numbers and all lengths. */
export let fixedBytes: u32 = 0

const LENGTH_BYTES: u32 = 4

/** Reads what the host says about the arguments. A record that the input has no room for makes no target typed. */
export function readArguments(): void {
  // Nothing makes a target typed then, so that the compiler leaves out all that asks for it.
  if (isDefined(PLAIN)) return
  fieldCount = min(load<u32>(CONTROL_ARGUMENTS), <u32>ARGUMENTS_MAX)
  fixedBytes = 0
  for (let field: u32 = 0; field < fieldCount; field++) {
    fixedBytes += isVariable(field) ? LENGTH_BYTES : fieldBytes(field)
  }
  isTyped = fieldCount != 0 && fixedBytes <= inputMax
  if (!isTyped) fixedBytes = 0
}

function wordOf(field: u32): u32 {
  return load<u32>(CONTROL_ARGUMENT_WORDS + (field << 2))
}

/** ARGUMENT_* */
export function fieldKind(field: u32): u32 {
  return wordOf(field) & 0xff
}

/** Bytes of a number in the record. */
export function fieldBytes(field: u32): u32 {
  return (wordOf(field) >>> 8) & 0xff
}

/** Bits that carry its value: an `int` of a 32-bit program has 32 of its 64. */
export function valueBits(field: u32): u32 {
  return ((wordOf(field) >>> 16) & 0xff) << 3
}

export function isVariable(field: u32): bool {
  return fieldKind(field) >= <u32>ARGUMENT_BYTES
}

/** Where a field's value begins in the complete record at `record`; a length stands before it. */
export function fieldAt(record: usize, field: u32): usize {
  let at = record
  for (let before: u32 = 0; before < field; before++) {
    at += isVariable(before) ? LENGTH_BYTES + load<u32>(at) : fieldBytes(before)
  }
  return isVariable(field) ? at + LENGTH_BYTES : at
}

/** How many bytes the value at `at` has. */
export function lengthAt(at: usize, field: u32): u32 {
  return isVariable(field) ? load<u32>(at - LENGTH_BYTES) : fieldBytes(field)
}

/** The low `bits` bits. */
export function lowBits(bits: u32): u64 {
  return <u64>-1 >>> <u64>(64 - bits)
}

/** The value of a number's field, as many bits as carry it. */
export function readValue(at: usize, field: u32): u64 {
  return load<u64>(at) & lowBits(valueBits(field))
}

/** Writes a number's value, and its sign where the field is wider; what follows stays. */
export function writeValue(at: usize, field: u32, value: u64): void {
  const mask = lowBits(fieldBytes(field) << 3)
  const unused = <u64>(64 - valueBits(field))
  const signed = fieldKind(field) == <u32>ARGUMENT_SIGNED
  const wide = signed ? <u64>((<i64>(value << unused)) >> unused) : value & lowBits(valueBits(field))
  store<u64>(at, (load<u64>(at) & ~mask) | (wide & mask))
}

/** Makes a complete record of the `length` bytes at INPUT_BASE that means the same, as far as it fits. Returns its length. */
export function completeRecord(length: u32): u32 {
  memory.copy(recordBase, INPUT_BASE, length)
  let from: u32 = 0
  let to: usize = INPUT_BASE
  let room = inputMax - fixedBytes
  for (let field: u32 = 0; field < fieldCount; field++) {
    const bytes = isVariable(field) ? LENGTH_BYTES : fieldBytes(field)
    const part = readPart(from, length, bytes)
    from = min(from + bytes, length)
    if (isVariable(field)) {
      const content = min(min(<u32>part, length - from), room)
      store<u32>(to, content)
      memory.copy(to + LENGTH_BYTES, recordBase + from, content)
      to += LENGTH_BYTES + content
      from += content
      room -= content
    } else {
      const isBool = fieldKind(field) == <u32>ARGUMENT_BOOL
      writeValue(to, field, isBool ? <u64>(part != 0) : part)
      to += bytes
    }
  }
  return <u32>(to - INPUT_BASE)
}

/** Up to 8 bytes of the copy, as a number; those beyond the end of the input are 0. */
function readPart(from: u32, length: u32, bytes: u32): u64 {
  const left = min(length - from, bytes)
  return left ? load<u64>(recordBase + from) & lowBits(left << 3) : 0
}

/**
 * Writes the complete record at `record` to `to` without the bytes `cutFrom … cutTo - 1` of all that its texts and bytes
 * hold, one after the other. `to` may be `record` itself: what is written never overtakes what is read.
 */
export function cutRecord(record: usize, to: usize, cutFrom: u32, cutTo: u32): void {
  let from = record
  let passed: u32 = 0
  for (let field: u32 = 0; field < fieldCount; field++) {
    if (!isVariable(field)) {
      const bytes = fieldBytes(field)
      memory.copy(to, from, bytes)
      from += bytes
      to += bytes
      continue
    }
    const content = load<u32>(from)
    from += LENGTH_BYTES
    const before = min(max(cutFrom, passed) - passed, content)
    const after = min(max(cutTo, passed) - passed, content)
    const kept = content - (after - before)
    store<u32>(to, kept)
    to += LENGTH_BYTES
    memory.copy(to, from, before)
    memory.copy(to + before, from + after, content - after)
    from += content
    to += kept
    passed += content
  }
}
