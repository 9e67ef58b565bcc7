// One root seed, best first: the root is run to its end, its discoveries become moments to split at, and so on with the
// children of whichever moment promises most. Nothing waits for anything, so there is work for many runners.

import type { Exploration, Merged } from './exploration.ts'
import { SeedSeries } from './child-seed.ts'
import type { Energy } from './energy.ts'
import { Frontier, type FrontierData } from './frontier.ts'
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

  /** Null before the root has been run. */
  toData(): FrontierData | null {
    return this.#root === 'done' ? this.#frontier.toData() : null
  }

  /** Goes on where another one was: its root is done. */
  restore(data: FrontierData, splits: ReadonlyMap<number, SplitPoint>): void {
    this.#root = 'done'
    this.#frontier.restore(data, splits)
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

  /** The work was not begun: it may be chosen again, or not. */
  giveBack(planned: Planned): void {
    if (planned.purpose === 'root') this.#root = 'waits'
    if (planned.purpose === 'split') notBegun(planned, planned.seeds.length, this.#exploration.energy)
  }

  /** The split point cannot be come to again. */
  drop(planned: Planned): void {
    if (planned.purpose === 'split') this.#frontier.drop(planned.split)
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
  const firstIndex = split.begun
  split.begun += grant.children
  split.pending += grant.children
  const seeds = new SeedSeries(split.seed, firstIndex, grant.children)
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

/** The last so many children of `work` were not run: their energy is given back, and their indexes where nobody came after. */
export function notBegun({ split, firstIndex, seeds, grant }: SplitWork, children: number, energy: Energy): void {
  split.pending -= children
  energy.giveBack(grant, children)
  if (split.begun === firstIndex + seeds.length) split.begun -= children
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
