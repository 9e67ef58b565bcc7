// One root seed, depth first: a timeline is stopped at each discovery, all futures of that moment are run to their ends,
// their own discoveries included, and only then it goes on: pre-order, as a process that forks and waits for its children.
//
//   root ──● A ─────────────────────────────● B ── end
//          ├ 1 ──● C ───────── end           └ …
//          │     ├ 2 ── end
//          │     └ 3 ── end
//          └ 4 ── end
//
// One thing follows from the other, so it is one runner that works, however many there are.

import type { Exploration, Merged } from './exploration.ts'
import { splitWork } from './best-first.ts'
import type { Planned, SplitWork } from './planned.ts'
import { effectiveMin, type AdaptiveSettings } from './settings.ts'
import type { Moment, Timeline } from './timelines.ts'
import type { SplitPoint, TimelineNode } from './tree.ts'

export interface DepthFirstHost {
  /** Runs one timeline and merges it; null when the exploration is over. */
  run(planned: Planned): Promise<Merged | null>
  /** Timelines that may still be run. */
  timelinesLeft(): number
}

export class DepthFirst {
  readonly #exploration: Exploration
  readonly #host: DepthFirstHost
  readonly #barrenAfter: number

  constructor(exploration: Exploration, host: DepthFirstHost, isWarm: boolean) {
    const { adaptive } = exploration.settings
    this.#exploration = exploration
    this.#host = host
    this.#barrenAfter = adaptive ? effectiveMin(adaptive, isWarm) : 0
  }

  async run(start: Moment): Promise<void> {
    const stopAtDiscovery = this.#exploration.settings.maxDepth > 0
    await this.#follow({ purpose: 'root', from: start, seeds: [null], stopAtDiscovery, hashMemory: false })
  }

  /** Runs a timeline to its end, splitting on the way; returns whether it or its descendants found something new. */
  async #follow(planned: Planned): Promise<boolean> {
    let merged = await this.#host.run(planned)
    const node = merged?.node ?? null
    let isNews = merged?.isNews ?? false
    while (merged !== null && merged.timeline.stopped) {
      for (const split of merged.splits) isNews = (await this.#split(split)) || isNews
      merged = await this.#host.run(this.#rest(merged.timeline, node as TimelineNode))
      if (merged?.isNews) isNews = true
    }
    return isNews
  }

  #rest({ end }: Timeline, node: TimelineNode): Planned {
    const stopAtDiscovery = node.depth < this.#exploration.settings.maxDepth && this.#exploration.energy.left > 0
    return { purpose: 'rest', node, from: end, seeds: [null], stopAtDiscovery, hashMemory: false }
  }

  async #split(split: SplitPoint): Promise<boolean> {
    const { adaptive, timelinesPerSplit } = this.#exploration.settings
    return adaptive ? await this.#splitAdaptively(split, adaptive) : await this.#splitInto(split, timelinesPerSplit)
  }

  async #splitAdaptively(split: SplitPoint, adaptive: AdaptiveSettings): Promise<boolean> {
    let found = false
    for (;;) {
      const room = Math.min(adaptive.batchSize, adaptive.maxTimelines - split.spawned)
      const before = split.spawned
      const isNews = await this.#splitInto(split, room)
      found ||= isNews
      if (split.spawned >= adaptive.maxTimelines || split.spawned - before < room) return found
      if (!isNews && split.spawned >= this.#barrenAfter) {
        this.#exploration.energy.release(split.markId)
        return found
      }
    }
  }

  /** So many children, one after the other, as far as the energy goes. */
  async #splitInto(split: SplitPoint, children: number): Promise<boolean> {
    let found = false
    for (let child = 0; child < children; child++) {
      const grant = this.#exploration.energy.take(split.markId, Math.min(1, this.#host.timelinesLeft()))
      if (grant.children === 0) return found
      if (await this.#follow(this.#child(split, grant))) found = true
    }
    return found
  }

  #child(split: SplitPoint, grant: SplitWork['grant']): SplitWork {
    const stopAtDiscovery = split.node.depth + 1 < this.#exploration.settings.maxDepth
    return { ...splitWork(split, grant), stopAtDiscovery }
  }
}
