// Which moment is split next, best first. Marks are arms, as of a bandit; the moments at which a mark was met are its
// exemplars. The newest moment is followed until its children find nothing for long enough: then it is barren. Its energy
// goes to the pool, and its mark is opened again: the next timeline that comes to it leaves another exemplar. When all
// are barren, a round begins in which each is tried for twice as long, the best first:
//
//   rarity   the fewer evaluations of its mark passed, over all timelines: what happens all the time needs no help
//   yield    the fewer children have brought nothing since the last that did
//   depth    the more reseeds lead to it: what took long to reach is worth more
//   quality  of one mark's exemplars the best are kept, then the newest

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
/** So often everything that was barren is tried once more, each time for twice as long. */
const ROUNDS_MAX = 4
/** A batch is run in so many parts, with a look in between: what one part finds is followed at once. */
const BATCH_PARTS = 4

interface Arm {
  readonly markId: string
  readonly exemplars: SplitPoint[]
  reopened: number
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
        // What is new is followed before anything else, the newest first; numbers above 1 stand for that.
        const score = split.sinceFind + split.pending < this.#barrenAfter ? 1 + split.id : this.#score(split, rarity)
        if (score < bestScore || (score === bestScore && best !== null && best.id > split.id)) continue
        best = split
        bestScore = score
      }
    }
    return best
  }

  /** Below 1. */
  #score({ node, sinceFind, pending }: SplitPoint, rarity: number): number {
    return (rarity * (1 - 1 / (2 + node.depth))) / (sinceFind + pending + 1)
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
