// Binaryen writes every null reference with the lowest type there is, `ref.null nofunc`. Engines of before the proposal for
// garbage collection, which most of those that lack multi-memory are, know only `ref.null func` and `ref.null extern`. They
// know no types of single functions either, so that the wider type fits wherever the null goes.
import { ByteReader, concat } from '../sections/bytes.ts'
import { SECTION, type Sections } from '../sections/sections.ts'
import { END, readInstruction } from './instructions.ts'

/** Heap types as numbers: nofunc → func, noextern → extern, noexn → exn. */
const PLAIN: ReadonlyMap<number, number> = new Map([
  [-13, 0x70],
  [-14, 0x6f],
  [-12, 0x69],
])

/** The same null as older engines know it; null where they know none. */
export function plainNull(heapType: number): readonly number[] | null {
  const plain = PLAIN.get(heapType)
  return plain === undefined ? null : [0xd0, plain]
}

/** Nulls in the constant expressions of globals and elements. Tables have none: a null is what they begin with. */
export function plainNullsIn(sections: Sections): void {
  rewrite(sections, SECTION.global, (reader) => {
    reader.valueType()
    reader.byte()
    return [expression(reader)]
  })
  rewrite(sections, SECTION.element, elements)
}

type Part = Uint8Array

/** Puts the parts that `read` returns in place of the last bytes that it has read. */
function rewrite(sections: Sections, id: number, read: (reader: ByteReader) => Part[]): void {
  const reader = new ByteReader(sections.items(id))
  const parts: Part[] = []
  while (!reader.atEnd) {
    const start = reader.position
    const tail = read(reader)
    const kept = reader.position - tail.reduce((sum, part) => sum + part.length, 0)
    parts.push(reader.bytes.subarray(start, kept), ...tail)
  }
  sections.setVector(id, sections.count(id), parts)
}

/** Bit 0: passive or declared; bit 1: a table or a kind is named; bit 2: expressions in place of indices. */
function elements(reader: ByteReader): Part[] {
  const flags = reader.byte()
  if ((flags & 3) === 2) reader.unsigned()
  if ((flags & 1) === 0) while (reader.bytes[reader.position] !== END) readInstruction(reader)
  if ((flags & 1) === 0) reader.byte()
  if (flags & 3) reader.valueType()
  const count = reader.unsigned()
  if (flags & 4) return Array.from({ length: count }, () => expression(reader))
  for (let left = count; left > 0; left--) reader.unsigned()
  return []
}

/** A constant expression with its `end`; no longer and no shorter than it was. */
function expression(reader: ByteReader): Part {
  const parts: (Uint8Array | readonly number[])[] = []
  for (;;) {
    const start = reader.position
    if (reader.bytes[start] === END) break
    const instruction = readInstruction(reader)
    const plain = instruction?.kind === 'null' ? plainNull(instruction.heapType) : null
    parts.push(plain ?? reader.bytes.subarray(start, reader.position))
  }
  return concat([...parts, [reader.byte()]])
}
