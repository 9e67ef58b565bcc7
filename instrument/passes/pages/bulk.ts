// Helpers for memory.fill, memory.copy and memory.init: the operation, then the marks of its range, then its fuel.
//
//   fuzzbox.fill(dest, value, size):
//     memory.fill(dest, value, size)
//     if size = 0: return                            nothing written, and dest may be the end of memory
//     marks[dest >>> shift … (dest + size - 1) >>> shift] = 1
//     fuel = CONTROL_BULK_FUEL += size >>> 4
//     if fuel >= limit: out of fuel

import { CONTROL_BULK_FUEL, MARKS_BASE } from '../../../assembly/abi.ts'
import { type ExpressionRef, TYPE, memoryOf, raw, text } from '../../binaryen.ts'
import { type Builder, OP } from '../../build.ts'
import type { PassContext } from '../../context.ts'
import { ID } from '../../kinds.ts'
import { outOfFuel } from '../fuel.ts'

const FILL = 'fuzzbox.fill'
const COPY = 'fuzzbox.copy'
const INIT = 'fuzzbox.init:'

const UNIT_SHIFT = 4

const fill = {
  dest: raw('_BinaryenMemoryFillGetDest'),
  value: raw('_BinaryenMemoryFillGetValue'),
  size: raw('_BinaryenMemoryFillGetSize'),
}
const copy = {
  dest: raw('_BinaryenMemoryCopyGetDest'),
  source: raw('_BinaryenMemoryCopyGetSource'),
  size: raw('_BinaryenMemoryCopyGetSize'),
}
const init = {
  dest: raw('_BinaryenMemoryInitGetDest'),
  offset: raw('_BinaryenMemoryInitGetOffset'),
  size: raw('_BinaryenMemoryInitGetSize'),
  segment: raw('_BinaryenMemoryInitGetSegment'),
}

export class BulkHelpers {
  readonly #context: PassContext
  readonly #build: Builder

  constructor(context: PassContext, build: Builder) {
    this.#context = context
    this.#build = build
  }

  /** What takes the place of a bulk operation; itself when it works on another memory. */
  replace(ref: ExpressionRef, id: number): ExpressionRef {
    const memory = this.#context.targetMemoryPointer
    const build = this.#build
    if (id === ID.memoryFill && memoryOf.fill(ref) === memory) {
      this.#need(FILL, (target, a, b, c) => build.memoryFill(target, a, b, c))
      return build.call(FILL, [fill.dest(ref), fill.value(ref), fill.size(ref)], TYPE.none)
    }
    if (id === ID.memoryCopy && memoryOf.copyDest(ref) === memory) {
      this.#need(COPY, (target, a, b, c) => build.memoryCopy(target, target, a, b, c))
      return build.call(COPY, [copy.dest(ref), copy.source(ref), copy.size(ref)], TYPE.none)
    }
    if (id === ID.memoryInit && memoryOf.init(ref) === memory) {
      const segment = init.segment(ref)
      const name = INIT + text(segment)
      this.#need(name, (target, a, b, c) => build.memoryInit(target, segment, a, b, c))
      return build.call(name, [init.dest(ref), init.offset(ref), init.size(ref)], TYPE.none)
    }
    return ref
  }

  #need(
    name: string,
    operation: (target: string, a: ExpressionRef, b: ExpressionRef, c: ExpressionRef) => ExpressionRef,
  ): void {
    const { helpers, engineMemory, map, options, targetMemory } = this.#context
    if (helpers.has(name)) return
    helpers.add(name)
    const build = this.#build
    const get = (local: number): ExpressionRef => build.get(local, TYPE.i32)
    const granule = (address: ExpressionRef): ExpressionRef =>
      build.binary(OP.shrU, address, build.i32(map.granuleShift))
    const [dest, size, first, fuel] = [0, 2, 3, 4] as const
    const last = build.binary(OP.sub, build.binary(OP.add, get(dest), get(size)), build.i32(1))
    const granules = build.binary(OP.add, build.binary(OP.sub, granule(last), get(first)), build.i32(1))
    const units = build.binary(OP.shrU, get(size), build.i32(UNIT_SHIFT))
    const sum = build.binary(OP.add, build.load32(engineMemory, CONTROL_BULK_FUEL, build.i32(0)), units)
    const body = build.sequence([
      operation(targetMemory!, get(0), get(1), get(2)),
      build.if(build.unary(OP.eqz, get(size)), build.return()),
      build.set(first, granule(get(dest))),
      build.memoryFill(engineMemory, build.binary(OP.add, get(first), build.i32(MARKS_BASE)), build.i32(1), granules),
      build.store32(engineMemory, CONTROL_BULK_FUEL, build.i32(0), build.tee(fuel, sum, TYPE.i32)),
      build.if(build.binary(OP.geU, get(fuel), build.i32(options.fuel)), outOfFuel(this.#context, build)),
    ])
    build.addFunction(name, [TYPE.i32, TYPE.i32, TYPE.i32], TYPE.none, body, [TYPE.i32, TYPE.i32])
  }
}
