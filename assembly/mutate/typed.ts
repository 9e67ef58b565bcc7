// Mutants of a typed target: one field of the record is changed, a quarter of the time several, each by what fits its type.
//
//   integers.ts   bool, all integers        runes.ts      code points
//   floats.ts     f32, f64                  variable.ts   bytes, string
//
// The record at INPUT_BASE is complete before and after, and differs where anything can: a change that changes nothing is
// tried again, and then another field has its turn.
import { ARGUMENT_BOOL, ARGUMENT_BYTES, ARGUMENT_FLOAT, ARGUMENT_RUNE, ARGUMENT_STRING, INPUT_BASE } from '../abi'
import { noteOperator } from '../control'
import { corpusLength, entryData } from '../corpus'
import { below, next } from '../random'
import { fieldAt, fieldBytes, fieldCount, fieldKind, isVariable, lengthAt, readValue, valueBits, writeValue } from '../record'
import { NOT_APPLIED, place, touched, value } from './input'
import { changeFloat32, changeFloat64 } from './typed/floats'
import { changeInteger } from './typed/integers'
import { changeRune } from './typed/runes'
import { changeVariable } from './typed/variable'

/** In the list of operators that a discovery carries, a change of a field is this and its ARGUMENT_*. */
const OPERATOR_FIRST: u32 = 64
const NUMBER_WEIGHT: u32 = 4
const VARIABLE_WEIGHT: u32 = 6

/** One field per slot: bytes have more to find than a number has, and a bool has two values. */
const TABLE = memory.data(512)
let slots: u32 = 0

/** Builds the table; called when the arguments are known. */
export function prepareFields(): void {
  slots = 0
  for (let field: u32 = 0; field < fieldCount; field++) {
    const weight = weightOf(fieldKind(field))
    memory.fill(TABLE + slots, <u8>field, weight)
    slots += weight
  }
}

function weightOf(kind: u32): u32 {
  if (kind == <u32>ARGUMENT_BOOL) return 1
  return kind >= <u32>ARGUMENT_BYTES ? VARIABLE_WEIGHT : NUMBER_WEIGHT
}

/** Changes the record. Returns its new length, which exceeds `limit` only where the old one does. */
export function mutateRecord(length: u32, limit: u32): u32 {
  const draw = next()
  const several = fieldCount > 1 && (<u32>draw & 3) == 0
  const wanted: u32 = several ? value(draw, fieldCount - 1) + 2 : 1
  let field = <u32>load<u8>(TABLE + place(draw, slots))
  let changed: u32 = 0
  for (let tries: u32 = 0; tries < fieldCount && changed < wanted; tries++) {
    const after = mutateField(field, length, limit)
    if (after != NOT_APPLIED) {
      noteOperator(OPERATOR_FIRST + fieldKind(field))
      length = after
      changed++
    }
    field = field + 1 == fieldCount ? 0 : field + 1
  }
  return length
}

/** Changes one field, or returns NOT_APPLIED. */
export function mutateField(field: u32, length: u32, limit: u32): u32 {
  const at = fieldAt(INPUT_BASE, field)
  if (isVariable(field)) {
    return changeVariable(field, <u32>(at - INPUT_BASE), length, limit, fieldKind(field) == <u32>ARGUMENT_STRING)
  }
  writeValue(at, field, changed(field, readValue(at, field)))
  const start = <u32>(at - INPUT_BASE)
  touched(start, start + fieldBytes(field))
  return length
}

/** Another value for a number. */
function changed(field: u32, old: u64): u64 {
  const draw = next()
  switch (fieldKind(field)) {
    case ARGUMENT_BOOL:
      return <u64>(old == 0)
    case ARGUMENT_RUNE:
      return changeRune(<u32>old, draw)
    case ARGUMENT_FLOAT:
      return valueBits(field) == 32
        ? <u64>changeFloat32(<u32>old, draw, <u32>related(field, draw))
        : changeFloat64(old, draw, related(field, draw))
    default:
      return changeInteger(old, valueBits(field), draw, related(field, draw))
  }
}

/**
 * What a number may have to do with: the same field of another input, half of the time, or another field of this one, of
 * which bytes give their length.
 */
function related(field: u32, draw: u64): u64 {
  // Few changes look at it, by the bits that say so in every family.
  if ((<u32>draw & 31) < 30) return 0
  if (draw & 0x20 && corpusLength() > 1) return readValue(fieldAt(entryData(below(corpusLength())), field), field)
  const other = below(fieldCount)
  const at = fieldAt(INPUT_BASE, other)
  return isVariable(other) ? <u64>lengthAt(at, other) : readValue(at, other)
}
