// Which nodes of a control-flow graph get a counter, and at which counters fuel is checked.

import { Dominators } from './dominators.ts'
import { type Graph, PLACE } from './graph.ts'

export interface Plan {
  /** Nodes with a counter, in order. */
  readonly counted: readonly number[]
  /** Those at which the count is compared with the fuel limit: at least one on every cycle. */
  readonly checked: ReadonlySet<number>
}

/**
 * Leaves out what the other counters tell (as LLVM's SanitizerCoverage does): a node that dominates all its successors,
 * or that post-dominates all its several predecessors. Then finds a counter on every cycle, or adds one at its head.
 */
export function plan(graph: Graph, prune: boolean): Plan {
  const down = new Dominators(0, graph.successors, graph.predecessors)
  const counted = new Set<number>()
  const up = prune ? postDominators(graph) : null
  for (let node = 0; node < graph.size; node++) {
    const keep = up === null ? isEdge(graph, node) : isNeeded(graph, node, down, up)
    if (keep && !graph.traps.has(node)) counted.add(node)
  }
  counted.add(0)
  const checked = new Set<number>()
  for (const head of graph.heads) checkLoop(graph, head, down, counted, checked)
  return { counted: [...counted].sort((a, b) => a - b), checked }
}

/** Unpruned, a node of a branch stands only where its edge is critical: elsewhere the target itself counts it. */
function isEdge(graph: Graph, node: number): boolean {
  const place = graph.place[node]
  if (place !== PLACE.taken && place !== PLACE.target) return true
  return graph.predecessors[graph.successors[node]![0]!]!.length > 1
}

function isNeeded(graph: Graph, node: number, down: Dominators, up: Dominators): boolean {
  if (node === 0 || graph.forced.has(node)) return true
  const successors = graph.successors[node]!
  if (successors.length > 0 && successors.every((to) => down.dominates(node, to))) return false
  const predecessors = graph.predecessors[node]!
  return !(predecessors.length > 1 && predecessors.every((from) => up.dominates(node, from)))
}

/** Dominators of the reversed graph, below one exit that all ends of the function lead to. */
function postDominators(graph: Graph): Dominators {
  const exit = graph.size
  const successors = graph.successors.map((list) => (list.length === 0 ? [exit] : list))
  const predecessors = [...graph.predecessors, successors.flatMap((list, node) => (list[0] === exit ? [node] : []))]
  return new Dominators(exit, predecessors, [...successors, []])
}

/** Every cycle runs through a loop's head, and through each node that dominates the branch back to it. */
function checkLoop(graph: Graph, head: number, down: Dominators, counted: Set<number>, checked: Set<number>): void {
  const backs = graph.predecessors[head]!.filter((from) => down.dominates(head, from))
  if (backs.length === 0) return
  const found = counted.has(head) ? [head] : backs.map((back) => countedAbove(graph, head, back, down, counted))
  if (found.includes(-1)) {
    counted.add(head)
    checked.add(head)
  } else for (const node of found) checked.add(node)
}

/** The counted node between `head` and `back`, both included, that runs least often; -1 when there is none. */
function countedAbove(
  graph: Graph,
  head: number,
  back: number,
  down: Dominators,
  counted: ReadonlySet<number>,
): number {
  let best = -1
  for (let node = back; ; node = down.above[node]!) {
    if (counted.has(node) && (best === -1 || graph.loopDepth[node]! < graph.loopDepth[best]!)) best = node
    if (node === head) return best
  }
}
