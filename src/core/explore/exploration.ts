// What is known of one exploration, and what becomes of each result: the single owner of marks, features, tree, energy and
// numbers. Results are merged one at a time; in --deterministic always in the order of the jobs.

import { FeatureLedger } from './feature-ledger.ts'
import { Energy, type EnergyData } from './energy.ts'
import { failuresOf, type Failure } from './failures.ts'
import { MarkLedger, type Accepted, type MarksData } from './mark-ledger.ts'
import { PlainTimeline } from './plain-timeline.ts'
import type { Planned, SplitWork } from './planned.ts'
import { restoreTree, saveTree, type SavedTree } from './saved-tree.ts'
import type { ExploreSettings } from './settings.ts'
import type { JobResult, MarkState, Moment, Timeline } from './timelines.ts'
import { START_ID, TimelineTree, type SplitPoint, type TimelineNode } from './tree.ts'

/** What a timeline came to, for whoever orders the exploration. */
export interface Merged {
  readonly timeline: Timeline
  /** Null where it is only a number: nothing was discovered, and nothing failed. */
  readonly node: TimelineNode | null
  /** Moments of it that may be split. */
  readonly splits: readonly SplitPoint[]
  readonly isNews: boolean
}

/** A failure in one of the timelines, with all that leads to it. */
export interface Met {
  readonly failure: Failure
  readonly node: TimelineNode
  readonly timeline: Timeline
}

export interface ExplorationHooks {
  readonly onFailure: (met: Met) => void
  readonly onDiscovery: (accepted: Accepted, node: TimelineNode) => void
}

type Yield = { splitPoints: number; children: number; finds: number }

export interface ExplorationData {
  readonly numbers: Pick<
    Exploration,
    'timelines' | 'splitPoints' | 'failing' | 'marksLost' | 'depth' | 'draws' | 'fuel' | 'reached'
  >
  readonly yields: readonly (readonly [id: string, sum: Yield])[]
  readonly marks: MarksData
  readonly features: readonly number[]
  readonly energy: EnergyData
  readonly tree: SavedTree
}

export class Exploration {
  readonly settings: ExploreSettings
  readonly marks: MarkLedger
  readonly features: FeatureLedger
  readonly hooks: ExplorationHooks
  readonly tree: TimelineTree = new TimelineTree()
  energy: Energy
  /** Timelines that were run, roots included. */
  timelines = 0
  /** Split points that were ever given children. */
  splitPoints = 0
  /** Calls of marks that runners had no room for. */
  marksLost = 0
  /** Timelines in which something failed. */
  failing = 0
  /** Most reseeds that lead to a timeline. */
  depth = 0
  /** By mark: its split points and their children. */
  readonly yields: Map<string, Yield> = new Map()
  /** Draws and fuel of all timelines. */
  draws = 0
  fuel = 0
  /** How the beginnings of jobs were reached. */
  readonly reached: Record<JobResult['reached'], number> = { snapshot: 0, replay: 0 }

  constructor(settings: ExploreSettings, edges: number, hooks: ExplorationHooks) {
    this.settings = settings
    this.marks = new MarkLedger(settings.marksMax)
    this.features = new FeatureLedger(edges)
    this.hooks = hooks
    this.energy = this.#fullEnergy()
  }

  /** Children that are being run count as not begun. */
  toData(): ExplorationData {
    const {
      timelines,
      splitPoints,
      failing,
      marksLost,
      depth,
      draws,
      fuel,
      reached,
      yields,
      marks,
      features,
      energy,
      tree,
    } = this
    const numbers = { timelines, splitPoints, failing, marksLost, depth, draws, fuel, reached: { ...reached } }
    const { left, ...more } = energy.toData()
    return {
      numbers,
      yields: [...yields].map(([id, sum]) => [id, { ...sum }]),
      marks: marks.toData(),
      features: [...features.since(0)],
      energy: { ...more, left: left + this.#pending() },
      tree: saveTree(tree),
    }
  }

  /** What `toData` gave; returns the split points by id. */
  restore({ numbers, yields, marks, features, energy, tree }: ExplorationData): Map<number, SplitPoint> {
    const { reached, ...counts } = numbers
    Object.assign(this, counts)
    Object.assign(this.reached, reached)
    for (const [id, sum] of yields) this.yields.set(id, { ...sum })
    this.marks.restore(marks)
    this.features.learn(Uint32Array.from(features))
    this.energy.restore(energy)
    return restoreTree(this.tree, tree)
  }

  #pending(): number {
    let pending = 0
    const nodes = this.tree.roots.slice(-1)
    for (let at = 0; at < nodes.length; at++) {
      for (const split of nodes[at]!.splits) {
        pending += split.pending
        nodes.push(...split.children)
      }
    }
    return pending
  }

  /** A new root seed: energy of its own; what is known of marks and code stays. */
  beginSeed(): void {
    this.energy = this.#fullEnergy()
    this.marks.beginSeed()
  }

  /** Takes in a result and says what its timelines came to, those left out that are only numbers. */
  merge(planned: Planned, result: JobResult): Merged[] {
    this.marks.count(result.marks)
    this.marksLost += result.marksLost ?? 0
    this.reached[result.reached]++
    const merged: Merged[] = []
    for (const [at, timeline] of result.timelines.entries()) {
      if (planned.purpose === 'split' && timeline instanceof PlainTimeline) this.#countPlain(planned, timeline)
      else merged.push(this.mergeTimeline(planned, at, timeline, result.marks))
    }
    return merged
  }

  #countPlain(planned: SplitWork, { draws, fuel }: Timeline): void {
    this.timelines++
    this.draws += draws
    this.fuel += fuel
    this.#creditChild(planned, false)
  }

  mergeTimeline(planned: Planned, at: number, timeline: Timeline, names: readonly MarkState[]): Merged {
    if (planned.purpose !== 'rest') this.timelines++
    const failures = failuresOf(timeline)
    const accepted = this.marks.accept(timeline.discoveries, names)
    const isNews = this.features.learn(timeline.features) > 0 || accepted.some((one) => one.isNews)
    this.count(timeline, failures)
    const isKept = planned.purpose === 'root' || timeline.stopped || accepted.length > 0 || failures.length > 0
    const node = planned.purpose === 'rest' ? planned.node : isKept ? this.#addNode(planned, at, timeline) : null
    this.#credit(planned, isNews)
    if (node === null) return { timeline, node, splits: [], isNews }
    const splits = this.extend(node, timeline, failures, accepted)
    return { timeline, node, splits, isNews }
  }

  /** What was found in a stretch of a timeline that is known already. */
  extend(
    node: TimelineNode,
    timeline: Timeline,
    failures: readonly Failure[],
    accepted: readonly Accepted[],
  ): SplitPoint[] {
    for (const failure of failures) this.hooks.onFailure({ failure, node, timeline })
    for (const one of accepted) this.hooks.onDiscovery(one, node)
    node.failures.push(...failures.map(({ key }) => key))
    if (node.depth >= this.settings.maxDepth) return []
    return accepted.map((one) => this.tree.addSplit(node, one))
  }

  /** The start as a moment to split at. */
  splitAtStart(root: TimelineNode, from: Moment): SplitPoint {
    return this.tree.addSplit(root, { discovery: { id: START_ID, moment: from, value: 0n, quality: [] } })
  }

  count(timeline: Timeline, failures: readonly Failure[]): void {
    this.draws += timeline.draws
    this.fuel += timeline.fuel
    if (failures.length > 0) this.failing++
  }

  #credit(planned: Planned, isNews: boolean): void {
    if (planned.purpose === 'rest' && isNews && planned.node.split) this.tree.creditFind(planned.node.split)
    if (planned.purpose === 'split') this.#creditChild(planned, isNews)
  }

  #creditChild({ split }: SplitWork, isNews: boolean): void {
    const isFirst = split.spawned === 0
    if (isFirst) this.splitPoints++
    split.pending--
    this.depth = Math.max(this.depth, split.node.depth + 1)
    this.tree.credit(split, isNews)
    let sum = this.yields.get(split.markId)
    if (!sum) this.yields.set(split.markId, (sum = { splitPoints: 0, children: 0, finds: 0 }))
    if (isFirst) sum.splitPoints++
    sum.children++
    if (isNews) sum.finds++
  }

  #addNode(planned: Planned, at: number, timeline: Timeline): TimelineNode {
    const { outcome, draws, violations } = timeline
    const ended = outcome.kind === 'ok' ? 'ok' : outcome.trap
    const ran = { number: this.timelines, draws, ended, isTainted: violations.length > 0 } as const
    return planned.purpose === 'split'
      ? this.tree.addChild(planned.split, planned.firstIndex + at, ran)
      : this.tree.addRoot(planned.from.rootSeed, ran)
  }

  #fullEnergy(): Energy {
    return new Energy(this.settings.globalEnergy, this.settings.adaptive?.perMarkEnergy ?? null)
  }
}
