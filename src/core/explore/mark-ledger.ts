// What is known of all marks, over all runners: the only owner of that knowledge. Runners know a part of it; what they
// report as a discovery is looked at again here, because others may have been there first.

import type { MarkDiscovery, MarkKind, MarkState } from './timelines.ts'

/** A mark, and where its state stands in the order of changes. */
interface Entry {
  state: MarkState
  version: number
  /** It was ever discovered: hitting it again in another root seed is no news. */
  everDiscovered: boolean
}

export interface Accepted {
  readonly discovery: MarkDiscovery
  readonly state: MarkState
  /** Nobody had discovered it before in this campaign: what counts as novelty. A mark that was opened again is not. */
  readonly isNews: boolean
}

export interface MarksData {
  readonly marks: readonly { readonly state: MarkState; readonly everDiscovered: boolean }[]
  readonly dropped: number
}

export class MarkLedger {
  readonly #entries: Map<string, Entry> = new Map()
  readonly #marksMax: number
  readonly #wanted: Set<string> = new Set()
  #version = 0
  #dropped = 0
  #discovered = 0

  /** Marks beyond `marksMax` are not remembered, only counted. */
  constructor(marksMax: number) {
    this.#marksMax = marksMax
  }

  get version(): number {
    return this.#version
  }

  /** Distinct marks that could not be remembered, as far as they came up. */
  get dropped(): number {
    return this.#dropped
  }

  /** Marks that were ever discovered. */
  get discovered(): number {
    return this.#discovered
  }

  get states(): readonly MarkState[] {
    return [...this.#entries.values()].map(({ state }) => state)
  }

  get(id: string): MarkState | undefined {
    return this.#entries.get(id)?.state
  }

  /** Marks that changed since the ledger had this version: what a runner has to be told. */
  since(version: number): readonly MarkState[] {
    if (version === this.#version) return []
    return [...this.#entries.values()].flatMap((entry) => (entry.version > version ? [entry.state] : []))
  }

  /** Takes in the discoveries of one timeline, in their order, and returns those that are new to everybody. */
  accept(discoveries: readonly MarkDiscovery[], names: readonly MarkState[]): Accepted[] {
    return discoveries.flatMap((discovery) => {
      const entry = this.#entryOf(discovery.id, names)
      if (entry === null || !isDiscovery(entry.state, discovery)) return []
      const isNews = !entry.everDiscovered || !isOnce(entry.state.name.kind) || beatsQuality(entry.state, discovery)
      this.#change(entry, learned(entry.state, discovery))
      if (!entry.everDiscovered) this.#discovered++
      entry.everDiscovered = true
      return [{ discovery, state: entry.state, isNews }]
    })
  }

  /** Adds the counts of one job and what it saw of marks that are never discoveries. */
  count(states: readonly MarkState[]): void {
    for (const seen of states) {
      const entry = this.#entryOf(seen.id, states)
      if (entry === null) continue
      const { state } = entry
      const passes = state.passes + seen.passes
      const fails = state.fails + seen.fails
      // Counts are no news for a runner, so the version stays.
      entry.state = { ...state, passes, fails }
      const watermark = betterMark(state.name.kind, state.watermark, seen.watermark)
      if (watermark !== state.watermark && isAlways(state.name.kind)) this.#change(entry, { watermark })
    }
  }

  /** Marks that are to be opened again when nobody is at work who was told otherwise: see `reopenWanted`. */
  wantReopened(id: string): void {
    this.#wanted.add(id)
  }

  reopenWanted(): void {
    for (const id of this.#wanted) this.reopen(id)
    this.#wanted.clear()
  }

  /** The next timeline that comes to the mark counts as a discovery again, so that another moment of it is known. */
  reopen(id: string): void {
    const entry = this.#entries.get(id)
    if (entry && entry.state.discovered) this.#change(entry, { discovered: false })
  }

  /** A runner has learned what does not count, in a run that was for another purpose: it is told again how things stand. */
  correct(states: readonly MarkState[]): void {
    for (const seen of states) {
      const entry = this.#entries.get(seen.id)
      if (entry && !isSameState(entry.state, seen)) entry.version = ++this.#version
    }
  }

  /** A new root seed: what happens once in a seed may happen again; watermarks, frontiers and qualities stay. */
  beginSeed(): void {
    for (const id of this.#entries.keys()) this.reopen(id)
  }

  toData(): MarksData {
    const marks = [...this.#entries.values()].map(({ state, everDiscovered }) => ({ state, everDiscovered }))
    return { marks, dropped: this.#dropped }
  }

  /** What `toData` gave; into a ledger that knows nothing. */
  restore({ marks, dropped }: MarksData): void {
    for (const { state, everDiscovered } of marks) {
      this.#entries.set(state.id, { state, version: ++this.#version, everDiscovered })
      if (everDiscovered) this.#discovered++
    }
    this.#dropped = dropped
  }

  /** Marks that were discovered once, by id. */
  wasDiscovered(id: string): boolean {
    return this.#entries.get(id)?.everDiscovered === true
  }

  #entryOf(id: string, names: readonly MarkState[]): Entry | null {
    const known = this.#entries.get(id)
    if (known) return known
    const told = names.find((state) => state.id === id)
    if (!told) return null
    if (this.#entries.size >= this.#marksMax) {
      this.#dropped++
      return null
    }
    const state: MarkState = { ...told, ...UNSEEN }
    const entry: Entry = { state, version: ++this.#version, everDiscovered: false }
    this.#entries.set(id, entry)
    return entry
  }

  #change(entry: Entry, change: Partial<MarkState>): void {
    entry.state = { ...entry.state, ...change }
    entry.version = ++this.#version
  }
}

const UNSEEN: Pick<MarkState, 'discovered' | 'passes' | 'fails' | 'watermark' | 'frontier' | 'quality'> = {
  discovered: false,
  passes: 0,
  fails: 0,
  watermark: null,
  frontier: 0,
  quality: [],
}

function isSameState(a: MarkState, b: MarkState): boolean {
  const isSame = a.discovered === b.discovered && a.watermark === b.watermark && a.frontier === b.frontier
  return isSame && String(a.quality) === String(b.quality)
}

/** Discovered by being met, rather than by a value that beats the last one. */
export function isOnce(kind: MarkKind): boolean {
  return kind === 'sometimes' || kind === 'reachable' || kind === 'each'
}

export function isAlways(kind: MarkKind): boolean {
  return kind.startsWith('always') || kind === 'unreachable'
}

function isDiscovery(state: MarkState, discovery: MarkDiscovery): boolean {
  const { kind } = state.name
  if (isOnce(kind)) return !state.discovered || beatsQuality(state, discovery)
  if (kind === 'sometimes-all') return Number(discovery.value) > state.frontier
  if (isAlways(kind)) return false
  return betterMark(kind, state.watermark, discovery.value) !== state.watermark
}

function learned(state: MarkState, { value, quality }: MarkDiscovery): Partial<MarkState> {
  const { kind } = state.name
  if (kind === 'sometimes-all') return { discovered: true, frontier: Number(value) }
  if (!isOnce(kind)) return { discovered: true, watermark: value }
  // A first hit in a new seed never lowers what an earlier one had reached.
  return { discovered: true, ...(isBetterQuality(quality, state.quality) ? { quality } : {}) }
}

function beatsQuality(state: MarkState, { quality }: MarkDiscovery): boolean {
  return state.name.kind === 'each' && state.quality.length > 0 && isBetterQuality(quality, state.quality)
}

/** Compares value by value, the first one first, without packing them into one number. */
export function isBetterQuality(candidate: readonly bigint[], best: readonly bigint[]): boolean {
  for (const [index, value] of candidate.entries()) {
    const other = best[index]
    if (other === undefined || value > other) return true
    if (value < other) return false
  }
  return false
}

/** The watermark after another value: the best for a `sometimes`, the worst for an `always`. */
export function betterMark(kind: MarkKind, mark: bigint | null, value: bigint | null): bigint | null {
  if (value === null || mark === null) return value ?? mark
  const wantsMore = /-(gt|ge)$/.test(kind) !== isAlways(kind)
  return (wantsMore ? value > mark : value < mark) ? value : mark
}
