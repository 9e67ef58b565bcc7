// Which moment is split next, best first. Marks are arms, as of a bandit; the moments at which a mark was met are its
// exemplars, of which the best by quality are kept, then the newest.
//
//   fresh    a moment that has had less than three batches of children since one found something: the newest first
//   others   depth² / (children since one found something + a batch): what took long to reach is worth more, what has
//            brought nothing for long is worth less; of equal ones the rarer mark, which fewer evaluations passed
//
// A moment that has found nothing for `minTimelines`, it and all below it, is barren. It is put back, its energy goes to
// the pool, and its mark is opened again: the next timeline that comes to it leaves another exemplar. When all are barren
// another round begins, in which each is tried for twice as long.

import type { Energy } from './energy.ts'
import type { AdaptiveSettings } from './settings.ts'
import { isBetterQuality } from './mark-ledger.ts'
import type { SplitPoint } from './tree.ts'

export interface FrontierHost {
  readonly energy: Energy
  /** How often evaluations of the mark passed, over all timelines. */
  passesOf(markId: string): number
  /** The mark may be discovered again. */
  reopen(markId: string): void
}

/** Moments of one mark that wait at the same time; the worst leaves first. */
const EXEMPLARS_MAX = 4
/** How often one mark is opened again in a root seed. */
const REOPENED_MAX = 8
/** Scores of fresh moments are above it. */
const FRESH = 1e12
const FRESH_BATCHES = 3
/** So often everything that was barren is tried once more, each time for twice as long. */
const ROUNDS_MAX = 4
/** A batch is run in so many parts, with a look in between: what one part finds is followed at once. */
const BATCH_PARTS = 4

interface Arm {
  readonly markId: string
  readonly exemplars: SplitPoint[]
  reopened: number
}

/** Split points by their ids. */
export interface FrontierData {
  readonly round: number
  readonly arms: readonly {
    readonly markId: string
    readonly reopened: number
    readonly exemplars: readonly number[]
  }[]
  readonly barren: readonly number[]
}

export class Frontier {
  readonly #host: FrontierHost
  readonly #adaptive: AdaptiveSettings
  readonly #barrenAfter: number
  readonly #arms: Map<string, Arm> = new Map()
  readonly #barren: Set<SplitPoint> = new Set()
  #round = 1

  constructor(host: FrontierHost, adaptive: AdaptiveSettings, barrenAfter: number) {
    this.#host = host
    this.#adaptive = adaptive
    this.#barrenAfter = barrenAfter
  }

  /** Moments that may still be split. */
  get size(): number {
    let size = 0
    for (const { exemplars } of this.#arms.values()) size += exemplars.length
    return size
  }

  add(split: SplitPoint): void {
    let arm = this.#arms.get(split.markId)
    if (!arm) this.#arms.set(split.markId, (arm = { markId: split.markId, exemplars: [], reopened: 0 }))
    arm.exemplars.push(split)
    arm.exemplars.sort(betterFirst)
    arm.exemplars.splice(EXEMPLARS_MAX)
  }

  toData(): FrontierData {
    const arms = [...this.#arms.values()].map(({ markId, reopened, exemplars }) => {
      return { markId, reopened, exemplars: exemplars.map(({ id }) => id) }
    })
    return { round: this.#round, arms, barren: [...this.#barren].map(({ id }) => id) }
  }

  restore({ round, arms, barren }: FrontierData, splits: ReadonlyMap<number, SplitPoint>): void {
    const known = (ids: readonly number[]): SplitPoint[] => ids.flatMap((id) => splits.get(id) ?? [])
    this.#round = round
    for (const arm of arms) this.#arms.set(arm.markId, { ...arm, exemplars: known(arm.exemplars) })
    for (const split of known(barren)) this.#barren.add(split)
  }

  /** Never split it again. */
  drop(split: SplitPoint): void {
    const exemplars = this.#arms.get(split.markId)?.exemplars ?? []
    const at = exemplars.indexOf(split)
    if (at >= 0) exemplars.splice(at, 1)
    this.#barren.delete(split)
  }

  /** The moment to split next, and into how many children; null when nothing is left, or nothing can be paid for. */
  next(): { split: SplitPoint; children: number } | null {
    for (;;) {
      const split = this.#best()
      if (split !== null) return { split, children: this.#childrenOf(split) }
      if (this.#round === ROUNDS_MAX || !this.#isWaiting()) return null
      this.#round++
      this.#host.energy.renew()
    }
  }

  /** Children of `split` were merged: looks whether it is worth going on with. */
  merged(split: SplitPoint): void {
    if (split.sinceFind === 0) this.#barren.delete(split)
    if (split.sinceFind < this.#barrenAfter || this.#barren.has(split)) return
    this.#barren.add(split)
    const arm = this.#arms.get(split.markId)
    if (!arm || arm.exemplars.some((other) => !this.#barren.has(other))) return
    this.#host.energy.release(split.markId)
    if (arm.reopened >= REOPENED_MAX) return
    arm.reopened++
    this.#host.reopen(split.markId)
  }

  #best(): SplitPoint | null {
    let best: SplitPoint | null = null
    let bestScore = 0
    for (const arm of this.#arms.values()) {
      if (this.#host.energy.available(arm.markId) === 0) continue
      const rarity = 1 / Math.sqrt(1 + this.#host.passesOf(arm.markId))
      for (const split of arm.exemplars) {
        if (!this.#isOpen(split) || split.sinceFind + split.pending >= this.#barrenAfter * 2 ** (this.#round - 1))
          continue
        const score = this.#score(split, rarity)
        if (score < bestScore || (score === bestScore && best !== null && best.id > split.id)) continue
        best = split
        bestScore = score
      }
    }
    return best
  }

  /** Above FRESH for a fresh moment, far below for others. */
  #score({ id, node, sinceOwnFind, pending }: SplitPoint, rarity: number): number {
    const { batchSize } = this.#adaptive
    const since = sinceOwnFind + pending
    if (since < FRESH_BATCHES * batchSize) return FRESH + id
    return ((1 + node.depth) ** 2 + rarity) / (since + batchSize)
  }

  #isOpen(split: SplitPoint): boolean {
    return split.spawned + split.pending < this.#adaptive.maxTimelines * this.#round
  }

  /** Whether anything is left that is only held back because it was barren so far. */
  #isWaiting(): boolean {
    if (this.#host.energy.left === 0) return false
    for (const { exemplars } of this.#arms.values()) {
      if (exemplars.length > 0) return true
    }
    return false
  }

  #childrenOf(split: SplitPoint): number {
    const room = this.#adaptive.maxTimelines * this.#round - split.spawned - split.pending
    const part = Math.ceil(this.#adaptive.batchSize / BATCH_PARTS)
    return Math.min(part, room, this.#host.energy.available(split.markId))
  }
}

function betterFirst(a: SplitPoint, b: SplitPoint): number {
  if (isBetterQuality(a.quality, b.quality)) return -1
  if (isBetterQuality(b.quality, a.quality)) return 1
  return b.id - a.id
}
