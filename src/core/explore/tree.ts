// The tree of timelines: who went on from which moment of whom.
//
//   root ──────●──────────●────── end        ● a split point: a moment at a mark, from which other futures are run
//              ├─ child ──────● …            a child that met nothing new is counted in its split point and not kept
//              └─ child ── end
//
// What a timeline finds is credited to it and to every split point above it.

import type { TrapKind } from '../outcome.ts'
import { childSeed, rootNodeSeed, splitSeed } from './child-seed.ts'
import type { Accepted } from './mark-ledger.ts'
import type { Moment } from './timelines.ts'

/** Stands for the start of the program, which is a moment to split at like any mark. */
export const START_ID: string = '0'.repeat(16)

export interface TimelineNode {
  /** Its place in the order in which timelines were run, from 1. */
  readonly number: number
  readonly rootSeed: bigint
  /** Where it begins; null for the root. */
  readonly split: SplitPoint | null
  /** Among the children of its split point. */
  readonly index: number
  readonly nodeSeed: bigint
  /** How many reseeds lead to it. */
  readonly depth: number
  /** Draws from where it began to its end. */
  readonly draws: number
  readonly ended: 'ok' | TrapKind
  readonly splits: SplitPoint[]
  /** Keys of what it failed with. */
  readonly failures: string[]
  /** It, or one above it before the split, has violated an assertion: what comes after may follow from that. */
  readonly isTainted: boolean
}

export interface SplitPoint {
  readonly id: number
  readonly node: TimelineNode
  readonly moment: Moment
  readonly markId: string
  readonly value: bigint
  readonly quality: readonly bigint[]
  /** What the seeds of its children are derived from. */
  readonly seed: bigint
  /** Indexes of children that were handed out. */
  begun: number
  /** Children that were run. */
  spawned: number
  /** Children that are being run. */
  pending: number
  /** Children that found something new, they or their descendants. */
  finds: number
  /** Children run since the last of them. */
  sinceFind: number
  /** The same, where only what the children found themselves counts. */
  sinceOwnFind: number
  /** Only children that are more than a number: that were split, or failed. */
  readonly children: TimelineNode[]
}

export class TimelineTree {
  readonly roots: TimelineNode[] = []
  #nodes = 0
  #splits = 0

  /** Timelines that are kept one by one. */
  get nodes(): number {
    return this.#nodes
  }

  get splitPoints(): number {
    return this.#splits
  }

  addRoot(rootSeed: bigint, ran: Ran): TimelineNode {
    const place = { rootSeed, split: null, index: 0, nodeSeed: rootNodeSeed(rootSeed), depth: 0 }
    const node: TimelineNode = { ...ran, ...place, splits: [], failures: [] }
    this.roots.push(node)
    this.#nodes++
    return node
  }

  addChild(split: SplitPoint, index: number, ran: Ran): TimelineNode {
    const { depth, rootSeed } = split.node
    const place = {
      rootSeed,
      split,
      index,
      nodeSeed: childSeed(split.seed, index),
      depth: depth + 1,
      splits: [],
      failures: [],
    }
    const node = { ...ran, ...place, isTainted: ran.isTainted || split.node.isTainted }
    split.children.push(node)
    this.#nodes++
    return node
  }

  /** A moment of `node` at which other futures may begin. */
  addSplit(node: TimelineNode, { discovery }: Pick<Accepted, 'discovery'>): SplitPoint {
    const { moment, id, value, quality } = discovery
    const split: SplitPoint = {
      id: ++this.#splits,
      node,
      moment,
      markId: id,
      value,
      quality,
      seed: splitSeed(node.nodeSeed, id, moment),
      begun: 0,
      spawned: 0,
      pending: 0,
      finds: 0,
      sinceFind: 0,
      sinceOwnFind: 0,
      children: [],
    }
    node.splits.push(split)
    return split
  }

  /** It was filled from outside: so many timelines, and split points up to this id. */
  restored(nodes: number, lastSplit: number): void {
    this.#nodes = nodes
    this.#splits = lastSplit
  }

  /** A child of `split` was run. Where it found something new, so did all split points above it. */
  credit(split: SplitPoint, isNews: boolean): void {
    split.spawned++
    split.sinceFind++
    split.sinceOwnFind = isNews ? 0 : split.sinceOwnFind + 1
    if (isNews) this.creditFind(split)
  }

  /** Something new was found below `split`, however far. */
  creditFind(split: SplitPoint): void {
    for (let at: SplitPoint | null = split; at !== null; at = at.node.split) {
      at.finds++
      at.sinceFind = 0
    }
  }
}

/** What is known of a timeline when it has been run. */
export type Ran = Pick<TimelineNode, 'number' | 'draws' | 'ended' | 'isTainted'>

/** The split points that lead to `split`, itself included, from the root. */
export function pathTo(split: SplitPoint | null): SplitPoint[] {
  const path: SplitPoint[] = []
  for (let at = split; at !== null; at = at.node.split) path.unshift(at)
  return path
}
