// One instruction at a time: where it ends, and which memory it names.
import type { ByteReader } from '../sections/bytes.ts'
import { type Access, ATOMIC, PLAIN, VECTOR } from './accesses.ts'

/** An instruction that has to do with memories, a constant that may be an address, or a null reference. */
export type Instruction =
  | {
      readonly kind: 'access'
      readonly access: Access
      readonly opcode: readonly number[]
      readonly at: MemoryArgument
    }
  | { readonly kind: 'size' | 'grow' | 'fill'; readonly memory: number }
  | { readonly kind: 'copy'; readonly memory: number; readonly source: number }
  | { readonly kind: 'init'; readonly memory: number; readonly segment: number }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'null'; readonly heapType: number }

export interface MemoryArgument {
  readonly align: number
  readonly memory: number
  readonly offset: number
  readonly lane: number | null
}

export const END = 0x0b
const I32_CONST = 0x41
const VECTOR_PREFIX = 0xfd
const ATOMIC_PREFIX = 0xfe
/** Set in the alignment where the index of a memory follows. */
const NAMES_MEMORY = 0x40

/** Moves past one instruction; null for all others. Throws RangeError at one that it does not know. */
export function readInstruction(reader: ByteReader): Instruction | null {
  const start = reader.position
  const opcode = reader.byte()
  if (opcode === I32_CONST) return { kind: 'constant', value: signed(reader) }
  const access = PLAIN.get(opcode)
  if (access) return { kind: 'access', access, opcode: [opcode], at: memoryArgument(reader, false) }
  if (opcode === 0x3f || opcode === 0x40) return { kind: opcode === 0x3f ? 'size' : 'grow', memory: reader.unsigned() }
  if (opcode === 0xd0) return { kind: 'null', heapType: signed(reader) }
  if (opcode === 0xfc) return readMiscellaneous(reader)
  if (opcode === VECTOR_PREFIX || opcode === ATOMIC_PREFIX) return readPrefixed(reader, opcode, start)
  if (opcode === 0xfb) skipObject(reader)
  else skipPlain(reader, opcode)
  return null
}

function memoryArgument(reader: ByteReader, lane: boolean): MemoryArgument {
  const align = reader.unsigned()
  const memory = align & NAMES_MEMORY ? reader.unsigned() : 0
  return { align: align & ~NAMES_MEMORY, memory, offset: reader.unsigned(), lane: lane ? reader.byte() : null }
}

function readPrefixed(reader: ByteReader, prefix: number, start: number): Instruction | null {
  const code = reader.unsigned()
  const access = (prefix === VECTOR_PREFIX ? VECTOR : ATOMIC).get(code)
  if (access) {
    const opcode = [...reader.bytes.subarray(start, reader.position)]
    return { kind: 'access', access, opcode, at: memoryArgument(reader, access.lane) }
  }
  // fence · v128.const, i8x16.shuffle · lanes that are extracted or replaced
  if (prefix === ATOMIC_PREFIX) reader.byte()
  else if (code === 12 || code === 13) reader.take(16)
  else if (code >= 21 && code <= 34) reader.byte()
  return null
}

/** Saturating truncations and wide arithmetic take nothing; the rest are bulk operations. */
function readMiscellaneous(reader: ByteReader): Instruction | null {
  const code = reader.unsigned()
  if (code === 8) {
    const segment = reader.unsigned()
    return { kind: 'init', segment, memory: reader.unsigned() }
  }
  if (code === 10) return { kind: 'copy', memory: reader.unsigned(), source: reader.unsigned() }
  if (code === 11) return { kind: 'fill', memory: reader.unsigned() }
  if (code === 12 || code === 14) skipLebs(reader, 2)
  else if (code === 9 || (code >= 13 && code <= 17)) reader.skipLeb()
  return null
}

/** How many numbers follow each instruction of garbage-collected objects; the code is the index. */
const OBJECT_NUMBERS = [1, 1, 2, 2, 2, 2, 1, 1, 2, 2, 2, 1, 1, 1, 1, 0, 1, 2, 2, 2, 1, 1, 1, 1, 4, 4, 0, 0, 0, 0, 0]

function skipObject(reader: ByteReader): void {
  const code = reader.unsigned()
  const numbers = OBJECT_NUMBERS[code]
  if (numbers === undefined) throw new RangeError(`unknown instruction 0xfb ${code}`)
  skipLebs(reader, numbers)
}

/** Instructions that one number follows: indices of labels, functions, tags, locals, globals, tables; i64.const. */
const ONE_NUMBER: ReadonlySet<number> = new Set([
  0x07, 0x08, 0x09, 0x0c, 0x0d, 0x10, 0x12, 0x14, 0x15, 0x18, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x42, 0xd2,
  0xd5, 0xd6,
])
const NOTHING: ReadonlySet<number> = new Set([0x00, 0x01, 0x05, 0x0a, END, 0x0f, 0x19, 0x1a, 0x1b, 0xd1, 0xd3, 0xd4])
/** block, loop, if, try */
const BLOCKS: ReadonlySet<number> = new Set([0x02, 0x03, 0x04, 0x06])

function skipPlain(reader: ByteReader, opcode: number): void {
  if ((opcode >= 0x45 && opcode <= 0xc4) || NOTHING.has(opcode)) return
  if (ONE_NUMBER.has(opcode)) reader.skipLeb()
  else if (BLOCKS.has(opcode)) skipBlockType(reader)
  else if (opcode === 0x11 || opcode === 0x13) skipLebs(reader, 2)
  else if (opcode === 0x43) reader.take(4)
  else if (opcode === 0x44) reader.take(8)
  else if (opcode === 0x0e) skipLebs(reader, reader.unsigned() + 1)
  else if (opcode === 0x1c) for (let types = reader.unsigned(); types > 0; types--) reader.valueType()
  else if (opcode === 0x1f) skipTryTable(reader)
  else throw new RangeError(`unknown instruction 0x${opcode.toString(16)}`)
}

function skipTryTable(reader: ByteReader): void {
  skipBlockType(reader)
  for (let clauses = reader.unsigned(); clauses > 0; clauses--) {
    const namesTag = reader.byte() < 2
    skipLebs(reader, namesTag ? 2 : 1)
  }
}

/** A value type, or a number that is the index of a type or says that there is none. */
function skipBlockType(reader: ByteReader): void {
  const first = reader.bytes[reader.position]
  if (first === 0x63 || first === 0x64) reader.byte()
  reader.skipLeb()
}

function skipLebs(reader: ByteReader, count: number): void {
  for (let left = count; left > 0; left--) reader.skipLeb()
}

/** Signed LEB128 of 32 bits. */
function signed(reader: ByteReader): number {
  let value = 0
  let shift = 0
  for (;;) {
    const byte = reader.byte()
    value |= (byte & 0x7f) << shift
    shift += 7
    if (byte < 0x80) return shift < 32 && byte & 0x40 ? value | (-1 << shift) : value
  }
}
