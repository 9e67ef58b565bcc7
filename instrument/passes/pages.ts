// Pass `pages`: behind every write to the target's memory, a mark for the granule that it touched.
//
//   store(p, offset, v)   →   store(p, offset, v); MARKS_BASE[(p + down) >>> granuleShift] = 1
//
// One mark covers a WINDOW: restore copies the granule and GRANULE_SLACK_BYTES more, so a mark at address a covers the
// bytes a … a + 63 wherever in its granule a lies. Two things follow:
//
// - `down` is the offset rounded down so far that the store still ends inside the window; mostly it is 0, and the
//   addition falls away. p + down <= p + offset, so the index stays inside the target's real memory.
// - A later store whose bytes all lie inside a window marked before needs no mark. Windows are remembered per local
//   variable that the address was computed from, as long as that variable is not set again, neither behind the store nor
//   in a loop that begins there. What is learned inside an arm or a block that can be left early is forgotten at its end.
//   Calls change nothing: marks stay until the run is over.
//
// An address `local + constant` wraps at 2^32, an offset does not. Both are compared modulo 2^32: when a marked address
// lies in a memory smaller than 4 GiB by more than a window, an address up to 63 bytes above it cannot have wrapped.
//
// Bulk operations become calls of helpers that do the work, mark the range and count the work as fuel.

import { GRANULE_SHIFT_MIN, GRANULE_SLACK_BYTES, MARKS_BASE, PAGE_BYTES } from '../../assembly/abi.ts'
import { type ExpressionRef, type RawFunction, TYPE, expressionId, expressionType, memoryOf, raw } from '../binaryen.ts'
import { Builder, OP, addLocal } from '../build.ts'
import type { PassContext } from '../context.ts'
import { ID, childCount } from '../kinds.ts'
import { walkFunction } from '../walk.ts'
import { Assignments } from './pages/assignments.ts'
import { BulkHelpers } from './pages/bulk.ts'
import { Windows } from './pages/windows.ts'

const GRANULES = 4096
const SMALL_MEMORY_BYTES = 0x8_0000
/** Windows start at multiples of this, so that stores in falling order share them too. */
const WINDOW_STEP = 32
const MEMORY_BYTES_SAFE = 0x1_0000_0000 - PAGE_BYTES

const constantValue = raw('_BinaryenConstGetValueI32')
const localIndex = raw('_BinaryenLocalGetGetIndex')
const setIndex = raw('_BinaryenLocalSetGetIndex')
const binaryOp = raw('_BinaryenBinaryGetOp')
const binaryLeft = raw('_BinaryenBinaryGetLeft')
const binaryRight = raw('_BinaryenBinaryGetRight')
const blockName = raw('_BinaryenBlockGetName')
const laneIsStore = raw('_BinaryenSIMDLoadStoreLaneIsStore')
const laneOp = raw('_BinaryenSIMDLoadStoreLaneGetOp')
const LANE_BYTES: ReadonlyMap<number, number> = new Map(
  [8, 16, 32, 64].map((bits) => [raw(`_BinaryenStore${bits}LaneVec128`)(), bits / 8]),
)

/** In place of a local: an address that is a constant, and one that is neither. */
const ZERO = -1
const UNKNOWN = -2

/** How to read a node that writes `bytes` bytes at `pointer + offset`. */
interface Writer {
  readonly memory: RawFunction
  readonly pointer: RawFunction
  readonly setPointer: RawFunction
  readonly offset: RawFunction
  readonly bytes: RawFunction
}

function writer(kind: string, memory: RawFunction, bytes?: RawFunction): Writer {
  const get = (name: string): RawFunction => raw(`_Binaryen${kind}Get${name}`)
  return {
    memory,
    pointer: get('Ptr'),
    setPointer: raw(`_Binaryen${kind}SetPtr`),
    offset: get('Offset'),
    bytes: bytes ?? get('Bytes'),
  }
}

const WRITERS: (Writer | undefined)[] = []
WRITERS[ID.store] = writer('Store', memoryOf.store)
WRITERS[ID.atomicRmw] = writer('AtomicRMW', memoryOf.rmw)
WRITERS[ID.atomicCmpxchg] = writer('AtomicCmpxchg', memoryOf.cmpxchg)
WRITERS[ID.simdLane] = writer('SIMDLoadStoreLane', memoryOf.lane, (ref) => LANE_BYTES.get(laneOp(ref!)) ?? 0)

/**
 * log2 of the granule, for the memory as it starts: 512 bytes up to 512 KiB, then 1 KiB, and never more than 4096 granules.
 * A program that writes little but its stack then copies half as much, for a few more marks to look at.
 */
export function granuleShiftFor(pagesInitial: number): number {
  const bytes = pagesInitial * PAGE_BYTES
  const small = bytes > SMALL_MEMORY_BYTES ? GRANULE_SHIFT_MIN + 1 : GRANULE_SHIFT_MIN
  return Math.max(small, Math.ceil(Math.log2(bytes / GRANULES)))
}

export function pages(context: PassContext): void {
  const { map, options, state } = context
  if (context.targetMemory === null) return
  map.granuleShift = options.granuleShift ?? granuleShiftFor(state.memory!.pagesInitial)
  const build = new Builder(context.module)
  const bulk = new BulkHelpers(context, build)
  for (const { func } of context.functions) new Marker(context, build, bulk, func).run()
  build.dispose()
}

class Marker {
  readonly #context: PassContext
  readonly #build: Builder
  readonly #bulk: BulkHelpers
  readonly #func: number
  readonly #memory: number
  readonly #wrapSafe: boolean
  /** A snapshot may be taken inside any call, and what was marked before it counts for nothing afterwards. */
  readonly #forks: boolean
  readonly #windows = new Windows(GRANULE_SLACK_BYTES)
  readonly #assignments: Assignments
  /** For each write whose operands are being walked: the version that its base local had when the address was computed. */
  readonly #open: number[] = []
  /** Temporary locals for addresses, one per nesting depth of writes. */
  readonly #temporaries: number[] = []

  constructor(context: PassContext, build: Builder, bulk: BulkHelpers, func: number) {
    this.#context = context
    this.#build = build
    this.#bulk = bulk
    this.#func = func
    this.#assignments = new Assignments(func)
    this.#memory = context.targetMemoryPointer
    this.#forks = context.options.forkAt !== undefined
    this.#wrapSafe = context.options.memoryPagesMax * PAGE_BYTES <= MEMORY_BYTES_SAFE
  }

  run(): void {
    walkFunction(this.#func, {
      before: (parent, id, slot) => this.#before(parent, id, slot),
      after: (ref, id) => this.#after(ref, id),
    })
  }

  #before(parent: ExpressionRef, id: number, slot: number): void {
    const writes = WRITERS[id]
    if (writes !== undefined && slot === 1) this.#open.push(this.#windows.version(baseOf(writes.pointer(parent))))
    else if (id === ID.loop) this.#windows.enterLoop((base) => this.#assignments.inLoop(parent, base))
    else if (id === ID.if) this.#arm(slot, 1)
    else if (id === ID.try) this.#arm(slot, 0)
    else if (id === ID.block && slot === 0 && blockName(parent) !== 0) this.#windows.enter()
  }

  /** Each arm starts from what was known before the first one. */
  #arm(slot: number, first: number): void {
    if (slot > first) this.#windows.leave()
    if (slot >= first) this.#windows.enter()
  }

  #after(ref: ExpressionRef, id: number): ExpressionRef {
    if (WRITERS[id] !== undefined) return this.#write(ref, id, WRITERS[id]!)
    if (id === ID.localSet) this.#windows.redefine(setIndex(ref))
    else if (id === ID.if || id === ID.try || isScope(ref, id)) this.#windows.leave()
    else if (this.#forks && isCall(id)) this.#windows.forget()
    else if (id === ID.memoryFill || id === ID.memoryCopy || id === ID.memoryInit) return this.#bulk.replace(ref, id)
    return ref
  }

  #write(ref: ExpressionRef, id: number, writes: Writer): ExpressionRef {
    const version = this.#open.pop()!
    if (id === ID.simdLane && laneIsStore(ref) === 0) return ref
    const type = expressionType(ref)
    if (type === TYPE.unreachable || writes.memory(ref) !== this.#memory) return ref
    const pointer = writes.pointer(ref)
    const offset = writes.offset(ref) >>> 0
    const bytes = writes.bytes(ref)
    const { base, added } = split(pointer)
    const stable = base !== UNKNOWN && this.#windows.version(base) === version
    const at = (added + offset) >>> 0
    if (stable && this.#windows.covers(base, at, bytes) && (added === 0 || this.#wrapSafe)) return ref
    const down = offset + bytes <= GRANULE_SLACK_BYTES ? 0 : offset - (offset % WINDOW_STEP)
    if (stable && (added === 0 || this.#wrapSafe)) this.#windows.add(base, (added + down) >>> 0)
    return this.#marked(ref, writes, pointer, stable && added === 0 ? base : UNKNOWN, down, type)
  }

  /** The write, then its mark; a write that yields a value (an atomic one) still yields it. */
  #marked(
    ref: ExpressionRef,
    writes: Writer,
    pointer: ExpressionRef,
    base: number,
    down: number,
    type: number,
  ): ExpressionRef {
    const build = this.#build
    const constant = expressionId(pointer) === ID.const
    let address: ExpressionRef
    if (constant) address = build.i32((constantValue(pointer) >>> 0) + down)
    else {
      if (base === UNKNOWN) {
        base = this.#temporary()
        writes.setPointer(ref, build.tee(base, pointer, TYPE.i32))
      }
      address = build.get(base, TYPE.i32)
      if (down > 0) address = build.binary(OP.add, address, build.i32(down))
    }
    const mark = this.#mark(address)
    if (type === TYPE.none) return build.sequence([ref, mark])
    const result = addLocal(this.#func, type)
    return build.sequence([build.set(result, ref), mark, build.get(result, type)], type)
  }

  #mark(address: ExpressionRef): ExpressionRef {
    const build = this.#build
    const shift = this.#context.map.granuleShift
    if (expressionId(address) === ID.const) {
      const index = build.i32(MARKS_BASE + ((constantValue(address) >>> 0) >>> shift))
      return build.store8(this.#context.engineMemory, 0, index, build.i32(1))
    }
    const index = build.binary(OP.shrU, address, build.i32(shift))
    return build.store8(this.#context.engineMemory, MARKS_BASE, index, build.i32(1))
  }

  /** Writes whose operands are still open use other temporaries: theirs must survive until their own marks. */
  #temporary(): number {
    const depth = this.#open.length
    while (this.#temporaries.length <= depth) this.#temporaries.push(addLocal(this.#func, TYPE.i32))
    return this.#temporaries[depth]!
  }
}

/** An address as a local variable and a constant added to it; UNKNOWN where it is anything else. */
function split(pointer: ExpressionRef): { base: number; added: number } {
  const id = expressionId(pointer)
  if (id === ID.const) return { base: ZERO, added: constantValue(pointer) >>> 0 }
  if (id === ID.localGet) return { base: localIndex(pointer), added: 0 }
  if (id === ID.localSet) return { base: setIndex(pointer), added: 0 }
  if (id === ID.binary && binaryOp(pointer) === OP.add) {
    const left = binaryLeft(pointer)
    const right = binaryRight(pointer)
    if (expressionId(right) === ID.const && expressionId(left) === ID.localGet)
      return { base: localIndex(left), added: constantValue(right) >>> 0 }
  }
  return { base: UNKNOWN, added: 0 }
}

/** A block that a branch can leave early; one without children has not been entered. */
const isScope = (ref: ExpressionRef, id: number): boolean =>
  id === ID.block && blockName(ref) !== 0 && childCount(ref, id) > 0

const isCall = (id: number): boolean => id === ID.call || id === ID.callIndirect || id === ID.callRef

const baseOf = (pointer: ExpressionRef): number => split(pointer).base
