// Binaryen, as fast as it can be used from JavaScript.
//
// The public classes of the npm package cost a string conversion or an object per access, so passes use the C functions
// beneath them, which take and return plain numbers. Three kinds of facts have no C function at all in Binaryen 132:
// the memory that a load or store names, the parts of a try_table, and the operands of table.fill, copy and init. Those
// are read from the nodes themselves, at the offsets below; `checkLayout` proves each offset on a module it knows
// before anything relies on it.

import binaryen from 'binaryen'
import { refuse } from './errors.ts'

export { binaryen }
export type Module = binaryen.Module
/** A node of the intermediate representation; 0 is "none". */
export type ExpressionRef = number
/** A type as Binaryen numbers it; `TYPE` names the basic ones. */
export type TypeRef = number
/** Address of an interned, zero-ended name: equal names have equal addresses. */
export type NamePointer = number
export type RawFunction = (...values: number[]) => number

/** The C function of that name; a Binaryen without it is refused at once, not in the middle of a pass. */
export function raw(name: string): RawFunction {
  const found = (binaryen as unknown as Record<string, RawFunction | undefined>)[name]
  if (found === undefined) throw refuse.binaryen(`${name} is missing`)
  return found
}

export const TYPE: { readonly [name in 'none' | 'unreachable' | 'i32' | 'i64' | 'f32' | 'f64' | 'v128']: TypeRef } = {
  none: binaryen.none,
  unreachable: binaryen.unreachable,
  i32: binaryen.i32,
  i64: binaryen.i64,
  f32: binaryen.f32,
  f64: binaryen.f64,
  v128: binaryen.v128,
}

export const expressionId: RawFunction = raw('_BinaryenExpressionGetId')
export const expressionType: RawFunction = raw('_BinaryenExpressionGetType')

/** One word of Binaryen's own heap. */
const readWord: RawFunction = raw('__i32_load')
const readByte = raw('__i32_load8_u')
const writeByte = raw('__i32_store8')
export const writeWord: RawFunction = raw('__i32_store')
const allocate = raw('_malloc')

// ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const texts = new Map<NamePointer, string>()
const pointers = new Map<string, number>()
const utf8 = new TextDecoder()

/** The text at a name pointer; '' for a node without a name. Interned names never move, so it is kept. */
export function text(pointer: NamePointer): string {
  if (pointer === 0) return ''
  const known = texts.get(pointer)
  if (known !== undefined) return known
  const bytes: number[] = []
  for (let at = pointer; ; at++) {
    const byte = readByte(at)
    if (byte === 0) break
    bytes.push(byte)
  }
  const decoded = utf8.decode(new Uint8Array(bytes))
  texts.set(pointer, decoded)
  return decoded
}

/**
 * Address of a zero-ended copy of `value`, to be passed where a C function takes a string. Kept for the life of the
 * process, so: for names that repeat. It is not the interned address.
 */
export function cString(value: string): number {
  const known = pointers.get(value)
  if (known !== undefined) return known
  const bytes = new TextEncoder().encode(value)
  const pointer = allocate(bytes.length + 1)
  for (let i = 0; i < bytes.length; i++) writeByte(pointer + i, bytes[i]!)
  writeByte(pointer + bytes.length, 0)
  pointers.set(value, pointer)
  return pointer
}

/** Forgets names read so far: interned strings outlive a module, but a process that sees many modules should not. */
export function forgetNames(): void {
  texts.clear()
}

// ── what only the nodes themselves tell ─────────────────────────────────────────────────────────────────────────────

/** Byte offsets inside Binaryen's nodes. Each node starts with its id (byte 0) and its type (word 4). */
const LAYOUT = {
  loadMemory: 36,
  storeMemory: 44,
  simdLoadMemory: 36,
  laneMemory: 44,
  rmwMemory: 32,
  cmpxchgMemory: 36,
  copyMemories: 20,
  fillMemory: 20,
  initMemory: 24,
  sizeMemory: 8,
  growMemory: 12,
  tryTableBody: 8,
  tryTableTags: 12,
  tryTableTargets: 28,
  throwRefValue: 8,
  tableFillName: 8,
  tableFillOperands: 12,
  tableCopyOperands: 8,
  tableCopyNames: 20,
  tableInitOperands: 12,
  tableInitName: 24,
} as const

const field =
  (offset: number): RawFunction =>
  (ref: number) =>
    readWord(ref + offset)
const setField =
  (offset: number): RawFunction =>
  (ref: number, value: number) => {
    writeWord(ref + offset, value)
    return 0
  }

type MemoryUser =
  | 'load'
  | 'store'
  | 'simdLoad'
  | 'lane'
  | 'rmw'
  | 'cmpxchg'
  | 'copyDest'
  | 'copySource'
  | 'fill'
  | 'init'
  | 'size'
  | 'grow'

/** The memory that a node names, as an interned pointer; compare with `===`, read with `text`. */
export const memoryOf: { readonly [name in MemoryUser]: RawFunction } = {
  load: field(LAYOUT.loadMemory),
  store: field(LAYOUT.storeMemory),
  simdLoad: field(LAYOUT.simdLoadMemory),
  lane: field(LAYOUT.laneMemory),
  rmw: field(LAYOUT.rmwMemory),
  cmpxchg: field(LAYOUT.cmpxchgMemory),
  copyDest: field(LAYOUT.copyMemories),
  copySource: field(LAYOUT.copyMemories + 4),
  fill: field(LAYOUT.fillMemory),
  init: field(LAYOUT.initMemory),
  size: field(LAYOUT.sizeMemory),
  grow: field(LAYOUT.growMemory),
}

/** The table that a bulk table instruction names, as an interned pointer. */
const tableOf: { readonly [name in 'fill' | 'copyDest' | 'copySource' | 'init']: RawFunction } = {
  fill: field(LAYOUT.tableFillName),
  copyDest: field(LAYOUT.tableCopyNames),
  copySource: field(LAYOUT.tableCopyNames + 4),
  init: field(LAYOUT.tableInitName),
}

/** `[get, set]` for children that have no C function, in evaluation order. */
export const fieldChildren: Readonly<Record<string, readonly (readonly [RawFunction, RawFunction])[]>> = {
  TryTable: pairs(LAYOUT.tryTableBody, 1),
  ThrowRef: pairs(LAYOUT.throwRefValue, 1),
  TableFill: pairs(LAYOUT.tableFillOperands, 3),
  TableCopy: pairs(LAYOUT.tableCopyOperands, 3),
  TableInit: pairs(LAYOUT.tableInitOperands, 3),
}

function pairs(first: number, count: number): (readonly [RawFunction, RawFunction])[] {
  return Array.from({ length: count }, (_, i) => [field(first + 4 * i), setField(first + 4 * i)] as const)
}

/** Labels that the catch clauses of a try_table branch to. */
export function tryTableTargets(ref: ExpressionRef): NamePointer[] {
  const data = readWord(ref + LAYOUT.tryTableTargets)
  const count = readWord(ref + LAYOUT.tryTableTargets + 4)
  return Array.from({ length: count }, (_, i) => readWord(data + 4 * i))
}

/** True when one of the clauses is catch_all or catch_all_ref (a clause without a tag). */
function tryTableCatchesAll(ref: ExpressionRef): boolean {
  const data = readWord(ref + LAYOUT.tryTableTags)
  const count = readWord(ref + LAYOUT.tryTableTags + 4)
  for (let i = 0; i < count; i++) if (readWord(data + 4 * i) === 0) return true
  return false
}

// ── the proof ───────────────────────────────────────────────────────────────────────────────────────────────────────

const KNOWN = `(module (memory $first 1) (memory $second 1) (data $data "abc") (table $other 1 funcref)
  (table $table 1 funcref) (elem $elem funcref) (tag $tag)
  (func $load (drop (i32.load $second offset=7 (i32.const 1))))
  (func $store (i32.store $second offset=7 (i32.const 1) (i32.const 2)))
  (func $simdLoad (drop (v128.load8x8_s $second offset=7 (i32.const 1))))
  (func $lane (v128.store8_lane $second offset=7 3 (i32.const 1) (v128.const i32x4 0 0 0 0)))
  (func $rmw (drop (i32.atomic.rmw8.add_u $second offset=7 (i32.const 1) (i32.const 1))))
  (func $cmpxchg (drop (i32.atomic.rmw8.cmpxchg_u $second offset=7 (i32.const 1) (i32.const 1) (i32.const 1))))
  (func $copy (memory.copy $second $first (i32.const 1) (i32.const 1) (i32.const 1)))
  (func $fill (memory.fill $second (i32.const 1) (i32.const 1) (i32.const 1)))
  (func $init (memory.init $second $data (i32.const 1) (i32.const 1) (i32.const 1)))
  (func $size (drop (memory.size $second)))
  (func $grow (drop (memory.grow $second (i32.const 1))))
  (func $tryTable (block $out (try_table (catch $tag $out) (catch_all $out) (nop))))
  (func $throwRef (param exnref) (throw_ref (local.get 0)))
  (func $tableFill (table.fill $table (i32.const 1) (ref.null func) (i32.const 3)))
  (func $tableCopy (table.copy $table $other (i32.const 1) (i32.const 2) (i32.const 3)))
  (func $tableInit (table.init $table $elem (i32.const 1) (i32.const 2) (i32.const 3))))`

let checked = false

/** Proves every offset of LAYOUT on a module written for it; throws E_BINARYEN otherwise. Cheap after the first call. */
export function checkLayout(): void {
  if (checked) return
  const module = binaryen.parseText(KNOWN)
  const getFunction = raw('_BinaryenGetFunction')
  const getBody = raw('_BinaryenFunctionGetBody')
  const dropValue = raw('_BinaryenDropGetValue')
  const body = (name: string): ExpressionRef => {
    const ref = getBody(getFunction(modulePointer(module), cString(name)))
    return expressionId(ref) === binaryen.DropId ? dropValue(ref) : ref
  }
  const expect = (what: string, pass: boolean): void => {
    if (!pass) throw refuse.binaryen(`the layout of ${what} differs`)
  }
  for (const name of ['load', 'store', 'simdLoad', 'lane', 'rmw', 'cmpxchg', 'fill', 'init', 'size', 'grow'] as const)
    expect(name, text(memoryOf[name](body(name))) === 'second')
  expect('memory.copy', text(memoryOf.copyDest(body('copy'))) === 'second')
  expect('memory.copy', text(memoryOf.copySource(body('copy'))) === 'first')
  const tryTable = raw('_BinaryenBlockGetChildAt')(body('tryTable'), 0)
  expect('try_table', expressionId(fieldChildren.TryTable![0]![0](tryTable)) === binaryen.NopId)
  expect('try_table', tryTableTargets(tryTable).map(text).join() === 'out,out' && tryTableCatchesAll(tryTable))
  expect('throw_ref', expressionId(fieldChildren.ThrowRef![0]![0](body('throwRef'))) === binaryen.LocalGetId)
  const constant = raw('_BinaryenConstGetValueI32')
  for (const name of ['TableFill', 'TableCopy', 'TableInit'] as const) {
    const ref = body(name[0]!.toLowerCase() + name.slice(1))
    const [dest, , size] = fieldChildren[name]!
    expect(name, constant(dest![0](ref)) === 1 && constant(size![0](ref)) === 3)
  }
  expect('table.fill', text(tableOf.fill(body('tableFill'))) === 'table')
  expect('table.init', text(tableOf.init(body('tableInit'))) === 'table')
  expect('table.copy', text(tableOf.copyDest(body('tableCopy'))) === 'table')
  module.dispose()
  checked = true
}

/** Reads a binary with exactly these features (the package's own types leave the parameter out). */
export function readModule(wasm: Uint8Array, features: number): Module {
  return (binaryen.readBinary as (data: Uint8Array, features: number) => Module)(wasm, features)
}

/** The C pointer behind a Module. */
export function modulePointer(module: Module): number {
  return (module as unknown as { ptr: number }).ptr
}
