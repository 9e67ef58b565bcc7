// The layout for engines that allow a module one memory only. An instrumented module names two, the engine's and the
// target's; this makes it name the engine's alone, with the target's lying in it:
//
//   engine's memory   0            base                     base + bytesMax
//                     ├─ engine ───┼─ target's memory ──────┼─ …
//
// - Loads, stores and bulk operations on the target's memory: accesses-lowered.ts. Those on the engine's stay as they are.
// - Data that belongs to the target's memory becomes passive and is copied by a start function, with the checks that the
//   standard asks for. (Instrumented modules have no start function of their own: `ownState` exports it.)
// - Neither memory is exported: what would be exported holds the engine too.
//
// It works on the bytes, with constants for all addresses, as a module is loaded: so every target has one prepared form,
// whatever the engine that runs it. Who loads it clears the target's range and writes its initial size first.
import { ByteReader, concat, unsignedLeb } from '../sections/bytes.ts'
import { readLimits } from '../sections/limits.ts'
import { SECTION, Sections } from '../sections/sections.ts'
import { readTypes } from '../sections/types.ts'
import { ADDED } from '../types.ts'
import { lowerAccess, lowerBulk, lowerGrow, lowerSize, type Placement } from './accesses-lowered.ts'
import { CodeWriter, i32, Scratch } from './code.ts'
import { plainNull, plainNullsIn } from './nulls.ts'
import { END, type Instruction, type MemoryArgument, readInstruction } from './instructions.ts'

export type { Placement } from './accesses-lowered.ts'

const KIND = { function: 0, table: 1, memory: 2, global: 3 } as const
/** How a data segment begins: active in memory 0, passive, active in the memory named. */
const ACTIVE = 0
const PASSIVE = 1

/**
 * The module with one memory; `place` is null where the target has none. `plainNulls` is for engines that know no bottom
 * types (nulls.ts). Throws RangeError where it holds what is not known; the module must be valid.
 */
export function lowerToOneMemory(wasm: Uint8Array, place: Placement | null, plainNulls: boolean = false): Uint8Array {
  const sections = new Sections(wasm)
  const imports = lowerImports(sections)
  if (plainNulls) plainNullsIn(sections)
  const types = readTypes(new ByteReader(sections.payload(SECTION.type) ?? Uint8Array.of(0)))
  sections.remove(SECTION.memory)
  dropMemoryExports(sections)
  const lowering = new Lowering(imports.target, place, plainNulls)
  const functionTypes = readIndices(sections)
  const bodies = readBodies(sections).map((body, i) => lowering.body(body, types[functionTypes[i]!]!.params.length))
  const copies = lowering.memory === null ? new Uint8Array() : lowerData(sections, lowering)
  if (copies.length > 0) {
    append(sections, SECTION.type, [0x60, 0, 0])
    append(sections, SECTION.function, unsignedLeb(types.length))
    sections.set(SECTION.start, Uint8Array.from(unsignedLeb(imports.functions + bodies.length)))
    bodies.push(copies)
  }
  sections.setVector(
    SECTION.code,
    bodies.length,
    bodies.flatMap((body) => [unsignedLeb(body.length), body]),
  )
  return sections.encode()
}

interface Imports {
  readonly functions: number
  /** Index of the target's memory; null where the module has none. */
  readonly target: number | null
}

/** Keeps all imports but the target's memory, which a harness imports. */
function lowerImports(sections: Sections): Imports {
  const reader = new ByteReader(sections.payload(SECTION.import) ?? Uint8Array.of(0))
  const kept: Uint8Array[] = []
  const memories: boolean[] = []
  let functions = 0
  for (let left = reader.unsigned(); left > 0; left--) {
    const start = reader.position
    const isEngine = [reader.name(), reader.name()].join('\0') === `${ADDED.importModule}\0${ADDED.memory}`
    const kind = reader.byte()
    if (kind === KIND.memory) {
      readLimits(reader)
      memories.push(isEngine)
    } else if (kind === KIND.table) {
      reader.valueType()
      readLimits(reader)
    } else if (kind === KIND.global) {
      reader.valueType()
      reader.byte()
    } else {
      if (kind !== KIND.function) reader.byte()
      reader.unsigned()
    }
    if (kind === KIND.function) functions++
    if (kind !== KIND.memory || isEngine) kept.push(reader.bytes.subarray(start, reader.position))
  }
  sections.setVector(SECTION.import, kept.length, kept)
  const owned = sections.count(SECTION.memory)
  const target = memories.indexOf(false)
  if (target >= 0) return { functions, target }
  return { functions, target: owned > 0 ? memories.length : null }
}

function dropMemoryExports(sections: Sections): void {
  const reader = new ByteReader(sections.items(SECTION.export))
  const kept: Uint8Array[] = []
  while (!reader.atEnd) {
    const start = reader.position
    reader.name()
    const kind = reader.byte()
    reader.unsigned()
    if (kind !== KIND.memory) kept.push(reader.bytes.subarray(start, reader.position))
  }
  sections.setVector(SECTION.export, kept.length, kept)
}

function readIndices(sections: Sections): number[] {
  const reader = new ByteReader(sections.items(SECTION.function))
  const indices: number[] = []
  while (!reader.atEnd) indices.push(reader.unsigned())
  return indices
}

function readBodies(sections: Sections): Uint8Array[] {
  const reader = new ByteReader(sections.items(SECTION.code))
  const bodies: Uint8Array[] = []
  while (!reader.atEnd) bodies.push(reader.take(reader.unsigned()))
  return bodies
}

function append(sections: Sections, id: number, item: readonly number[]): void {
  sections.setVector(id, sections.count(id) + 1, [sections.items(id), item])
}

/** Makes the target's segments passive; the body of a function that copies them, or nothing where there are none. */
function lowerData(sections: Sections, lowering: Lowering): Uint8Array {
  const reader = new ByteReader(sections.payload(SECTION.data) ?? Uint8Array.of(0))
  const count = reader.unsigned()
  const segments: (Uint8Array | readonly number[])[] = []
  const code = new CodeWriter()
  const scratch = new Scratch(0)
  for (let segment = 0; segment < count; segment++) {
    const start = reader.position
    const flags = reader.unsigned()
    const memory = flags === ACTIVE || flags === PASSIVE ? 0 : reader.unsigned()
    const offset = flags === PASSIVE ? null : constantExpression(reader)
    const length = reader.unsigned()
    const bytes = reader.take(length)
    if (offset === null || memory !== lowering.memory) {
      segments.push(reader.bytes.subarray(start, reader.position))
      continue
    }
    segments.push([PASSIVE, ...unsignedLeb(length)], bytes)
    for (const part of [offset, i32(0), i32(length), lowering.init(segment, scratch), dataDrop(segment)])
      code.append(part)
  }
  if (code.length === 0) return new Uint8Array()
  sections.setVector(SECTION.data, count, segments)
  sections.set(SECTION.dataCount, Uint8Array.from(unsignedLeb(count)))
  return withLocals([], scratch, [code.bytes(), [END]])
}

const dataDrop = (segment: number): readonly number[] => [0xfc, 9, ...unsignedLeb(segment)]

/** The bytes of a constant expression, without its `end`. */
function constantExpression(reader: ByteReader): Uint8Array {
  const start = reader.position
  while (reader.bytes[reader.position] !== END) readInstruction(reader)
  reader.byte()
  return reader.bytes.subarray(start, reader.position - 1)
}

type Bytes = Uint8Array | readonly number[]

function withLocals(groups: readonly Bytes[], scratch: Scratch, code: readonly Bytes[]): Uint8Array {
  const all = [...groups, ...scratch.declarations()]
  return concat([unsignedLeb(all.length), ...all, ...code])
}

class Lowering {
  /** Index of the target's memory; null where this module has none. */
  readonly memory: number | null
  readonly #given: Placement | null
  readonly #plainNulls: boolean

  constructor(memory: number | null, place: Placement | null, plainNulls: boolean) {
    this.memory = memory
    this.#given = place
    this.#plainNulls = plainNulls
  }

  get #place(): Placement {
    if (this.#given === null) throw new RangeError('a memory that no place was made for')
    return this.#given
  }

  /** A function's body; it stays as it is where it does not touch the target's memory. */
  body(body: Uint8Array, parameters: number): Uint8Array {
    const reader = new ByteReader(body)
    const groups: Uint8Array[] = []
    let locals = parameters
    for (let left = reader.unsigned(); left > 0; left--) {
      const start = reader.position
      locals += reader.unsigned()
      reader.valueType()
      groups.push(body.subarray(start, reader.position))
    }
    const scratch = new Scratch(locals)
    const out = new CodeWriter()
    let copied = reader.position
    let constant: number | null = null
    while (!reader.atEnd) {
      const start = reader.position
      const instruction = readInstruction(reader)
      const lowered = instruction && this.#lower(instruction, scratch, constant)
      constant = instruction?.kind === 'constant' ? instruction.value : null
      if (lowered === null) continue
      out.append(body.subarray(copied, start))
      out.append(lowered)
      copied = reader.position
    }
    if (out.length === 0) return body
    out.append(body.subarray(copied))
    return withLocals(groups, scratch, [out.bytes()])
  }

  init(segment: number, scratch: Scratch, target = true): Bytes {
    const opcode = [0xfc, 8, ...unsignedLeb(segment)]
    return lowerBulk(opcode, [0], this.#place, scratch, { target, source: false })
  }

  /** What stands in place of an instruction; null where it can stay. */
  #lower(instruction: Instruction, scratch: Scratch, constant: number | null): Bytes | null {
    if (instruction.kind === 'constant') return null
    if (instruction.kind === 'null') return this.#plainNulls ? plainNull(instruction.heapType) : null
    if (instruction.kind === 'access') {
      const { access, opcode, at } = instruction
      if (at.memory === this.memory) return lowerAccess(access, opcode, at, this.#place, scratch, constant)
      return at.memory === 0 ? null : engineAccess(opcode, at)
    }
    const { kind, memory } = instruction
    const target = memory === this.memory
    const source = kind === 'copy' && instruction.source === this.memory
    if (kind === 'copy') {
      if (!target && !source && memory === 0 && instruction.source === 0) return null
      return lowerBulk([0xfc, 10], [0, 0], this.#place, scratch, { target, source })
    }
    if (!target && memory === 0) return null
    if (kind === 'init') return this.init(instruction.segment, scratch, target)
    if (kind === 'fill') return lowerBulk([0xfc, 11], [0], this.#place, scratch, { target, source })
    if (!target) throw new RangeError("the size of the engine's memory is nobody's business")
    return kind === 'size' ? lowerSize(this.#place) : lowerGrow(this.#place, scratch)
  }
}

/** The engine's memory comes first, whichever it was. */
function engineAccess(opcode: readonly number[], at: MemoryArgument): Bytes | null {
  if (at.memory === 0) return null
  const lane = at.lane === null ? [] : [at.lane]
  return [...opcode, ...unsignedLeb(at.align), ...unsignedLeb(at.offset), ...lane]
}
