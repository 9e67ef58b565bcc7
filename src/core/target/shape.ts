// What a module imports and exports, with signatures, which `WebAssembly.Module.exports` does not tell. Reads the type,
// import, function, table, memory, export, start and name sections of a module that is known to be valid.
import { ByteReader } from '../../../instrument/sections/bytes.ts'
import { readLimits } from '../../../instrument/sections/limits.ts'
import { SECTION } from '../../../instrument/sections/sections.ts'
import { readTypes, readValueType } from '../../../instrument/sections/types.ts'
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
const MAGIC_BYTES = 8

class ShapeReader extends ByteReader {
  list<T>(read: () => T): T[] {
    return Array.from({ length: this.unsigned() }, read)
  }

  type(): ValueType {
    return readValueType(this)
  }

  limits(): Limits {
    const { minimum, maximum } = readLimits(this)
    return { initial: minimum, maximum }
  }
}

/** Reads a valid module; the answer for an invalid one is unspecified. */
export function readShape(bytes: Uint8Array): ModuleShape {
  const shape = new ShapeBuilder()
  const sections = new ShapeReader(bytes, MAGIC_BYTES)
  while (sections.position < bytes.length) {
    const id = sections.byte()
    const length = sections.unsigned()
    const start = sections.position
    shape.section(id, new ShapeReader(bytes.subarray(0, start + length), start))
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

  section(id: number, reader: ShapeReader): void {
    if (id === SECTION.type) this.types = readTypes(reader)
    else if (id === SECTION.import) reader.list(() => this.readImport(reader))
    else if (id === SECTION.function) this.functionTypes.push(...reader.list(() => reader.unsigned()))
    else if (id === SECTION.memory) this.memories.push(...reader.list(() => reader.limits()))
    else if (id === SECTION.export) reader.list(() => this.readExport(reader))
    else if (id === SECTION.start) this.hasStart = true
    else if (id === SECTION.custom && reader.name() === 'name') this.readNames(reader)
  }

  readImport(reader: ShapeReader): void {
    const module = reader.name()
    const name = reader.name()
    const kind = KINDS[reader.byte()] ?? 'tag'
    let signature: Signature | null = null
    let limits: Limits | null = null
    let element: ImportShape['element'] = null
    let global: ImportShape['global'] = null
    if (kind === 'function') {
      const type = reader.unsigned()
      this.functionTypes.push(type)
      signature = this.types[type] ?? null
    } else if (kind === 'table') {
      element = reader.byte() === 0x6f ? 'externref' : 'funcref'
      limits = reader.limits()
    } else if (kind === 'memory') {
      limits = reader.limits()
      this.memories.push(limits)
    } else if (kind === 'global') {
      global = { type: reader.type(), mutable: reader.byte() === 1 }
    } else {
      reader.byte()
      reader.unsigned()
    }
    this.imports.push({ module, name, kind, signature, limits, element, global })
  }

  readExport(reader: ShapeReader): void {
    const name = reader.name()
    const kind = KINDS[reader.byte()] ?? 'tag'
    const index = reader.unsigned()
    const signature = kind === 'function' ? (this.types[this.functionTypes[index] ?? -1] ?? null) : null
    this.exports.push({ name, kind, index, signature })
  }

  /** The name section is a courtesy: a broken one names nothing. */
  readNames(reader: ShapeReader): void {
    try {
      while (reader.position < reader.bytes.length) {
        const subsection = reader.byte()
        const end = reader.unsigned() + reader.position
        if (subsection === 1) reader.list(() => this.names.set(reader.unsigned(), reader.name()))
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
