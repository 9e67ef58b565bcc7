// Functions that an indirect call can reach because an element segment holds them, read from the binary: Binaryen's
// function for it gives up on segments that hold more than plain functions.

import { ByteReader } from '../sections/bytes.ts'
import { SECTION, Sections } from '../sections/sections.ts'

const OPCODE = { end: 0x0b, refFunc: 0xd2 } as const
/** Constant instructions with one LEB immediate: global.get, i32.const, i64.const, ref.null. */
const WITH_LEB: ReadonlySet<number> = new Set([0x23, 0x41, 0x42, 0xd0])
/** Extended constant expressions: add, sub, mul of both widths. */
const PLAIN: ReadonlySet<number> = new Set([0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e])

/** Indices of functions in element segments; null when a segment is more than this reader knows: then expect any. */
export function functionsInElements(wasm: Uint8Array): Set<number> | null {
  const payload = new Sections(wasm).payload(SECTION.element)
  const found = new Set<number>()
  if (payload === undefined) return found
  const reader = new ByteReader(payload)
  for (let left = reader.unsigned(); left > 0; left--) if (!readSegment(reader, found)) return null
  return found
}

function readSegment(reader: ByteReader, found: Set<number>): boolean {
  const flags = reader.unsigned()
  const active = (flags & 1) === 0
  if (active && (flags & 2) !== 0) reader.unsigned()
  if (active && !readExpression(reader, found)) return false
  const expressions = (flags & 4) !== 0
  if ((flags & 3) !== 0) {
    if (expressions) reader.valueType()
    else reader.byte()
  }
  for (let left = reader.unsigned(); left > 0; left--) {
    if (!expressions) found.add(reader.unsigned())
    else if (!readExpression(reader, found)) return false
  }
  return true
}

function readExpression(reader: ByteReader, found: Set<number>): boolean {
  for (;;) {
    const opcode = reader.byte()
    if (opcode === OPCODE.end) return true
    if (opcode === OPCODE.refFunc) found.add(reader.unsigned())
    else if (WITH_LEB.has(opcode)) reader.skipLeb()
    else if (!PLAIN.has(opcode)) return false
  }
}
