// Who may call whom, which functions can therefore call themselves, directly or through others, and which can be entered
// very often without any loop.
//
// An indirect call may reach every function of its signature whose address is taken: one virtual node per signature
// stands between callers and callees. Signatures with references are not compared (subtypes could differ): such a call,
// and call_ref, may reach any function whose address is taken.

import { type NamePointer, TYPE, type TypeRef, binaryen, expressionId, modulePointer, raw } from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import { ID } from '../kinds.ts'
import { walkFunction } from '../walk.ts'
import { functionsInElements } from './address-taken.ts'
import { cycles } from './cycles.ts'
import { countPaths } from './paths.ts'

const callTarget = raw('_BinaryenCallGetTarget')
const indirectParams = raw('_BinaryenCallIndirectGetParams')
const indirectResults = raw('_BinaryenCallIndirectGetResults')
const refFuncName = raw('_BinaryenRefFuncGetFunc')
const functionName = raw('_BinaryenFunctionGetName')
const functionParams = raw('_BinaryenFunctionGetParams')
const functionResults = raw('_BinaryenFunctionGetResults')
const globalCount = raw('_BinaryenGetNumGlobals')
const globalAt = raw('_BinaryenGetGlobalByIndex')
const globalInit = raw('_BinaryenGlobalGetInitExpr')

const NUMERIC: ReadonlySet<TypeRef> = new Set([TYPE.i32, TYPE.i64, TYPE.f32, TYPE.f64, TYPE.v128])
const ANY = 'any'
/** Call paths to a function from which its entries are worth a check: what is below cannot take long. */
const PATHS_MAX = 0x1_0000

const known = new WeakMap<PassContext, CallGraph>()

/** The call graph of the module as the first caller finds it. */
export function callGraph(context: PassContext): CallGraph {
  let graph = known.get(context)
  if (graph === undefined) known.set(context, (graph = new CallGraph(context)))
  return graph
}

export class CallGraph {
  /** Node of each function by its name; virtual nodes for signatures follow behind the functions. */
  readonly #nodes = new Map<NamePointer, number>()
  readonly #signatures = new Map<string, number>()
  /** Per node: callee → call sites. */
  readonly #calls: Map<number, number>[] = []
  readonly #recursive: Uint8Array
  readonly #paths: Float64Array

  constructor(context: PassContext) {
    for (const { func } of context.functions) {
      this.#nodes.set(functionName(func), this.#calls.length)
      this.#calls.push(new Map())
    }
    const taken = functionsInElements(context.state.wasm)
    const addresses = new Set<number>()
    context.functions.forEach(({ index }, node) => {
      if (taken === null || taken.has(index)) addresses.add(node)
    })
    this.#readGlobals(context, addresses)
    context.functions.forEach(({ func }, node) => this.#readFunction(func, node, addresses))
    for (const node of addresses) this.#offer(context.functions[node]!.func, node)
    this.#recursive = cycles(this.#calls.map((sites) => new Set(sites.keys())))
    this.#paths = countPaths(this.#calls, this.#recursive)
  }

  #readGlobals(context: PassContext, addresses: Set<number>): void {
    const pointer = modulePointer(context.module)
    for (let i = 0; i < globalCount(pointer); i++) {
      const init = globalInit(globalAt(pointer, i))
      if (init !== 0 && expressionId(init) === ID.refFunc) this.#take(refFuncName(init), addresses)
    }
  }

  #take(name: NamePointer, addresses: Set<number>): void {
    const node = this.#nodes.get(name)
    if (node !== undefined) addresses.add(node)
  }

  #readFunction(func: number, node: number, addresses: Set<number>): void {
    const calls = this.#calls[node]!
    walkFunction(func, {
      after: (ref, id) => {
        if (id === ID.refFunc) this.#take(refFuncName(ref), addresses)
        else if (id === ID.call || id === ID.callIndirect || id === ID.callRef) {
          const callee = this.#calleeNode(ref, id)
          if (callee !== undefined) calls.set(callee, (calls.get(callee) ?? 0) + 1)
        }
        return ref
      },
    })
  }

  /** Node that a call leads to; undefined for imports and helpers, which call nothing of the module's. */
  #calleeNode(ref: number, id: number): number | undefined {
    if (id === ID.call) return this.#nodes.get(callTarget(ref))
    return this.#signature(id === ID.callRef ? ANY : keyOf(indirectParams(ref), indirectResults(ref)))
  }

  #signature(key: string): number {
    let node = this.#signatures.get(key)
    if (node === undefined) {
      node = this.#calls.length
      this.#calls.push(new Map())
      this.#signatures.set(key, node)
    }
    return node
  }

  #offer(func: number, node: number): void {
    this.#calls[this.#signature(keyOf(functionParams(func), functionResults(func)))]!.set(node, 1)
    this.#calls[this.#signature(ANY)]!.set(node, 1)
  }

  /** True for a function that can be on the stack twice. */
  isRecursive(func: number): boolean {
    return this.#recursive[this.#nodes.get(functionName(func))!] === 1
  }

  /** True where only fuel bounds how often a function is entered: by recursion, or by a tree of calls that explodes. */
  needsFuel(func: number): boolean {
    const node = this.#nodes.get(functionName(func))!
    return this.#recursive[node] === 1 || this.#paths[node]! > PATHS_MAX
  }

  /** True for a call that may reach a recursive function. */
  mayReachRecursive(ref: number, id: number): boolean {
    const node = this.#calleeNode(ref, id)
    if (node === undefined) return false
    if (this.#recursive[node] === 1) return true
    return id !== ID.call && [...this.#calls[node]!.keys()].some((callee) => this.#recursive[callee] === 1)
  }
}

function keyOf(params: TypeRef, results: TypeRef): string {
  const types = [...binaryen.expandType(params), ...binaryen.expandType(results)]
  return types.every((type) => NUMERIC.has(type)) ? `${params}:${results}` : ANY
}
