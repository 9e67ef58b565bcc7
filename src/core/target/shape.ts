// What a module imports and exports, with signatures, which `WebAssembly.Module.exports` does not tell. Reads the type,
// import, function, table, memory, export, start and name sections of a module that is known to be valid.
import type { Signature, ValueType } from '../../../instrument/types.ts'

export type ExternKind = 'function' | 'table' | 'memory' | 'global' | 'tag'

export interface Limits {
  readonly initial: number
  readonly maximum: number | null
}

export interface ImportShape {
  readonly module: string
  readonly name: string
  readonly kind: ExternKind
  /** Of a function; null for everything else. */
  readonly signature: Signature | null
  /** Of a memory or table. */
  readonly limits: Limits | null
  /** What a table holds. */
  readonly element: 'funcref' | 'externref' | null
  readonly global: { readonly type: ValueType; readonly mutable: boolean } | null
}

export interface ExportShape {
  readonly name: string
  readonly kind: ExternKind
  readonly index: number
  readonly signature: Signature | null
}

export interface ModuleShape {
  readonly imports: readonly ImportShape[]
  readonly exports: readonly ExportShape[]
  /** Limits of memory 0, imported or own; null where there is none. */
  readonly memory: Limits | null
  readonly hasStart: boolean
  /** Functions by index, imported ones first: from the name section, else from exports. */
  readonly functionNames: ReadonlyMap<number, string>
}

const KINDS: readonly ExternKind[] = ['function', 'table', 'memory', 'global', 'tag']
const SECTION = { custom: 0, type: 1, import: 2, function: 3, memory: 5, export: 7, start: 8 } as const
const VALUE_TYPES: Readonly<Record<number, ValueType>> = {
  0x7f: 'i32',
  0x7e: 'i64',
  0x7d: 'f32',
  0x7c: 'f64',
  0x7b: 'v128',
}
const MAGIC_BYTES = 8

class Reader {
  readonly bytes: Uint8Array
  position: number

  constructor(bytes: Uint8Array, position: number) {
    this.bytes = bytes
    this.position = position
  }

  byte(): number {
    const byte = this.bytes[this.position++]
    if (byte === undefined) throw new RangeError('the module ends in the middle of a section')
    return byte
  }

  /** LEB128, unsigned or not: enough for counts, indices and heap types, which are skipped. */
  number(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
  }

  name(): string {
    const length = this.number()
    this.position += length
    return new TextDecoder().decode(this.bytes.subarray(this.position - length, this.position))
  }

  list<T>(read: () => T): T[] {
    return Array.from({ length: this.number() }, read)
  }

  valueType(): ValueType {
    const code = this.byte()
    if (code === 0x63 || code === 0x64) this.number()
    return VALUE_TYPES[code] ?? 'ref'
  }

  limits(): Limits {
    const flags = this.byte()
    const initial = this.number()
    const maximum = flags & 1 ? this.number() : null
    if (flags & 8) this.number()
    return { initial, maximum }
  }
}

/** Reads a valid module; the answer for an invalid one is unspecified. */
export function readShape(bytes: Uint8Array): ModuleShape {
  const shape = new ShapeBuilder()
  const sections = new Reader(bytes, MAGIC_BYTES)
  while (sections.position < bytes.length) {
    const id = sections.byte()
    const length = sections.number()
    const start = sections.position
    shape.section(id, new Reader(bytes.subarray(0, start + length), start))
    sections.position = start + length
  }
  return shape.finish()
}

class ShapeBuilder {
  readonly imports: ImportShape[] = []
  readonly exports: ExportShape[] = []
  readonly names: Map<number, string> = new Map()
  /** Types that are not functions hold a null, so that indices stay right. */
  types: (Signature | null)[] = []
  functionTypes: number[] = []
  memories: Limits[] = []
  hasStart = false

  section(id: number, reader: Reader): void {
    if (id === SECTION.type) this.types = readTypes(reader)
    else if (id === SECTION.import) reader.list(() => this.readImport(reader))
    else if (id === SECTION.function) this.functionTypes.push(...reader.list(() => reader.number()))
    else if (id === SECTION.memory) this.memories.push(...reader.list(() => reader.limits()))
    else if (id === SECTION.export) reader.list(() => this.readExport(reader))
    else if (id === SECTION.start) this.hasStart = true
    else if (id === SECTION.custom && reader.name() === 'name') this.readNames(reader)
  }

  readImport(reader: Reader): void {
    const module = reader.name()
    const name = reader.name()
    const kind = KINDS[reader.byte()] ?? 'tag'
    let signature: Signature | null = null
    let limits: Limits | null = null
    let element: ImportShape['element'] = null
    let global: ImportShape['global'] = null
    if (kind === 'function') {
      const type = reader.number()
      this.functionTypes.push(type)
      signature = this.types[type] ?? null
    } else if (kind === 'table') {
      element = reader.byte() === 0x6f ? 'externref' : 'funcref'
      limits = reader.limits()
    } else if (kind === 'memory') {
      limits = reader.limits()
      this.memories.push(limits)
    } else if (kind === 'global') {
      global = { type: reader.valueType(), mutable: reader.byte() === 1 }
    } else {
      reader.byte()
      reader.number()
    }
    this.imports.push({ module, name, kind, signature, limits, element, global })
  }

  readExport(reader: Reader): void {
    const name = reader.name()
    const kind = KINDS[reader.byte()] ?? 'tag'
    const index = reader.number()
    const signature = kind === 'function' ? (this.types[this.functionTypes[index] ?? -1] ?? null) : null
    this.exports.push({ name, kind, index, signature })
  }

  /** The name section is a courtesy: a broken one names nothing. */
  readNames(reader: Reader): void {
    try {
      while (reader.position < reader.bytes.length) {
        const subsection = reader.byte()
        const end = reader.number() + reader.position
        if (subsection === 1) reader.list(() => this.names.set(reader.number(), reader.name()))
        reader.position = end
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }

  finish(): ModuleShape {
    for (const { kind, index, name } of this.exports) {
      if (kind === 'function' && !this.names.has(index)) this.names.set(index, name)
    }
    const { imports, exports, hasStart } = this
    return { imports, exports, hasStart, memory: this.memories[0] ?? null, functionNames: this.names }
  }
}

/** Function types; a module of a garbage-collected language holds others, whose places must be kept. */
function readTypes(reader: Reader): (Signature | null)[] {
  const types: (Signature | null)[] = []
  for (let remaining = reader.number(); remaining > 0; remaining--) {
    const group = reader.bytes[reader.position] === 0x4e
    if (group) reader.byte()
    const members = group ? reader.number() : 1
    for (let member = 0; member < members; member++) types.push(readType(reader))
  }
  return types
}

function readType(reader: Reader): Signature | null {
  let form = reader.byte()
  if (form === 0x4f || form === 0x50) {
    reader.list(() => reader.number())
    form = reader.byte()
  }
  if (form === 0x60) {
    return { params: reader.list(() => reader.valueType()), results: reader.list(() => reader.valueType()) }
  }
  const fields = form === 0x5f ? reader.number() : 1
  for (let field = 0; field < fields; field++) {
    // i8 and i16 are one byte too; mutability follows.
    reader.valueType()
    reader.byte()
  }
  return null
}

/** `(i32, i32) → i32`, for messages. */
export function showSignature(signature: Signature): string {
  const results = signature.results.length === 0 ? 'nothing' : signature.results.join(', ')
  return `(${signature.params.join(', ')}) → ${results}`
}

export function sameSignature(a: Signature, b: Signature): boolean {
  return showSignature(a) === showSignature(b)
}

/** Names of the exported functions, for messages and detection. */
export function exportedFunctions(shape: ModuleShape): readonly string[] {
  return shape.exports.filter(({ kind }) => kind === 'function').map(({ name }) => name)
}

export function findExport(shape: ModuleShape, name: string): ExportShape | undefined {
  return shape.exports.find((item) => item.kind === 'function' && item.name === name)
}
