// What of a module's state lives outside its memory: mutable globals and tables.
//
// - Numeric globals go into the snapshot image, 16 bytes each, in the order of `globals`.
// - References cannot be written to a memory. A global that holds one has a shadow global, a table that anything can
//   write has a shadow table; both hold what the last capture saw, so references have one snapshot, the base.
import { GLOBALS_MAX } from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE, type TypeRef, binaryen, modulePointer, raw, text } from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import { refuse } from '../errors.ts'
import type { Code } from './code.ts'

export interface GlobalSlot {
  readonly name: string
  readonly type: TypeRef
  /** Offset of its 16 bytes in the image; undefined for a reference. */
  readonly offset: number | undefined
  readonly shadow: string | undefined
}

export interface TableSlot {
  readonly name: string
  readonly type: TypeRef
  readonly shadow: string
}

const BYTES_PER_GLOBAL = 16
const NUMERIC: ReadonlySet<TypeRef> = new Set([TYPE.i32, TYPE.i64, TYPE.f32, TYPE.f64, TYPE.v128])

const heapType = raw('_BinaryenTypeGetHeapType')
const fromHeapType = raw('_BinaryenTypeFromHeapType')
const isNullable = raw('_BinaryenTypeIsNullable')
const refNull = raw('_BinaryenRefNull')
const refAs = raw('_BinaryenRefAs')
const REF_AS_NON_NULL = raw('_BinaryenRefAsNonNull')()

/** All mutable globals that the module defines, those of inserted code included; adds the shadows. */
export function mutableGlobals(context: PassContext, imageOffset: number): GlobalSlot[] {
  const { module } = context
  const pointer = modulePointer(module)
  const found: { name: string; type: TypeRef }[] = []
  for (let i = 0; i < module.getNumGlobals(); i++) {
    const global = raw('_BinaryenGetGlobalByIndex')(pointer, i)
    if (raw('_BinaryenGlobalIsMutable')(global) === 0 || text(raw('_BinaryenGlobalImportGetBase')(global)) !== '')
      continue
    found.push({ name: text(raw('_BinaryenGlobalGetName')(global)), type: raw('_BinaryenGlobalGetType')(global) })
  }
  let numeric = 0
  const slots = found.map(({ name, type }) => {
    if (NUMERIC.has(type)) return { name, type, offset: imageOffset + BYTES_PER_GLOBAL * numeric++, shadow: undefined }
    const shadow = `fuzzbox.shadow.${name}`
    const nullable = nullableOf(type)
    module.addGlobal(shadow, nullable, true, refNull(pointer, nullable))
    return { name, type, offset: undefined, shadow }
  })
  if (numeric > GLOBALS_MAX) throw refuse.tooManyGlobals(numeric, GLOBALS_MAX)
  return slots
}

/** Tables that the module owns, each with a new shadow of the same limits. */
export function shadowTables(context: PassContext): TableSlot[] {
  const { module, options } = context
  const pointer = modulePointer(module)
  const owned: { name: string; type: TypeRef; initial: number }[] = []
  for (let i = 0; i < module.getNumTables(); i++) {
    const table = raw('_BinaryenGetTableByIndex')(pointer, i)
    if (text(raw('_BinaryenTableImportGetBase')(table)) !== '') continue
    const type = raw('_BinaryenTableGetType')(table)
    owned.push({
      name: text(raw('_BinaryenTableGetName')(table)),
      type,
      initial: raw('_BinaryenTableGetInitial')(table),
    })
  }
  return owned.map(({ name, type, initial }) => {
    const shadow = `fuzzbox.shadow.${name}`
    const addTable = module.addTable as unknown as (name: string, initial: number, max: number, type: TypeRef) => void
    addTable(shadow, initial, Math.max(initial, options.tableEntriesMax), nullableOf(type))
    return { name, type, shadow }
  })
}

function nullableOf(type: TypeRef): TypeRef {
  return isNullable(type) !== 0 ? type : fromHeapType(heapType(type), 1)
}

/** A value read from a shadow, as the type that the original asks for. */
function fromShadow(context: PassContext, type: TypeRef, value: ExpressionRef): ExpressionRef {
  return isNullable(type) !== 0 ? value : refAs(modulePointer(context.module), REF_AS_NON_NULL, value)
}

function accessors(code: Code, type: TypeRef): typeof code.module.i32 {
  const { module } = code
  const byType = new Map<TypeRef, unknown>([
    [TYPE.i32, module.i32],
    [TYPE.i64, module.i64],
    [TYPE.f32, module.f32],
    [TYPE.f64, module.f64],
    [TYPE.v128, module.v128],
  ])
  return byType.get(type) as typeof code.module.i32
}

const ALIGN = 4

export function saveGlobals(code: Code, image: number, slots: readonly GlobalSlot[]): ExpressionRef[] {
  const { module, engine } = code
  return slots.map(({ name, type, offset, shadow }) => {
    const value = module.global.get(name, type)
    if (shadow !== undefined) return module.global.set(shadow, value)
    return accessors(code, type).store(offset!, ALIGN, code.get(image), value, engine)
  })
}

export function loadGlobals(
  context: PassContext,
  code: Code,
  image: number,
  slots: readonly GlobalSlot[],
): ExpressionRef[] {
  const { module, engine } = code
  return slots.map(({ name, type, offset, shadow }) =>
    module.global.set(
      name,
      shadow !== undefined
        ? fromShadow(context, type, module.global.get(shadow, nullableOf(type)))
        : accessors(code, type).load(offset!, ALIGN, code.get(image), engine),
    ),
  )
}

/** Copies a table to its shadow, which grows to the table's size first. */
export function saveTable(code: Code, { name, type, shadow }: TableSlot): ExpressionRef {
  const { module } = code
  const nullable = nullableOf(type)
  const lacking = code.sub(module.table.size(name), module.table.size(shadow))
  const nothing = refNull(modulePointer(module), nullable)
  return code.block([
    module.drop(module.table.grow(shadow, nothing, lacking)),
    copyTable(code, name, (index) => module.table.set(shadow, index(), module.table.get(name, index(), type))),
  ])
}

/** Copies a shadow back. A table that has grown since keeps its new entries: that state is lost anyway. */
export function loadTable(context: PassContext, code: Code, { name, type, shadow }: TableSlot): ExpressionRef {
  const { module } = code
  return copyTable(code, shadow, (index) =>
    module.table.set(name, index(), fromShadow(context, type, module.table.get(shadow, index(), nullableOf(type)))),
  )
}

/** Runs `step` for each index of `table`, the last one first. Binaryen 132 cannot build a table.copy. */
function copyTable(code: Code, table: string, step: (index: () => ExpressionRef) => ExpressionRef): ExpressionRef {
  const { module } = code
  const index = code.local(binaryen.i32)
  const label = `copy ${table}`
  const next = code.tee(index, code.sub(code.get(index), code.const(1)))
  return code.block([
    code.set(index, module.table.size(table)),
    module.if(
      code.get(index),
      module.loop(
        label,
        code.block([module.drop(next), step(() => code.get(index)), module.br(label, code.get(index))]),
      ),
    ),
  ])
}
