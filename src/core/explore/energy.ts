// How many timelines may still be run. Whoever splits takes energy first and gives back what was not used, so that the
// numbers are right at every moment and never below zero.
//
//   fixed     global ─────────────────────────────────► child
//   adaptive  global ─┬─ the mark's own, while it lasts ► child
//                     └─ the pool ─────────────────────► child
//                            ▲ what a mark leaves over that was found barren
//
// A mark's own energy is given to it once in a root seed, not again for each of its splits.

/** Children that were granted, and who pays for them. */
export interface Grant {
  readonly markId: string
  readonly fromMark: number
  readonly fromPool: number
  /** All of them. */
  readonly children: number
}

export interface EnergyLeft {
  readonly left: number
  readonly pool: number
}

export class Energy {
  readonly #perMark: number | null
  #left: number
  #pool = 0
  #marks: Map<string, number> = new Map()

  /** `perMark` is null in the fixed mode, where only the global energy counts. */
  constructor(global: number, perMark: number | null) {
    this.#left = global
    this.#perMark = perMark
  }

  get left(): number {
    return this.#left
  }

  /** What barren marks left over. */
  get pool(): number {
    return this.#pool
  }

  /** How many children of a mark could be paid for now. */
  available(markId: string): number {
    return Math.min(this.#left, this.#ownOf(markId) + this.#pool)
  }

  /** At most `wanted` children. */
  take(markId: string, wanted: number): Grant {
    const children = Math.max(0, Math.min(wanted, this.available(markId)))
    const own = this.#ownOf(markId)
    const fromMark = Math.min(children, own)
    const fromPool = this.#perMark === null ? 0 : children - fromMark
    this.#left -= children
    this.#pool -= fromPool
    this.#setOwn(markId, own - fromMark)
    return { markId, fromMark, fromPool, children }
  }

  /** Returns `unused` children of a grant to where they came from. */
  giveBack({ markId, fromPool }: Grant, unused: number): void {
    const toPool = Math.min(unused, fromPool)
    this.#left += unused
    this.#pool += toPool
    this.#setOwn(markId, this.#ownOf(markId) + unused - toPool)
  }

  /** The mark was found barren: what is left of its own goes to the pool. */
  release(markId: string): void {
    if (this.#perMark === null) return
    this.#pool += this.#ownOf(markId)
    this.#setOwn(markId, 0)
  }

  /** Nothing can be paid for while global energy is left: every mark is given its own again. */
  renew(): void {
    this.#marks.clear()
  }

  toData(): EnergyData {
    return { left: this.#left, pool: this.#pool, marks: [...this.#marks] }
  }

  /** What `toData` gave, of the same options. */
  restore({ left, pool, marks }: EnergyData): void {
    this.#left = left
    this.#pool = pool
    this.#marks = new Map(marks)
  }

  #ownOf(markId: string): number {
    return this.#perMark === null ? Infinity : (this.#marks.get(markId) ?? this.#perMark)
  }

  #setOwn(markId: string, own: number): void {
    if (this.#perMark !== null) this.#marks.set(markId, own)
  }
}

export interface EnergyData extends EnergyLeft {
  readonly marks: readonly (readonly [id: string, left: number])[]
}
