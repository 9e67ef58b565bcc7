// What has to happen to a module before Binaryen reads it, because Binaryen has no function for it: the module comes to
// own all its state, within the limits of the sandbox.
//
// - Imported memories, tables, globals and tags become defined ones. The imported ones head each index space and the
//   defined ones follow, so that no index changes when an entry moves from the one section to the head of the other.
//   (Functions are left to the pass `imports`, which knows which of them the host provides.)
// - Maxima of memory and tables are clamped; a module that starts beyond them is refused.
// - The start function is exported instead of started.
// - Names that begin as those of inserted code do are not let in: Binaryen refers to everything by name, and a target that
//   calls its own memory what we call the engine's would get the engine's.
// - The memory is exported under a name of ours, by which every later pass finds it.
//
// A harness keeps what it imports from "target", and its memory, wherever it imports it from, becomes the target's.
import { refuse } from '../errors.ts'
import { ADDED, TARGET_MODULE, type InstrumentOptions } from '../types.ts'
import { ByteReader, concat, nameBytes, unsignedLeb } from './bytes.ts'
import { type Limits, readLimits, writeLimits } from './limits.ts'
import { SECTION, Sections } from './sections.ts'

/** Name, in module TARGET_MODULE, of the target's memory. */
const TARGET_MEMORY = 'memory'

/** Most pages that a 32-bit memory can have. */
const PAGES_MAX = 0x1_0000

/** What the names of all inserted functions, globals, tables, memories and exports begin with. */
const OUR_NAMES = 'fuzzbox.'

const KIND = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const
const HEAP_TYPE_BYTES = new Set([0x70, 0x6f, 0x6e, 0x6d, 0x6c, 0x6b, 0x6a, 0x69, 0x71, 0x72, 0x73, 0x74])

export interface OwnedState {
  readonly wasm: Uint8Array
  readonly memory: {
    readonly pagesInitial: number
    /** The maximum that the module itself asks for, and what the host adds; 65536 where it asks for none. */
    readonly pagesDeclared: number
    /** The maximum it gets. */
    readonly pagesMax: number
  } | null
  readonly hasStart: boolean
  /** Whether the name section was damaged, or held names of ours, with which inserted code could be confused. */
  readonly namesDropped: boolean
  /** Imported memories, tables, globals and tags that the module now owns, as "module name". */
  readonly owned: readonly string[]
}

type Bytes = Uint8Array | readonly number[]

interface Draft {
  kept: Bytes[]
  tables: Bytes[]
  memories: { readonly limits: Limits; readonly imported: boolean; readonly kept: boolean }[]
  globals: Bytes[]
  tags: Bytes[]
  owned: string[]
}

/** Rewrites the sections of a valid module; throws InstrumentError where the sandbox cannot hold it. */
export function ownState(wasm: Uint8Array, options: InstrumentOptions): OwnedState {
  const sections = new Sections(wasm)
  const draft: Draft = { kept: [], tables: [], memories: [], globals: [], tags: [], owned: [] }
  takeImports(sections, options, draft)
  takeDefinitions(sections, options, draft)
  const memory = draft.memories[0]
  if (draft.memories.length > 1) throw refuse.multiMemory(draft.memories.length)
  if (memory !== undefined && options.role === 'harness' && !memory.kept) throw refuse.harnessMemory()
  const pages = memory === undefined ? null : clampMemory(memory.limits, options)

  sections.setVector(SECTION.import, draft.kept.length, draft.kept)
  sections.setVector(SECTION.table, draft.tables.length, draft.tables)
  const defined = pages === null || memory!.kept ? [] : [writeLimits(pages.pagesInitial, pages.pagesMax)]
  sections.setVector(SECTION.memory, defined.length, defined)
  prepend(sections, SECTION.global, draft.globals)
  prepend(sections, SECTION.tag, draft.tags)
  const hasStart = addExports(sections, pages !== null)
  const namesDropped = sections.dropNames(OUR_NAMES)
  return { wasm: sections.encode(), memory: pages, hasStart, namesDropped, owned: draft.owned }
}

function prepend(sections: Sections, id: number, items: readonly Bytes[]): void {
  if (items.length === 0) return
  const count = sections.count(id)
  sections.setVector(id, items.length + count, [...items, sections.items(id)])
}

function takeImports(sections: Sections, options: InstrumentOptions, draft: Draft): void {
  const payload = sections.payload(SECTION.import)
  if (payload === undefined) return
  const reader = new ByteReader(payload)
  for (let left = reader.unsigned(); left > 0; left--) {
    const start = reader.position
    const module = reader.name()
    const name = reader.name()
    const kind = reader.byte()
    const descriptor = reader.position
    const harness = options.role === 'harness'
    const stays = kind === KIND.function || (harness && module === TARGET_MODULE)
    if (kind === KIND.function) reader.unsigned()
    else if (kind === KIND.table) takeTable(reader, options, draft, stays, `${module} ${name}`)
    else if (kind === KIND.memory) draft.memories.push({ limits: readLimits(reader), imported: true, kept: harness })
    else if (kind === KIND.global) takeGlobal(reader, draft, stays, `${module} ${name}`)
    else if (kind === KIND.tag) takeTag(reader, draft, stays)
    else throw refuse.notWasm(`import ${module} ${name} is of the unknown kind ${kind}`)
    if (kind === KIND.memory && harness) draft.kept.push(targetMemoryImport())
    else if (stays) draft.kept.push(payload.subarray(start, reader.position))
    else draft.owned.push(`${module} ${name}`)
    if (reader.position === descriptor) throw refuse.notWasm(`import ${module} ${name} has no type`)
  }
}

/** The widest limits: whatever the target's memory is, it fits. */
function targetMemoryImport(): Uint8Array {
  const names = [...nameBytes(TARGET_MODULE), ...nameBytes(TARGET_MEMORY)]
  return concat([names, [KIND.memory], writeLimits(0, PAGES_MAX)])
}

function takeTable(reader: ByteReader, options: InstrumentOptions, draft: Draft, stays: boolean, where: string): void {
  const type = reader.valueType()
  const limits = readLimits(reader)
  if (stays) return
  if (type[0] === 0x64) throw refuse.importWithoutZero(where, 'table of non-null references')
  draft.tables.push(concat([type, clampTable(limits, options, where)]))
}

function takeGlobal(reader: ByteReader, draft: Draft, stays: boolean, where: string): void {
  const type = reader.valueType()
  const mutability = reader.byte()
  if (!stays) draft.globals.push(concat([type, [mutability], zeroOf(type, where), [0x0b]]))
}

function takeTag(reader: ByteReader, draft: Draft, stays: boolean): void {
  const start = reader.position
  reader.byte()
  reader.unsigned()
  if (!stays) draft.tags.push(reader.bytes.subarray(start, reader.position))
}

/** The constant instruction that makes a zero, or a null, of the type. */
function zeroOf(type: Uint8Array, where: string): Bytes {
  const first = type[0]!
  if (first === 0x7f) return [0x41, 0]
  if (first === 0x7e) return [0x42, 0]
  if (first === 0x7d) return [0x43, 0, 0, 0, 0]
  if (first === 0x7c) return [0x44, 0, 0, 0, 0, 0, 0, 0, 0]
  if (first === 0x7b) return [0xfd, 0x0c, ...new Array<number>(16).fill(0)]
  if (first === 0x63) return concat([[0xd0], type.subarray(1)])
  if (HEAP_TYPE_BYTES.has(first)) return [0xd0, first]
  throw refuse.importWithoutZero(where, 'global that holds a non-null reference')
}

function takeDefinitions(sections: Sections, options: InstrumentOptions, draft: Draft): void {
  const tables = sections.payload(SECTION.table)
  if (tables !== undefined) {
    const reader = new ByteReader(tables)
    for (let left = reader.unsigned(); left > 0; left--) draft.tables.push(definedTable(reader, options, draft))
  }
  const memories = sections.payload(SECTION.memory)
  if (memories !== undefined) {
    const reader = new ByteReader(memories)
    for (let left = reader.unsigned(); left > 0; left--)
      draft.memories.push({ limits: readLimits(reader), imported: false, kept: false })
  }
}

function definedTable(reader: ByteReader, options: InstrumentOptions, draft: Draft): Bytes {
  const where = `table ${draft.tables.length}`
  const start = reader.position
  if (reader.bytes[start] !== 0x40) {
    const type = reader.valueType()
    return concat([type, clampTable(readLimits(reader), options, where)])
  }
  reader.take(2)
  const type = reader.valueType()
  const limits = clampTable(readLimits(reader), options, where)
  return concat([[0x40, 0], type, limits, constantExpression(reader, where)])
}

/** The bytes of a constant expression that initialises a table, `end` included. */
function constantExpression(reader: ByteReader, where: string): Uint8Array {
  const start = reader.position
  for (;;) {
    const opcode = reader.byte()
    if (opcode === 0x0b) return reader.bytes.subarray(start, reader.position)
    if (opcode === 0xd0 || opcode === 0xd2 || opcode === 0x23 || opcode === 0x41) reader.skipLeb()
    else if (opcode === 0xfb && reader.byte() === 0x1c)
      continue // ref.i31
    else throw refuse.notWasm(unknown(where))
  }
}

const unknown = (where: string): string => `${where} is initialised by an instruction that fuzzbox does not know`

function clampTable(limits: Limits, options: InstrumentOptions, where: string): number[] {
  if (limits.is64) throw refuse.memory64()
  if (limits.minimum > options.tableEntriesMax) throw refuse.tableLimit(where, limits.minimum, options.tableEntriesMax)
  return writeLimits(limits.minimum, Math.min(limits.maximum ?? options.tableEntriesMax, options.tableEntriesMax))
}

function clampMemory(limits: Limits, options: InstrumentOptions): NonNullable<OwnedState['memory']> {
  if (limits.is64) throw refuse.memory64()
  if (limits.shared) throw refuse.sharedMemory()
  if (limits.minimum > options.memoryPagesMax) throw refuse.memoryLimit(limits.minimum, options.memoryPagesMax)
  const reserved = options.pagesReserved ?? 0
  const pagesDeclared = Math.min((limits.maximum ?? PAGES_MAX) + reserved, PAGES_MAX)
  const pagesMax = Math.min(pagesDeclared, options.memoryPagesMax + reserved)
  return { pagesInitial: limits.minimum, pagesDeclared, pagesMax }
}

/** Exports the start function and the memory; returns whether there was a start function. */
function addExports(sections: Sections, memory: boolean): boolean {
  const start = sections.payload(SECTION.start)
  const added: Bytes[] = []
  if (memory) added.push(concat([nameBytes(ADDED.targetMemory), [KIND.memory, 0]]))
  if (start !== undefined) {
    const index = new ByteReader(start).unsigned()
    added.push(concat([nameBytes(ADDED.start), [KIND.function], unsignedLeb(index)]))
    sections.remove(SECTION.start)
  }
  const count = sections.count(SECTION.export)
  for (const name of exportNames(sections)) if (name.startsWith(OUR_NAMES)) throw refuse.addedName(name)
  if (added.length > 0)
    sections.setVector(SECTION.export, count + added.length, [sections.items(SECTION.export), ...added])
  return start !== undefined
}

function exportNames(sections: Sections): string[] {
  const reader = new ByteReader(sections.items(SECTION.export))
  const names: string[] = []
  while (!reader.atEnd) {
    names.push(reader.name())
    reader.byte()
    reader.unsigned()
  }
  return names
}
