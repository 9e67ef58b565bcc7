// Another content for an argument of bytes or text.
//
// The operators of the byte mutator work at INPUT_BASE, so the argument is moved there for its change, and the record is put
// together around it afterwards, from a copy of what it was:
//
//   recordBase  │ before │ length │ content │ after │            as it was
//   INPUT_BASE  │ content' │                                     operators work here
//   INPUT_BASE  │ before │ length' │ content' │ after │
import { INPUT_BASE } from '../../abi'
import { corpusLength, entryData } from '../../corpus'
import { recordBase } from '../../memory'
import { below, next, scale } from '../../random'
import { fieldAt, fieldCount, fieldKind, isVariable, lengthAt } from '../../record'
import { NOT_APPLIED, blockLength, move, openGap, place, touched, value } from '../input'
import { mutate } from '../operators'
import { textRune, utf8Length, writeUtf8 } from './runes'

const TRIES_MAX: u32 = 4
const ASCII_RUN_MAX: u32 = 8

/** Changes the content at `at`, a place in the record. Returns the record's new length, or NOT_APPLIED. */
export function changeVariable(field: u32, at: u32, length: u32, limit: u32, isText: bool): u32 {
  const bytes = lengthAt(INPUT_BASE + at, field)
  const room = bytes + (limit > length ? limit - length : 0)
  move(recordBase, INPUT_BASE, length)
  for (let tries: u32 = 0; tries < TRIES_MAX; tries++) {
    const draw = next()
    if ((<u32>draw & 15) == 0) {
      const other = otherField(field, draw)
      if (other != field && swapContents(field, other)) {
        touched(0, length)
        return length
      }
    }
    if (!room) continue
    move(INPUT_BASE, recordBase + at, bytes)
    const changed = variant(field, bytes, room, isText, draw)
    if (changed == NOT_APPLIED) continue
    if (changed == bytes && !memory.compare(INPUT_BASE, recordBase + at, bytes)) continue
    return putTogether(at, bytes, changed, length)
  }
  move(INPUT_BASE, recordBase, length)
  return NOT_APPLIED
}

function variant(field: u32, bytes: u32, room: u32, isText: bool, draw: u64): u32 {
  const pick = <u32>(draw >>> 4) & 15
  if (pick == 0) {
    const from = fieldAt(recordBase, otherField(field, draw))
    return cross(from, lengthAt(from, field), bytes, room)
  }
  if (pick == 1 && corpusLength() > 1) {
    const from = fieldAt(entryData(below(corpusLength())), otherField(field, draw))
    return cross(from, lengthAt(from, field), bytes, room)
  }
  if (isText && pick < 4) return putRune(bytes, room, draw)
  if (isText && pick < 5) return putAscii(bytes, room, draw)
  return mutate(bytes, room)
}

/** Another argument of bytes or text; `field` itself where there is none. */
function otherField(field: u32, draw: u64): u32 {
  const first = place(draw, fieldCount)
  for (let i: u32 = 0; i < fieldCount; i++) {
    const other = first + i < fieldCount ? first + i : first + i - fieldCount
    if (other != field && isVariable(other)) return other
  }
  return field
}

/** Puts a block of other bytes, or all of them, over or into the content at INPUT_BASE. */
function cross(from: usize, given: u32, bytes: u32, room: u32): u32 {
  if (!given) return NOT_APPLIED
  const shape = next()
  if (shape & 0x100) {
    const all = min(given, room)
    move(INPUT_BASE, from, all)
    return all
  }
  const inserts = (shape & 0x200) != 0
  const most = min(given, inserts ? room - bytes : bytes)
  if (!most) return NOT_APPLIED
  const block = blockLength(shape, most)
  const source = from + scale(<u32>(shape >>> 16), given - block + 1)
  const draw = next()
  const at = place(draw, inserts ? bytes + 1 : bytes - block + 1)
  const longer = inserts ? openGap(bytes, at, block) : bytes
  move(INPUT_BASE + at, source, block)
  return longer
}

/** Inserts a code point where one may begin, mostly. */
function putRune(bytes: u32, room: u32, draw: u64): u32 {
  const rune = textRune()
  const size = utf8Length(rune)
  if (bytes + size > room) return NOT_APPLIED
  let at = place(draw, bytes + 1)
  if (draw & 0x100) while (at < bytes && (load<u8>(INPUT_BASE + at) & 0xc0) == 0x80) at++
  const longer = openGap(bytes, at, size)
  writeUtf8(INPUT_BASE + at, rune)
  return longer
}

/** Overwrites or inserts a few printable characters. */
function putAscii(bytes: u32, room: u32, draw: u64): u32 {
  const inserts = (draw & 0x100) != 0
  const size = min(value(draw, ASCII_RUN_MAX) + 1, inserts ? room - bytes : bytes)
  if (!size) return NOT_APPLIED
  const at = place(draw, inserts ? bytes + 1 : bytes - size + 1)
  const longer = inserts ? openGap(bytes, at, size) : bytes
  let characters = next()
  for (let i: u32 = 0; i < size; i++) {
    store<u8>(INPUT_BASE + at + i, 0x20 + ((<u32>(characters & 0xff) * 95) >>> 8))
    characters >>>= 8
  }
  return longer
}

/** Writes the record around the changed content at INPUT_BASE. */
function putTogether(at: u32, bytes: u32, changed: u32, length: u32): u32 {
  const after = length - bytes + changed
  move(INPUT_BASE + at, INPUT_BASE, changed)
  move(INPUT_BASE, recordBase, at - 4)
  store<u32>(INPUT_BASE + at - 4, changed)
  move(INPUT_BASE + at + changed, recordBase + at + bytes, length - at - bytes)
  touched(0, max(length, after))
  return after
}

/** Exchanges the contents of two arguments of one type. */
function swapContents(field: u32, other: u32): bool {
  if (fieldKind(field) != fieldKind(other)) return false
  const first = fieldAt(recordBase, field)
  const second = fieldAt(recordBase, other)
  const bytes = lengthAt(first, field)
  if (bytes == lengthAt(second, other) && !memory.compare(first, second, bytes)) return false
  let to: usize = INPUT_BASE
  for (let i: u32 = 0; i < fieldCount; i++) {
    const source = i == field ? other : i == other ? field : i
    const from = fieldAt(recordBase, source)
    const header: u32 = isVariable(i) ? 4 : 0
    const content = lengthAt(from, source)
    memory.copy(to, from - header, header + content)
    to += header + content
  }
  return true
}
