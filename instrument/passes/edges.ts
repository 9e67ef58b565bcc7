// Pass `edges`: a 32-bit counter for every edge that the others do not tell, a flag for every function entered, and the
// end of runs that never end.
//
//   entry      FLAGS_BASE[function] = 1
//   each node  COUNTERS_BASE[edge] += 1
//   on cycles  if (COUNTERS_BASE[edge] >= fuel) out of fuel
//
// Every cycle, of a function's own branches or of calls, holds a counter that is compared with the limit where it is
// incremented; so does the entry of a function at the foot of a tree of calls that explodes without any loop. Addresses
// are constants. Which nodes there are is decided in cfg/: graph, dominators, pruning.

import { COUNTERS_BASE, EDGES_MAX, FLAGS_BASE, FUNCTIONS_MAX } from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE, raw } from '../binaryen.ts'
import { Builder, OP, addLocal } from '../build.ts'
import { buildGraph } from '../cfg/build.ts'
import { type CallGraph, callGraph } from '../cfg/call-graph.ts'
import { insertAt } from '../cfg/insert.ts'
import { plan } from '../cfg/prune.ts'
import type { OriginalFunction, PassContext } from '../context.ts'
import { refuse } from '../errors.ts'
import { outOfFuel } from './fuel.ts'

const functionBody = raw('_BinaryenFunctionGetBody')

export function edges(context: PassContext): void {
  const { map, options, functions } = context
  if (options.functionBase + functions.length > FUNCTIONS_MAX)
    throw refuse.tooManyFunctions(options.functionBase + functions.length, FUNCTIONS_MAX)
  const calls = callGraph(context)
  const build = new Builder(context.module)
  for (const original of functions) instrumentFunction(context, build, calls, original)
  build.dispose()
  if (options.edgeBase + map.edges > EDGES_MAX) throw refuse.tooManyEdges(options.edgeBase + map.edges, EDGES_MAX)
}

function instrumentFunction(context: PassContext, build: Builder, calls: CallGraph, original: OriginalFunction): void {
  const { map, options } = context
  const graph = buildGraph(functionBody(original.func))
  const enteredOften = calls.needsFuel(original.func)
  const { counted, checked } = plan(graph, options.prune ?? true, enteredOften)
  const firstEdge = options.edgeBase + map.edges
  const flag = FLAGS_BASE + options.functionBase + map.functions.length
  const counter = new Counter(context, build, original.func)
  const edgeOf = new Map(counted.map((node, i) => [node, firstEdge + i]))
  const nodes = counted[0] === 0 ? counted : [0, ...counted]
  insertAt(original.func, build, graph, nodes, (node) => {
    const edge = edgeOf.get(node)
    const count = edge === undefined ? null : counter.code(edge, checked.has(node) || (node === 0 && enteredOften))
    if (node !== 0) return count!
    const enter = build.store8(context.engineMemory, 0, build.i32(flag), build.i32(1))
    return count === null ? enter : build.sequence([enter, count])
  })
  const { index, name } = original
  map.functions.push({ index, instrumentedIndex: -1, name, firstEdge, edges: counted.length })
  map.edges += counted.length
}

/** Increments, in one function. */
class Counter {
  readonly #context: PassContext
  readonly #build: Builder
  readonly #func: number
  #count = -1

  constructor(context: PassContext, build: Builder, func: number) {
    this.#context = context
    this.#build = build
    this.#func = func
  }

  code(edge: number, checked: boolean): ExpressionRef {
    const build = this.#build
    const memory = this.#context.engineMemory
    const address = COUNTERS_BASE + 4 * edge
    const sum = build.binary(OP.add, build.load32(memory, 0, build.i32(address)), build.i32(1))
    if (!checked) return build.store32(memory, 0, build.i32(address), sum)
    if (this.#count < 0) this.#count = addLocal(this.#func, TYPE.i32)
    const count = this.#count
    const store = build.store32(memory, 0, build.i32(address), build.tee(count, sum, TYPE.i32))
    const spent = build.binary(OP.geU, build.get(count, TYPE.i32), build.i32(this.#context.options.fuel))
    return build.sequence([store, build.if(spent, outOfFuel(this.#context, build))])
  }
}
