// Every so many timelines one is run twice more, and all three must agree: draws, outcome, and the memory at the end.

import type { CheckWork, Planned } from './planned.ts'
import type { JobResult } from './timelines.ts'

export class SelfCheck {
  readonly #every: number
  readonly #waiting: CheckWork[] = []
  done = 0
  failed = 0

  /** 0 never checks. */
  constructor(every: number) {
    this.#every = every
  }

  /** Looks whether the timelines after the first `before` hold one to check. */
  consider(planned: Planned, { timelines }: JobResult, before: number): void {
    if (this.#every === 0 || planned.purpose !== 'split' || planned.stopAtDiscovery) return
    const at = this.#every - 1 - (before % this.#every)
    const [timeline, seed] = [timelines[at], planned.seeds.at(at)]
    if (timeline === undefined || seed === undefined) return
    const job = { from: planned.from, seeds: [seed, seed], stopAtDiscovery: false, hashMemory: true } as const
    this.#waiting.push({ purpose: 'check', ...job, number: before + at + 1, before: timeline })
  }

  /** So many were made before. */
  restore({ done, failed }: { readonly done: number; readonly failed: number }): void {
    this.done = done
    this.failed = failed
  }

  /** As many as are worth a message of their own; none before there are so many. */
  take(count: number): readonly CheckWork[] {
    return this.#waiting.length < count ? [] : this.#waiting.splice(0, count)
  }

  next(): CheckWork | null {
    return this.#waiting.shift() ?? null
  }

  isSame({ before }: CheckWork, { timelines: [first, second] }: JobResult): boolean {
    this.done++
    const isSame =
      first !== undefined &&
      second !== undefined &&
      first.memoryHash === second.memoryHash &&
      [first, second].every(({ draws, outcome }) => draws === before.draws && outcome.kind === before.outcome.kind)
    if (!isSame) this.failed++
    return isSame
  }
}
