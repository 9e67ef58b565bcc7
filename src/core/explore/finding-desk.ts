// What becomes of a failure: known key? count it. Else its recipe is filed at once, replayed from the start, filed again
// with what the replays showed, and told.

import { StorageLost } from '../campaign/corpus.ts'
import { EVENTS_VERSION, type ExploreFindingEvent } from './events.ts'
import type { Met } from './exploration.ts'
import { failuresOf } from './failures.ts'
import type { ConfirmWork } from './planned.ts'
import { formatRecipe } from './recipe.ts'
import type { Moment, Timeline } from './timelines.ts'
import { pathTo } from './tree.ts'
import { FINDINGS_MAX } from '../limits.ts'

/** Replays of a recipe before the finding is told. */
const CONFIRM_RUNS = 2

/** What is written of a finding, and who is told where. */
export interface RecipeRecord extends Omit<ExploreFindingEvent, 'type' | 'version' | 'path' | 'replay'> {
  /** The moments that lead to it: where other futures can be tried. */
  readonly path: readonly Moment[]
}

export interface RecipeStore {
  /** `replaces` is the path of an earlier form of the same finding. Throws StorageLost. */
  write(record: RecipeRecord, replaces: string | null): Promise<{ path: string | null; replay: string | null }>
}

export interface PendingFinding {
  readonly met: Met
  readonly timelines: number
  readonly elapsedMs: number
  path: string | null
  reproduced: number
  runs: number
  memoryHash: string | null
}

export interface DeskHost {
  readonly moduleHash: string
  readonly elapsedMs: () => number
  readonly tell: (event: ExploreFindingEvent) => void
  readonly storageLost: (lost: StorageLost) => void
}

export class ExploreDesk {
  readonly #store: RecipeStore
  readonly #host: DeskHost
  readonly #counts: Map<string, number>
  readonly #waiting: PendingFinding[] = []
  readonly #confirming: Set<PendingFinding> = new Set()
  readonly #told: ExploreFindingEvent[] = []
  /** By key: where in the tree it was first met. */
  readonly met: Map<string, Met> = new Map()

  constructor(store: RecipeStore, host: DeskHost, known: readonly ExploreFindingEvent[] = []) {
    this.#store = store
    this.#host = host
    this.#told.push(...known)
    this.#counts = new Map(known.map(({ key }) => [key, 1]))
  }

  /** Distinct findings, those included that are still being confirmed. */
  get count(): number {
    return this.#counts.size
  }

  get told(): readonly ExploreFindingEvent[] {
    return this.#told
  }

  /** Returns true for a finding that is new. */
  take(met: Met): boolean {
    const { key } = met.failure
    const seen = this.#counts.get(key)
    if (seen === undefined && this.#counts.size >= FINDINGS_MAX) return false
    this.#counts.set(key, (seen ?? 0) + 1)
    if (seen !== undefined) return false
    const at = { timelines: met.node.number, elapsedMs: this.#host.elapsedMs() }
    this.met.set(key, met)
    this.#waiting.push({ met, ...at, path: null, reproduced: 0, runs: 0, memoryHash: null })
    return true
  }

  /** A replay that has to be made; null where none is waited for. */
  next(): ConfirmWork | null {
    const finding = this.#waiting.shift()
    if (!finding) return null
    this.#confirming.add(finding)
    const { rootSeed, reseeds } = finding.met.failure.moment
    const from = { rootSeed, reseeds: [], draws: 0, markCalls: 0 }
    return {
      purpose: 'confirm',
      from,
      seeds: [null],
      ahead: reseeds,
      stopAtDiscovery: false,
      hashMemory: true,
      finding,
    }
  }

  /** Files what is new before anything else is done with it, so that a killed process loses nothing. */
  async file(): Promise<void> {
    for (const finding of this.#waiting) if (finding.path === null) await this.#write(finding)
  }

  /** `timeline` is null where the recipe could not be run. */
  async confirmed(finding: PendingFinding, timeline: Timeline | null): Promise<void> {
    this.#confirming.delete(finding)
    const again = timeline !== null && failuresOf(timeline).some(({ key }) => key === finding.met.failure.key)
    const isSame = again && (finding.memoryHash === null || finding.memoryHash === timeline?.memoryHash)
    finding.runs++
    if (timeline !== null && isSame) {
      finding.reproduced++
      finding.memoryHash = timeline.memoryHash
    }
    if (finding.runs < CONFIRM_RUNS) this.#waiting.unshift(finding)
    else await this.#tell(finding)
  }

  /** The exploration is over: what was not confirmed is told as it is. */
  async finish(): Promise<void> {
    for (const finding of [...this.#confirming, ...this.#waiting.splice(0)]) await this.#tell(finding)
    this.#confirming.clear()
  }

  async #tell(finding: PendingFinding): Promise<void> {
    const replay = await this.#write(finding)
    const { path: _, ...record } = this.#recordOf(finding)
    const event = { type: 'finding', version: EVENTS_VERSION, ...record, path: finding.path, replay } as const
    this.#told.push(event)
    this.#host.tell(event)
  }

  async #write(finding: PendingFinding): Promise<string | null> {
    try {
      const { path, replay } = await this.#store.write(this.#recordOf(finding), finding.path)
      finding.path = path
      return replay
    } catch (error) {
      if (!(error instanceof StorageLost)) throw error
      this.#host.storageLost(error)
      return null
    }
  }

  #recordOf({ met, timelines, elapsedMs, reproduced, runs, memoryHash }: PendingFinding): RecipeRecord {
    const { kind, key, message, details, frames, moment } = met.failure
    const { rootSeed, reseeds, draws } = moment
    return {
      kind,
      key,
      message,
      details,
      frames,
      recipe: formatRecipe({ rootSeed, moduleHash: this.#host.moduleHash, reseeds }),
      depth: reseeds.length,
      draws: reseeds.reduce((sum, reseed) => sum + reseed.draws, draws),
      timelines,
      elapsedMs: Math.round(elapsedMs),
      reproduced,
      reproduceRuns: runs,
      memoryHash,
      path: pathTo(met.node.split).map((split) => split.moment),
    }
  }
}

/** Findings in memory, for tests and for programs that write no files. */
export class MemoryRecipes implements RecipeStore {
  readonly records: Map<string, RecipeRecord> = new Map()

  async write(record: RecipeRecord): Promise<{ path: null; replay: null }> {
    this.records.set(record.key, record)
    return { path: null, replay: null }
  }
}
