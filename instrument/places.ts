// Which instructions of the original module belong to which edges, for those who show code with what was reached of it.
//
//   original binary   offset, opcode  ┐ the same instructions in the same order, but for
//   Binaryen's tree   kind, node      ┘ those that its reader drops or adds: paired off by kind
//
//   node ──► edges    its own counter; where it was pruned, the counters that cannot have run without it
//
// Begun before the first pass, while the tree is the user's code; ended after the last, when every edge has its number.

import { type ExpressionRef, raw } from './binaryen.ts'
import { buildGraph } from './cfg/build.ts'
import { callGraph } from './cfg/call-graph.ts'
import { Dominators } from './cfg/dominators.ts'
import type { Graph } from './cfg/graph.ts'
import { plan, postDominators } from './cfg/prune.ts'
import type { PassContext } from './context.ts'
import { ID } from './kinds.ts'
import { type Instruction, bodiesOf } from './sections/instructions.ts'
import type { Place } from './types.ts'

/** Instructions that the tree lacks, in a row, past which the two are not brought together again. */
const GAP_MAX = 12
/** Edges that are named for a pruned node: those that run without it are none, so a few tell it soon enough. */
const EDGES_MAX = 32
/** A function with more nodes is left out: who reads it would see nothing. */
const NODES_MAX = 4_000

const functionBody = raw('_BinaryenFunctionGetBody')

interface Draft {
  readonly graph: Graph
  /** Where a node's code begins, in the order of the binary. */
  readonly runs: readonly (readonly [offset: number, node: number])[]
  readonly end: number
}

/** Call it before the first pass; what it returns gives the places once all passes are done. */
export function beginPlaces(context: PassContext, wasm: Uint8Array): () => Place[] {
  const bodies = bodiesOf(wasm)
  const drafts = context.functions.map(({ func }, index): Draft | null => {
    const body = bodies[index]
    return body?.instructions ? draftOf(functionBody(func), body.instructions, body.end) : null
  })
  return () => drafts.flatMap((draft, index) => (draft ? placesIn(context, draft, index) : []))
}

function draftOf(body: ExpressionRef, instructions: readonly Instruction[], end: number): Draft {
  const runs: [number, number][] = []
  const real = instructions.filter(({ opcode }) => kindOfOpcode(opcode) !== null)
  let at = 0
  const graph = buildGraph(body, (_, id, node) => {
    const kind = kindOfExpression(id)
    if (kind === null) return
    const ahead = real.slice(at, at + GAP_MAX).findIndex(({ opcode }) => kindOfOpcode(opcode) === kind)
    if (ahead < 0) return
    at += ahead + 1
    if (runs.at(-1)?.[1] !== node) runs.push([real[at - 1]!.offset, node])
  })
  return { graph, runs, end }
}

function placesIn(context: PassContext, { graph, runs, end }: Draft, index: number): Place[] {
  const known = context.map.functions[index]
  const { prune = true } = context.options
  const { counted } = plan(graph, prune, callGraph(context).needsFuel(context.functions[index]!.func))
  if (known?.edges !== counted.length || graph.size > NODES_MAX) return []
  const edgesOf = edgesOfNodes(graph, counted, known.firstEdge)
  return [...runs.map(([offset, node]) => ({ offset, edges: edgesOf(node) })), { offset: end, edges: [] }]
}

function edgesOfNodes(
  graph: Graph,
  counted: readonly number[],
  firstEdge: number,
): (node: number) => readonly number[] {
  const down = new Dominators(0, graph.successors, graph.predecessors)
  const up = postDominators(graph)
  const found = new Map<number, readonly number[]>(counted.map((node, i) => [node, [firstEdge + i]]))
  return (node) => {
    if (node < 0) return []
    let edges = found.get(node)
    if (edges === undefined) {
      const telling = counted.flatMap((other, i) =>
        down.dominates(node, other) || up.dominates(node, other) ? [firstEdge + i] : [],
      )
      found.set(node, (edges = telling.slice(0, EDGES_MAX)))
    }
    return edges
  }
}

/** Kinds that both sides tell apart; null for what Binaryen's tree does not keep as it was. */
type Kind = string | null

const KINDS: ReadonlyMap<number, string> = new Map([
  [ID.if, 'if'],
  [ID.break, 'break'],
  [ID.switch, 'switch'],
  [ID.call, 'call'],
  [ID.callIndirect, 'callIndirect'],
  [ID.localGet, 'localGet'],
  [ID.localSet, 'localSet'],
  [ID.globalGet, 'globalGet'],
  [ID.globalSet, 'globalSet'],
  [ID.load, 'load'],
  [ID.store, 'store'],
  [ID.const, 'const'],
  [ID.unary, 'operator'],
  [ID.binary, 'operator'],
  [ID.select, 'select'],
  [ID.drop, 'drop'],
  [ID.return, 'return'],
  [ID.unreachable, 'unreachable'],
  [ID.memorySize, 'memorySize'],
  [ID.memoryGrow, 'memoryGrow'],
])
const STRUCTURE: ReadonlySet<number> = new Set([ID.block, ID.loop, ID.nop, ID.try, ID.tryTable])

function kindOfExpression(id: number): Kind {
  return STRUCTURE.has(id) ? null : (KINDS.get(id) ?? 'other')
}

const OPCODES: ReadonlyMap<number, Kind> = new Map<number, Kind>([
  ...[0x01, 0x02, 0x03, 0x05, 0x06, 0x07, 0x0b, 0x18, 0x19, 0x1f].map((opcode) => [opcode, null] as const),
  [0x00, 'unreachable'],
  [0x04, 'if'],
  [0x0c, 'break'],
  [0x0d, 'break'],
  [0x0e, 'switch'],
  [0x0f, 'return'],
  [0x10, 'call'],
  [0x11, 'callIndirect'],
  [0x12, 'call'],
  [0x13, 'callIndirect'],
  [0x1a, 'drop'],
  [0x1b, 'select'],
  [0x1c, 'select'],
  [0x20, 'localGet'],
  [0x21, 'localSet'],
  [0x22, 'localSet'],
  [0x23, 'globalGet'],
  [0x24, 'globalSet'],
  [0x3f, 'memorySize'],
  [0x40, 'memoryGrow'],
])

function kindOfOpcode(opcode: number): Kind {
  const known = OPCODES.get(opcode)
  if (known !== undefined) return known
  if (opcode >= 0x28 && opcode <= 0x35) return 'load'
  if (opcode >= 0x36 && opcode <= 0x3e) return 'store'
  if (opcode >= 0x41 && opcode <= 0x44) return 'const'
  return opcode >= 0x45 && opcode <= 0xc4 ? 'operator' : 'other'
}
