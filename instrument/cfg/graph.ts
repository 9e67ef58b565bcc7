// The control-flow graph of one function, as `edges` needs it.
//
// A node is a place where a counter can stand; it covers the straight code from there to the next node. Edges that a
// counter could not tell apart (from a node with several successors to one with several predecessors) have a node of
// their own, so that each edge of the program is known from the counts of nodes.

import type { ExpressionRef } from '../binaryen.ts'

/** Where the counter of a node goes. */
export const PLACE = {
  /** Beginning of the function. */
  entry: 0,
  /** Beginning of an arm of an `if`: slot 1 or 2; an else that is absent is added. */
  arm: 1,
  /** Beginning of a loop's body: reached from above and by every branch to the loop. */
  loop: 2,
  /** Behind an expression, its value kept: what follows a br_if, an `if`, a labelled block, a try. */
  after: 3,
  /** The way of a br_if to its label. */
  taken: 4,
  /** The way of a br_table to its target number `slot` (of the distinct ones). */
  target: 5,
  /** Beginning of catch body number `slot` of a legacy try. */
  catch: 6,
} as const

export class Graph {
  /** PLACE of each node. Node 0 is the entry. */
  readonly place: number[] = []
  readonly ref: ExpressionRef[] = []
  readonly slot: number[] = []
  readonly successors: number[][] = []
  readonly predecessors: number[][] = []
  /** Nodes that pruning must keep: they are reached by exceptions, which have no place for a counter on their way. */
  readonly forced: Set<number> = new Set()
  /** Nodes that do nothing but trap: not worth a counter. */
  readonly traps: Set<number> = new Set()
  /** Node of each loop's head, in order. */
  readonly heads: number[] = []

  add(place: number, ref: ExpressionRef, slot: number): number {
    this.place.push(place)
    this.ref.push(ref)
    this.slot.push(slot)
    this.successors.push([])
    this.predecessors.push([])
    return this.place.length - 1
  }

  connect(from: number, to: number): void {
    if (this.successors[from]!.includes(to)) return
    this.successors[from]!.push(to)
    this.predecessors[to]!.push(from)
  }

  get size(): number {
    return this.place.length
  }
}
