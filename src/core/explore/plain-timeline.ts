// A timeline of which nothing is to be said but its numbers: it ended well and found nothing. There are very many of them, so
// one is no more than a place in an array that it shares with its neighbours.
//
//   draws · fuel · draws at the end · calls of marks at the end · reseeds at the end, -1 for all · what it returned

import type { Outcome } from '../outcome.ts'
import type { Moment, Reseed, RunJob, Timeline } from './timelines.ts'

const NONE: readonly never[] = []
const RETURNED: Outcome = { kind: 'ok', result: 0 }
export const NO_FEATURES: Uint32Array = new Uint32Array(0)

export const PLAIN_NUMBERS = 6
export const ALL_RESEEDS = -1

/** The timeline of the job's seed at `index`, its numbers from `at` on. */
export class PlainTimeline implements Timeline {
  readonly #numbers: Float64Array
  readonly #at: number
  readonly #job: RunJob
  readonly #index: number

  constructor(job: RunJob, index: number, numbers: Float64Array, at: number) {
    this.#numbers = numbers
    this.#at = at
    this.#job = job
    this.#index = index
  }

  get draws(): number {
    return this.#number(0)
  }

  get fuel(): number {
    return this.#number(1)
  }

  get outcome(): Outcome {
    const result = this.#number(5)
    return result === 0 ? RETURNED : { kind: 'ok', result }
  }

  get stopped(): boolean {
    return false
  }

  get violations(): readonly never[] {
    return NONE
  }

  get discoveries(): readonly never[] {
    return NONE
  }

  get features(): Uint32Array {
    return NO_FEATURES
  }

  get memoryHash(): null {
    return null
  }

  /** Hardly anybody asks where it ended, so that is put together when somebody does. */
  get end(): Moment {
    const passed = this.#number(4)
    const all = reseedsOf(this.#job, this.#index)
    const reseeds = passed === ALL_RESEEDS ? all : all.slice(0, passed)
    return { rootSeed: this.#job.from.rootSeed, reseeds, draws: this.#number(2), markCalls: this.#number(3) }
  }

  copyNumbers(to: Float64Array, at: number): void {
    for (let nth = 0; nth < PLAIN_NUMBERS; nth++) to[at + nth] = this.#number(nth)
  }

  toJSON(): Timeline {
    const { end, draws, fuel, outcome, stopped, violations, discoveries, features, memoryHash } = this
    return { end, draws, fuel, outcome, stopped, violations, discoveries, features, memoryHash }
  }

  #number(nth: number): number {
    return this.#numbers[this.#at + nth] as number
  }
}

/** All reseeds of the job's timeline at `index`: those that lie ahead of it, or those before it and its own. */
export function reseedsOf({ from, seeds, ahead }: RunJob, index: number): readonly Reseed[] {
  if (ahead && ahead.length > 0) return ahead
  const seed = seeds.at(index) ?? null
  const { draws, markCalls } = from
  return seed === null ? from.reseeds : [...from.reseeds, { draws, seed, markCalls }]
}

/** Reseeds come on the way of the timeline, so that it may end before some of them. */
export function comesByReseeds({ from, ahead }: RunJob): boolean {
  return (ahead !== undefined && ahead.length > 0) || from.markCalls === 0
}
