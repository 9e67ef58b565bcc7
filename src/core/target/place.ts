// Where the input lives in the target's memory, reserved once before the base snapshot. In order of preference:
//
//   malloc(bytes), __new(bytes, id)   the target's own allocator: nothing of the target's can come to lie there
//   grown pages                       whole pages at the end of the memory, which the target takes for its own
//   above __heap_base                 the end of the memory as it is, where it cannot grow and nothing else is there
import { ARGUMENT_GAP_BYTES_MAX, PAGE_BYTES } from '../../../assembly/abi.ts'
import { PARAMETERS } from '../../../instrument/bridge/arguments.ts'
import type { EntryPlan } from '../../../instrument/types.ts'
import { findExport, sameSignature, type ModuleShape } from './shape.ts'

/** What placing needs of a linked target. */
export interface Placement {
  readonly shape: ModuleShape
  readonly exports: WebAssembly.Exports
  /** Grows the memory by so many pages; returns the pages before, or -1. */
  grow(pages: number): number
  /** The memory's present size. */
  pages(): number
}

/** The class id of an ArrayBuffer in AssemblyScript's runtime: bytes that hold no references. */
const ARRAY_BUFFER_ID = 1
const ALLOCATE = { params: ['i32'], results: ['i32'] } as const
const ALLOCATE_OBJECT = { params: ['i32', 'i32'], results: ['i32'] } as const

/** Bytes of the input's place: an input, and room for the gap behind each argument of bytes. */
export function placeBytes(entry: EntryPlan, inputMax: number): number {
  const gaps = entry.kind === 'typed' ? entry.types.filter((type) => PARAMETERS[type].length === 2).length : 0
  return inputMax + gaps * ARGUMENT_GAP_BYTES_MAX
}

/** Address of `bytes` bytes, or null where there is no place. May trap, as every call of the target. */
export function placeInput(target: Placement, bytes: number): number | null {
  return allocate(target, bytes) ?? growFor(target, bytes) ?? aboveHeap(target, bytes)
}

/** Bytes from the target's own allocator; null where it exports none or has none left. */
export function allocate({ shape, exports }: Placement, bytes: number): number | null {
  const malloc = findExport(shape, 'malloc')?.signature
  if (malloc && sameSignature(malloc, ALLOCATE)) return address((exports.malloc as Allocator)(bytes))
  const create = findExport(shape, '__new')?.signature
  if (!create || !sameSignature(create, ALLOCATE_OBJECT)) return null
  const placed = address((exports.__new as Allocator)(bytes, ARRAY_BUFFER_ID))
  const pin = findExport(shape, '__pin')?.signature
  if (placed !== null && pin && sameSignature(pin, ALLOCATE)) (exports.__pin as Allocator)(placed)
  return placed
}

type Allocator = (...words: number[]) => number

/** True where the target can allocate by itself, so that no growth need be planned for. */
export function hasAllocator(shape: ModuleShape): boolean {
  return ['malloc', '__new'].some((name) => findExport(shape, name) !== undefined)
}

function address(pointer: number): number | null {
  return pointer === 0 ? null : pointer >>> 0
}

/** Pages that `growFor` will ask for. */
export function pagesFor(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES)
}

function growFor(target: Placement, bytes: number): number | null {
  const before = target.grow(pagesFor(bytes))
  return before === -1 ? null : before * PAGE_BYTES
}

function aboveHeap({ exports, pages }: Placement, bytes: number): number | null {
  const base = exports.__heap_base
  if (!(base instanceof WebAssembly.Global)) return null
  const start = (pages() * PAGE_BYTES - bytes) & ~15
  return start >= Number(base.value) ? start : null
}
