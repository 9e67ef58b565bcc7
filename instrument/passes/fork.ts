// Pass `fork`, only in builds for the explorer: functions that can have a mark below them on the stack learn to leave in
// the middle, and to come back to where they were, as often as one likes (Binaryen's Asyncify).
//
//   unwind   each frame writes its locals, and which call it was in, to the stack at ASYNCIFY_BASE, and returns
//   rewind   each frame reads them back and goes straight to that call; all else it does is skipped, counters, fuel and
//            page marks of earlier passes too, so nothing is counted twice. Only the flag "entered" is set, because what
//            the function counts from here on is looked at by that
//
// That stack lies in the engine's memory, out of the target's reach. Asyncify itself does not look where it ends, so every
// push of a frame goes through a helper: a stack that is full stays so, frames are written over each other, and
// ASYNCIFY_OVERFLOW tells whoever unwound that there is no way back. Nothing is ever written beyond.
import { ASYNCIFY_BASE, ASYNCIFY_BYTES, ASYNCIFY_OVERFLOW, FLAGS_BASE } from '../../assembly/abi.ts'
import {
  type ExpressionRef,
  type NamePointer,
  TYPE,
  binaryen,
  cString,
  expressionId,
  memoryOf,
  modulePointer,
  raw,
  text,
} from '../binaryen.ts'
import { Code } from '../bridge/code.ts'
import { OP } from '../build.ts'
import { PAGE_SHIFT } from '../bridge/marks.ts'
import { type Reached, Reach } from '../cfg/reach.ts'
import type { Pass, PassContext } from '../context.ts'
import { ID } from '../kinds.ts'
import { ADDED } from '../types.ts'
import { walkFunction } from '../walk.ts'

/** Export under which Asyncify finds the engine's memory while it works. */
const MEMORY_EXPORT = 'fuzzbox.asyncify'
const DATA_GLOBAL = '__asyncify_data'
const PUSHED = 'fuzzbox.pushed'
/** Names that Asyncify gives; a module that has them was built with it already. */
const TAKEN: readonly string[] = [ADDED.startUnwind, ADDED.stopUnwind, ADDED.startRewind, ADDED.stopRewind]
/** What separates names in the lists that Asyncify takes, or means something else there. */
const PLAIN_NAME = /^[\w.$:/-]+$/

const storePointer = raw('_BinaryenStoreGetPtr')
const storeValue = raw('_BinaryenStoreGetValue')
const setStoreValue = raw('_BinaryenStoreSetValue')
const globalName = raw('_BinaryenGlobalGetGetName')
const binaryOp = raw('_BinaryenBinaryGetOp')
const binaryRight = raw('_BinaryenBinaryGetRight')
const constantValue = raw('_BinaryenConstGetValueI32')

export const fork: Pass = (context) => {
  const { options, map } = context
  if (options.forkAt === undefined) return
  const reach = new Reach(context, new Set(options.forkAt))
  const { reaching } = reach
  const obstacle =
    options.role === 'harness'
      ? 'a harness runs it'
      : reaching.length === 0
        ? 'nothing in it calls a mark'
        : obstacleTo(context, reach, reaching)
  map.forks = obstacle === null
  if (obstacle !== null) {
    map.notes.push(`timelines are run again from the start instead of being forked: ${obstacle}`)
    return
  }
  asyncify(context, reaching)
  boundStack(context, reaching)
}

/** Why Asyncify cannot, or must not, rewrite this module; null where it can. */
function obstacleTo(context: PassContext, reach: Reach, reaching: readonly Reached[]): string | null {
  const where = (test: (item: Reached) => boolean, among: readonly Reached[] = reaching): string | null =>
    among.find(test)?.name ?? null
  const found = [
    ['it was built with Asyncify already, as', TAKEN.find((name) => isTaken(context, reach, name)) ?? null],
    ['a tail call cannot be unwound, in', where((item) => item.hasTailCall, reach.functions)],
    ['a mark is reached through call_ref, in', where((item) => item.callsByReference)],
    ['a mark is reached in a function with try_table, ', where((item) => item.hasTryTable)],
    [
      'a mark is reached inside a catch block, in',
      where(({ catchCalls }) => [...catchCalls].some((callee) => reach.leadsThere(callee))),
    ],
    ['a mark is reached while references or several results are held, in', where((item) => item.holdsReferences)],
    ['a result has no zero, in', where((item) => item.callsWithoutZero, reach.functions)],
  ] as const
  if (context.map.granuleShift > PAGE_SHIFT) return 'its memory starts with more than 256 MiB'
  for (const [why, name] of found) if (name !== null) return `${why.trimEnd()} ${name}`
  return holdsReferences(context) ? 'a global that can change holds a reference' : null
}

function isTaken({ module }: PassContext, reach: Reach, name: string): boolean {
  const isExport = raw('_BinaryenGetExport')(modulePointer(module), cString(name)) !== 0
  return isExport || reach.functions.some((item) => item.name === name)
}

/** A snapshot in the middle of a run can hold numbers only. */
function holdsReferences({ module }: PassContext): boolean {
  const pointer = modulePointer(module)
  const numbers: readonly number[] = [TYPE.i32, TYPE.i64, TYPE.f32, TYPE.f64, TYPE.v128]
  for (let i = 0; i < module.getNumGlobals(); i++) {
    const global = raw('_BinaryenGetGlobalByIndex')(pointer, i)
    if (raw('_BinaryenGlobalIsMutable')(global) !== 0 && !numbers.includes(raw('_BinaryenGlobalGetType')(global)))
      return true
  }
  return false
}

function asyncify({ module, engineMemory, options }: PassContext, reaching: readonly Reached[]): void {
  module.addMemoryExport(engineMemory, MEMORY_EXPORT)
  const names = reaching.map(({ name }) => name)
  const settings: [string, string][] = [
    ['asyncify-memory', MEMORY_EXPORT],
    ['asyncify-imports', options.forkAt!.map((key) => key.replace(' ', '.')).join(',')],
  ]
  // Without a list every function with an indirect call is rewritten, which is correct and slower.
  if (names.every((name) => PLAIN_NAME.test(name))) settings.push(['asyncify-onlylist', names.join(',')])
  for (const [key, value] of settings) binaryen.setPassArgument(key, value)
  try {
    module.runPasses(['asyncify'])
  } finally {
    for (const [key] of settings) binaryen.setPassArgument(key, null as unknown as string)
    module.removeExport(MEMORY_EXPORT)
  }
}

/** Finds each place where a frame moves the end of the stack: up through the helper, and down as a function entered. */
function boundStack(context: PassContext, reaching: readonly Reached[]): void {
  const { module, helpers } = context
  const engine = memoryOf.size(module.memory.size(context.engineMemory)) as NamePointer
  const flags = flagsOf(context)
  let frameBytes = 0
  for (const { func } of reaching) {
    const flag = flags.get(func)
    let flagged = flag === undefined
    walkFunction(func, {
      after: (ref, id) => {
        const bytes = movedBytes(ref, id, engine)
        if (bytes > 0) {
          frameBytes = Math.max(frameBytes, bytes)
          setStoreValue(ref, module.call(PUSHED, [storeValue(ref)], TYPE.i32))
        }
        if (bytes >= 0 || flagged) return ref
        flagged = true
        const enter = module.i32.store8(0, 1, module.i32.const(flag!), module.i32.const(1), context.engineMemory)
        return module.block(null, [enter, ref], TYPE.none)
      },
    })
  }
  const code = new Code(context, [TYPE.i32])
  const end = ASYNCIFY_BASE + ASYNCIFY_BYTES - frameBytes
  const { i32 } = module
  code.define(PUSHED, TYPE.i32, [
    module.if(
      i32.gt_u(code.get(0), code.const(end)),
      code.block([code.storeWord(ASYNCIFY_OVERFLOW, code.const(1)), code.set(0, code.const(end))]),
    ),
    code.get(0),
  ])
  helpers.add(PUSHED)
}

/** Address of each function's flag; none where they were not given any. */
function flagsOf({ map, options, functions }: PassContext): ReadonlyMap<number, number> {
  const byIndex = new Map(functions.map(({ func, index }) => [index, func]))
  return new Map(map.functions.map(({ index }, i) => [byIndex.get(index)!, FLAGS_BASE + options.functionBase + i]))
}

/** How many bytes `ref` moves the end of the stack; 0 for everything else. */
function movedBytes(ref: ExpressionRef, id: number, engine: NamePointer): number {
  if (id !== ID.store || memoryOf.store(ref) !== engine) return 0
  const pointer = storePointer(ref)
  if (expressionId(pointer) !== ID.globalGet || text(globalName(pointer)) !== DATA_GLOBAL) return 0
  const value = storeValue(ref)
  if (expressionId(value) !== ID.binary) return 0
  const right = binaryRight(value)
  if (expressionId(right) !== ID.const) return 0
  const op = binaryOp(value)
  return op === OP.add ? constantValue(right) : op === OP.sub ? -constantValue(right) : 0
}
