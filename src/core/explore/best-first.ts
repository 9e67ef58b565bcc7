// One root seed, best first: the root is run to its end, its discoveries become moments to split at, and so on with the
// children of whichever moment promises most. Nothing waits for anything, so there is work for many runners.

import type { Exploration, Merged } from './exploration.ts'
import { Frontier } from './frontier.ts'
import type { Planned, SplitWork } from './planned.ts'
import { effectiveMin, type AdaptiveSettings } from './settings.ts'
import type { JobResult, Moment } from './timelines.ts'
import type { SplitPoint } from './tree.ts'

export class BestFirst {
  readonly #exploration: Exploration
  readonly #frontier: Frontier
  readonly #start: Moment
  #root: 'waits' | 'runs' | 'done' = 'waits'

  constructor(exploration: Exploration, start: Moment, isWarm: boolean) {
    const { settings, energy, marks } = exploration
    const adaptive = settings.adaptive ?? fixed(settings.timelinesPerSplit)
    this.#exploration = exploration
    this.#start = start
    const host = {
      energy,
      passesOf: (id: string): number => marks.get(id)?.passes ?? exploration.timelines,
      reopen: (id: string): void => marks.wantReopened(id),
    }
    this.#frontier = new Frontier(host, adaptive, effectiveMin(adaptive, isWarm))
  }

  get frontier(): number {
    return this.#frontier.size
  }

  /** At most `most` timelines; null where there is nothing to do, until something is merged or for good. */
  next(most: number): Planned | null {
    if (most <= 0) return null
    if (this.#root === 'waits') {
      this.#root = 'runs'
      return { purpose: 'root', from: this.#start, seeds: [null], stopAtDiscovery: false, hashMemory: false }
    }
    const chosen = this.#frontier.next()
    if (chosen === null) return null
    const { split } = chosen
    const grant = this.#exploration.energy.take(split.markId, Math.min(chosen.children, most))
    return splitWork(split, grant)
  }

  merge(planned: Planned, result: JobResult): Merged[] {
    const merged = this.#exploration.merge(planned, result)
    for (const { splits } of merged) for (const split of splits) this.#frontier.add(split)
    if (planned.purpose === 'split') this.#frontier.merged(planned.split)
    const root = planned.purpose === 'root' ? merged[0]?.node : null
    if (root) {
      this.#root = 'done'
      const { maxDepth, splitAtStart } = this.#exploration.settings
      if (maxDepth > 0 && splitAtStart) this.#frontier.add(this.#exploration.splitAtStart(root, this.#start))
    }
    return merged
  }
}

/** Takes the next indexes of `split` for a grant's children. */
export function splitWork(split: SplitPoint, grant: SplitWork['grant']): SplitWork {
  const firstIndex = split.spawned + split.pending
  split.pending += grant.children
  const seeds = Array.from({ length: grant.children }, (_, at) => split.seedOf(firstIndex + at))
  return {
    purpose: 'split',
    from: split.moment,
    seeds,
    stopAtDiscovery: false,
    hashMemory: false,
    split,
    firstIndex,
    grant,
  }
}

/** So many children a moment, and then no more. */
function fixed(children: number): AdaptiveSettings {
  return {
    batchSize: children,
    minTimelines: children,
    maxTimelines: children,
    perMarkEnergy: Infinity,
    warmMinTimelines: children,
  }
}
