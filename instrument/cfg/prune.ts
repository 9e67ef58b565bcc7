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
 * Leaves out what the other counters tell. As LLVM's SanitizerCoverage does: a node that dominates all its successors,
 * or that post-dominates all its several predecessors. And one that always runs together with a counted one. The entry is
 * no exception, because a flag tells that the function was entered, unless `entryCounted` asks for it. Then finds
 * counters that every cycle meets, or adds one at its head.
 */
export function plan(graph: Graph, prune: boolean, entryCounted: boolean): Plan {
  const down = new Dominators(0, graph.successors, graph.predecessors)
  const up = prune ? postDominators(graph) : null
  const counted = new Set(up === null || entryCounted || isNeeded(graph, 0, down, up) ? [0] : [])
  const loops = naturalLoops(graph, down)
  for (let node = 1; node < graph.size; node++) {
    if (graph.traps.has(node)) continue
    const keep = up === null ? isEdge(graph, node) : isNeeded(graph, node, down, up)
    if (keep && (up === null || !hasTwin(graph, node, down, up, loops, counted))) counted.add(node)
  }
  const checked = new Set<number>()
  for (const head of graph.heads) checkLoop(graph, head, down, loops, counted, checked)
  return { counted: [...counted].sort((a, b) => a - b), checked }
}

/** Innermost loop (its head) that each node is on a cycle of; -1 outside. */
function naturalLoops(graph: Graph, down: Dominators): Int32Array {
  const innermost = new Int32Array(graph.size).fill(-1)
  for (const head of graph.heads) {
    const work = graph.predecessors[head]!.filter((from) => down.dominates(head, from))
    if (work.length > 0) innermost[head] = head
    const seen = new Set(work)
    for (let node = work.pop(); node !== undefined; node = work.pop()) {
      innermost[node] = head
      if (node === head) continue
      for (const from of graph.predecessors[node]!)
        if (!seen.has(from)) {
          seen.add(from)
          work.push(from)
        }
    }
  }
  return innermost
}

/** A counted node runs before this one, this one always after it, and both once per round of the same loop. */
function hasTwin(
  graph: Graph,
  node: number,
  down: Dominators,
  up: Dominators,
  loops: Int32Array,
  counted: ReadonlySet<number>,
): boolean {
  if (graph.forced.has(node)) return false
  for (let above = down.above[node]!; above !== -1; above = down.above[above]!)
    if (counted.has(above) && loops[above] === loops[node] && up.dominates(node, above)) return true
  return false
}

/** Unpruned, a node of a branch stands only where its edge is critical: elsewhere the target itself counts it. */
function isEdge(graph: Graph, node: number): boolean {
  const place = graph.place[node]
  if (place !== PLACE.taken && place !== PLACE.target) return true
  return graph.predecessors[graph.successors[node]![0]!]!.length > 1
}

function isNeeded(graph: Graph, node: number, down: Dominators, up: Dominators): boolean {
  if (graph.forced.has(node)) return true
  const successors = graph.successors[node]!
  if (successors.length > 0 && successors.every((to) => down.dominates(node, to))) return false
  const predecessors = graph.predecessors[node]!
  return !(predecessors.length > 1 && predecessors.every((from) => up.dominates(node, from)))
}

/** Dominators of the reversed graph, below one exit that all ends of the function lead to. */
export function postDominators(graph: Graph): Dominators {
  const exit = graph.size
  const successors = graph.successors.map((list) => (list.length === 0 ? [exit] : list))
  const predecessors = [...graph.predecessors, successors.flatMap((list, node) => (list[0] === exit ? [node] : []))]
  return new Dominators(exit, predecessors, [...successors, []])
}

/** Every cycle runs through a loop's head, and through each node that dominates the branch back to it. */
function checkLoop(
  graph: Graph,
  head: number,
  down: Dominators,
  loops: Int32Array,
  counted: Set<number>,
  checked: Set<number>,
): void {
  const backs = graph.predecessors[head]!.filter((from) => down.dominates(head, from))
  if (backs.length === 0) return
  const found = counted.has(head) ? [head] : backs.map((back) => countedAbove(head, back, down, loops, counted))
  const onCycles = found.includes(-1) ? countedOnAll(graph, head, backs, counted) : found
  if (onCycles === null) counted.add(head)
  for (const node of onCycles ?? [head]) checked.add(node)
}

/**
 * Counted nodes of which every way from `head` to the branches back meets one: the arms of a loop that is nothing but a
 * choice, say. Null where some way meets none.
 */
function countedOnAll(
  graph: Graph,
  head: number,
  backs: readonly number[],
  counted: ReadonlySet<number>,
): number[] | null {
  const seen = new Set(backs)
  const met: number[] = []
  for (const node of seen) {
    if (counted.has(node)) met.push(node)
    else if (node === head) return null
    else for (const from of graph.predecessors[node]!) seen.add(from)
  }
  return met
}

/** A counted node between `head` and `back`, both included; best one of this loop itself, not of a loop inside it. */
function countedAbove(
  head: number,
  back: number,
  down: Dominators,
  loops: Int32Array,
  counted: ReadonlySet<number>,
): number {
  let best = -1
  for (let node = back; ; node = down.above[node]!) {
    if (counted.has(node) && loops[node] === head) return node
    if (counted.has(node)) best = node
    if (node === head) return best
  }
}
