// A timeline of which nothing is to be said but its numbers: it ended well and found nothing.

import type { Outcome } from '../outcome.ts'
import type { Moment, Reseed, RunJob, Timeline } from './timelines.ts'

const NONE: readonly never[] = []
const RETURNED: Outcome = { kind: 'ok', result: 0 }
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
export class PlainTimeline implements Timeline {
  readonly draws: number
  readonly fuel: number
  readonly outcome: Outcome
  readonly stopped: boolean = false
  readonly violations: readonly never[] = NONE
  readonly discoveries: readonly never[] = NONE
  readonly features: Uint32Array = NO_FEATURES
  readonly memoryHash: null = null
  readonly numbers: PlainNumbers
  readonly #job: RunJob
  readonly #index: number

  constructor(job: RunJob, index: number, numbers: PlainNumbers) {
    this.draws = numbers.draws
    this.fuel = numbers.fuel
    this.outcome = numbers.result === 0 ? RETURNED : { kind: 'ok', result: numbers.result }
    this.numbers = numbers
    this.#job = job
    this.#index = index
  }

  get end(): Moment {
    const { endDraws, endCalls, endReseeds } = this.numbers
    const reseeds = reseedsOf(this.#job, this.#index).slice(0, endReseeds ?? undefined)
    return { rootSeed: this.#job.from.rootSeed, reseeds, draws: endDraws, markCalls: endCalls }
  }

  toJSON(): Timeline {
    const { numbers: _, ...fields } = this
    return { ...fields, end: this.end }
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
