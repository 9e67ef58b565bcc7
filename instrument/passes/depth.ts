// Part of pass `limits`: an end to recursion that never ends, at the same depth on every engine.
//
//   function on a cycle of calls    entry: d = depth; if (d >= depthMax) too deep     each call that may lead back: depth = d + 1
//   any other function                                                                each call into a cycle:      depth = 0
//
// Each caller says how deep its callee is, right before the call, from a local variable. Nothing needs to be put back
// afterwards: not on return, not on a tail call (which takes the caller's place: depth = d), not when an exception
// passes. A stale depth is never read, because every call that leads into a cycle writes it anew; the host's calls come
// through exports, which start at 0 again.
//
// With `measures` the limit is a variable, the next depth worth telling: reaching it costs a call, all else what it cost
// before. A restore brings it back with all other globals.

import { MEASURE_DEPTH } from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE, binaryen, expressionType, modulePointer, raw, text } from '../binaryen.ts'
import { Builder, OP, addLocal } from '../build.ts'
import { type CallGraph, callGraph } from '../cfg/call-graph.ts'
import type { PassContext } from '../context.ts'
import { ID, child, childCount, setChild } from '../kinds.ts'
import { walk } from '../walk.ts'
import { tooDeep } from './fuel.ts'
import { MEASURE, measures } from './measure.ts'

const DEPTH = 'fuzzbox.depth'
/** The next depth to tell, at most the limit. */
const NEXT = 'fuzzbox.depth.next'
const DEEPER = 'fuzzbox.deeper'

const functionBody = raw('_BinaryenFunctionGetBody')
const setFunctionBody = raw('_BinaryenFunctionSetBody')
const functionParams = raw('_BinaryenFunctionGetParams')
const functionResults = raw('_BinaryenFunctionGetResults')
const exportCount = raw('_BinaryenGetNumExports')
const exportAt = raw('_BinaryenGetExportByIndex')
const exportKind = raw('_BinaryenExportGetKind')
const exportName = raw('_BinaryenExportGetName')
const exportValue = raw('_BinaryenExportGetValue')
const addGlobal = raw('_BinaryenAddGlobal')
const callIsReturn = raw('_BinaryenCallIsReturn')
const indirectIsReturn = raw('_BinaryenCallIndirectIsReturn')
const refIsReturn = raw('_BinaryenCallRefIsReturn')

export function depth(context: PassContext): void {
  const calls = callGraph(context)
  const recursive = context.functions.filter(({ func }) => calls.isRecursive(func))
  if (recursive.length === 0) return
  const build = new Builder(context.module)
  addGlobal(modulePointer(context.module), build.name(DEPTH), TYPE.i32, 1, build.i32(0))
  if (measures(context)) addDeeper(context, build)
  for (const { func } of context.functions) new Counted(context, build, calls, func).run()
  const names = new Map(recursive.map(({ func, internalName }) => [internalName, func]))
  for (const [name, value] of exportedFunctions(context)) {
    const func = names.get(value)
    if (func !== undefined) startAgain(context, build, name, value, func)
  }
  build.dispose()
}

/** deeper(depth): ends the run at the limit; else tells the depth and takes the next one to tell. */
function addDeeper(context: PassContext, build: Builder): void {
  const { depthMax } = context.options
  addGlobal(modulePointer(context.module), build.name(NEXT), TYPE.i32, 1, build.i32(Math.min(1, depthMax)))
  const limit = (value: ExpressionRef): ExpressionRef => build.binary(OP.geU, value, build.i32(depthMax))
  const tell = build.call(MEASURE, [build.i32(MEASURE_DEPTH), build.get(0, TYPE.i32)], TYPE.i32)
  const body = [
    build.if(limit(build.get(0, TYPE.i32)), tooDeep(context, build)),
    build.globalSet(NEXT, tell),
    build.if(limit(build.globalGet(NEXT, TYPE.i32)), build.globalSet(NEXT, build.i32(depthMax))),
  ]
  build.addFunction(DEEPER, [TYPE.i32], TYPE.none, build.sequence(body))
  context.helpers.add(DEEPER)
}

function exportedFunctions({ module }: PassContext): [string, string][] {
  const pointer = modulePointer(module)
  const functions: [string, string][] = []
  for (let i = 0; i < exportCount(pointer); i++) {
    const item = exportAt(pointer, i)
    if (exportKind(item) === binaryen.ExternalFunction)
      functions.push([text(exportName(item)), text(exportValue(item))])
  }
  return functions
}

/** Puts a function in front of an export that sets the depth to 0 and goes on. */
function startAgain(context: PassContext, build: Builder, name: string, value: string, func: number): void {
  const wrapper = `fuzzbox.enter:${value}`
  if (!context.helpers.has(wrapper)) {
    context.helpers.add(wrapper)
    const params = binaryen.expandType(functionParams(func))
    const results = functionResults(func)
    const operands = params.map((type, local) => build.get(local, type))
    const body = [build.globalSet(DEPTH, build.i32(0)), build.call(value, operands, results)]
    build.addFunction(wrapper, params, results, build.sequence(body, results))
  }
  context.module.removeExport(name)
  context.module.addFunctionExport(wrapper, name)
}

const isCall = (id: number): boolean => id === ID.call || id === ID.callIndirect || id === ID.callRef

function isTailCall(ref: ExpressionRef, id: number): boolean {
  if (id === ID.call) return callIsReturn(ref) !== 0
  return (id === ID.callIndirect ? indirectIsReturn(ref) : refIsReturn(ref)) !== 0
}

class Counted {
  readonly #context: PassContext
  readonly #build: Builder
  readonly #calls: CallGraph
  readonly #func: number
  /** Local with the depth of this frame; -1 in a function that is not on a cycle. */
  readonly #depth: number
  /** Calls seen before the operands of each open call. */
  readonly #open: number[] = []
  #seen = 0

  constructor(context: PassContext, build: Builder, calls: CallGraph, func: number) {
    this.#context = context
    this.#build = build
    this.#calls = calls
    this.#func = func
    this.#depth = calls.isRecursive(func) ? addLocal(func, TYPE.i32) : -1
  }

  run(): void {
    const body = functionBody(this.#func)
    const walked = walk(body, {
      before: (_, id, slot) => {
        if (isCall(id) && slot === 0) this.#open.push(this.#seen)
      },
      after: (ref, id) => (isCall(id) ? this.#afterCall(ref, id) : ref),
    })
    const result = this.#depth < 0 ? walked : this.#entry(walked)
    if (result !== body) setFunctionBody(this.#func, result)
  }

  #afterCall(ref: ExpressionRef, id: number): ExpressionRef {
    const operands = childCount(ref, id)
    const nested = operands > 0 && this.#open.pop()! < this.#seen
    this.#seen++
    if (!this.#calls.mayReachRecursive(ref, id)) return ref
    const build = this.#build
    const announce = build.globalSet(DEPTH, this.#calleeDepth(ref, id))
    if (!nested) return build.sequence([announce, ref], expressionType(ref))
    // An operand calls too and would overwrite what is announced before it: announce after the last operand.
    const last = child(ref, id, operands - 1)
    const type = expressionType(last)
    if (type === TYPE.unreachable) return ref
    const local = addLocal(this.#func, type)
    const late = build.sequence([build.set(local, last), announce, build.get(local, type)], type)
    setChild(ref, id, operands - 1, late)
    return ref
  }

  #calleeDepth(ref: ExpressionRef, id: number): ExpressionRef {
    const build = this.#build
    if (this.#depth < 0) return build.i32(0)
    const here = build.get(this.#depth, TYPE.i32)
    return isTailCall(ref, id) ? here : build.binary(OP.add, here, build.i32(1))
  }

  #entry(body: ExpressionRef): ExpressionRef {
    const build = this.#build
    const here = build.tee(this.#depth, build.globalGet(DEPTH, TYPE.i32), TYPE.i32)
    if (this.#context.helpers.has(DEEPER)) {
      const isNext = build.binary(OP.geU, here, build.globalGet(NEXT, TYPE.i32))
      const deeper = build.call(DEEPER, [build.get(this.#depth, TYPE.i32)], TYPE.none)
      return build.sequence([build.if(isNext, deeper), body], expressionType(body))
    }
    const limit = build.binary(OP.geU, here, build.i32(this.#context.options.depthMax))
    return build.sequence([build.if(limit, tooDeep(this.#context, build)), body], expressionType(body))
  }
}
