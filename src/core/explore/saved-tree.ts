// The tree of timelines as data, and back. What can be worked out is not kept: the reseeds that lead to a moment follow from
// the split points above it, and a timeline's seed from its place among the children.

import { childSeed, rootNodeSeed, splitSeed } from './child-seed.ts'
import type { Reseed } from './timelines.ts'
import type { SplitPoint, TimelineNode, TimelineTree } from './tree.ts'

interface SavedSplit extends Pick<SplitPoint, 'id' | 'markId' | 'value' | 'quality' | 'begun' | 'spawned'> {
  readonly finds: number
  readonly sinceFind: number
  readonly sinceOwnFind: number
  readonly draws: number
  readonly markCalls: number
  /** Of the timeline's reseeds, those before the moment. */
  readonly passed: number
}

interface SavedNode extends Pick<TimelineNode, 'number' | 'index' | 'draws' | 'ended' | 'failures' | 'isTainted'> {
  /** Id of the split point that it is a child of; 0 for a root. */
  readonly under: number
  readonly rootSeed: bigint
  readonly splits: readonly SavedSplit[]
}

/** Parents stand before their children. */
export type SavedTree = readonly SavedNode[]

export function saveTree({ roots }: TimelineTree): SavedTree {
  const nodes = [...roots]
  for (let at = 0; at < nodes.length; at++) for (const { children } of nodes[at]!.splits) nodes.push(...children)
  return nodes.map(({ split, rootSeed, splits, number, index, draws, ended, failures, isTainted }) => ({
    ...{ number, index, draws, ended, failures: [...failures], isTainted, rootSeed },
    under: split?.id ?? 0,
    splits: splits.map(saveSplit),
  }))
}

function saveSplit({ id, moment, markId, value, quality, ...split }: SplitPoint): SavedSplit {
  const { begun, spawned, finds, sinceFind, sinceOwnFind } = split
  const { draws, markCalls, reseeds } = moment
  const place = { draws, markCalls, passed: reseeds.length }
  return { id, markId, value, quality, begun, spawned, finds, sinceFind, sinceOwnFind, ...place }
}

/** Fills a tree that is empty; returns its split points by id. */
export function restoreTree(tree: TimelineTree, saved: SavedTree): Map<number, SplitPoint> {
  const splits = new Map<number, SplitPoint>()
  for (const one of saved) {
    const split = splits.get(one.under) ?? null
    const node: TimelineNode = {
      ...{ number: one.number, index: one.index, draws: one.draws, ended: one.ended, isTainted: one.isTainted },
      rootSeed: one.rootSeed,
      split,
      nodeSeed: split ? childSeed(split.seed, one.index) : rootNodeSeed(one.rootSeed),
      depth: split ? split.node.depth + 1 : 0,
      splits: [],
      failures: [...one.failures],
    }
    const reseeds = reseedsOf(node)
    for (const { draws, markCalls, passed, ...kept } of one.splits) {
      const before = passed === reseeds.length ? reseeds : reseeds.slice(0, passed)
      const moment = { rootSeed: one.rootSeed, reseeds: before, draws, markCalls }
      const seed = splitSeed(node.nodeSeed, kept.markId, moment)
      const restored: SplitPoint = { ...kept, node, moment, seed, pending: 0, children: [] }
      node.splits.push(restored)
      splits.set(kept.id, restored)
    }
    if (split) split.children.push(node)
    else tree.roots.push(node)
  }
  tree.restored(saved.length, Math.max(0, ...splits.keys()))
  return splits
}

function reseedsOf({ split, nodeSeed }: TimelineNode): readonly Reseed[] {
  if (split === null) return []
  const { reseeds, draws, markCalls } = split.moment
  return [...reseeds, { draws, seed: nodeSeed, markCalls }]
}
