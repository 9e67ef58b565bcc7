// A timeline of which nothing is to be said but its numbers: it ended well and found nothing.

import type { Moment, Reseed, RunJob, Timeline } from './timelines.ts'

const NONE: readonly never[] = []
export const NO_FEATURES: Uint32Array = new Uint32Array(0)

export interface PlainNumbers {
  readonly draws: number
  readonly fuel: number
  readonly endDraws: number
  readonly endCalls: number
  /** Of its reseeds, those that had come by its end; null for all. */
  readonly endReseeds: number | null
  readonly result: number
}

/** The timeline of the job's seed at `index`. Hardly anybody asks where it ended, so that is put together when somebody does. */
export function plainTimeline(job: RunJob, index: number, numbers: PlainNumbers): Timeline {
  const { draws, fuel, result, endDraws, endCalls, endReseeds } = numbers
  return {
    get end(): Moment {
      const reseeds = reseedsOf(job, index).slice(0, endReseeds ?? undefined)
      return { rootSeed: job.from.rootSeed, reseeds, draws: endDraws, markCalls: endCalls }
    },
    draws,
    fuel,
    outcome: { kind: 'ok', result },
    stopped: false,
    violations: NONE,
    discoveries: NONE,
    features: NO_FEATURES,
    memoryHash: null,
  }
}

/** All reseeds of the job's timeline at `index`: those that lie ahead of it, or those before it and its own. */
export function reseedsOf({ from, seeds, ahead }: RunJob, index: number): readonly Reseed[] {
  if (ahead && ahead.length > 0) return ahead
  const seed = seeds[index] ?? null
  const { draws, markCalls } = from
  return seed === null ? from.reseeds : [...from.reseeds, { draws, seed, markCalls }]
}

/** Reseeds come on the way of the timeline, so that it may end before some of them. */
export function comesByReseeds({ from, ahead }: RunJob): boolean {
  return (ahead !== undefined && ahead.length > 0) || from.markCalls === 0
}
