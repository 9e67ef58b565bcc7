// The numbers of an exploration, and the events made of them.

import {
  EVENTS_VERSION,
  type ExploreEndEvent,
  type ExploreEndReason,
  type ExploreFindingEvent,
  type ExploreNumbers,
  type ExploreStatusEvent,
  type MarkReport,
} from './events.ts'
import type { Exploration } from './exploration.ts'
import type { ExplorerOptions } from './explorer.ts'
import { isAlways, type Accepted } from './mark-ledger.ts'
import type { RewindGraph } from './rewind-graph.ts'
import type { SelfCheck } from './self-check.ts'
import type { MarkState } from './timelines.ts'
import type { TimelineNode } from './tree.ts'
import { INPUT_EVENTS_PER_SECOND_MAX } from '../limits.ts'

export interface ProgressData {
  readonly perSeed: readonly number[]
  /** Where things stood when the root seed under way began. */
  readonly seed: { readonly timelines: number; readonly findings: number; readonly news: number }
  readonly quietSeeds: number
  readonly elapsedMs: number
  readonly lastNewMs: number
  readonly momentsLost: number
}

export class ExploreProgress {
  readonly #options: ExplorerOptions
  readonly #exploration: Exploration
  readonly #findings: () => number
  readonly #startMs = performance.now()
  /** What was spent before the campaign was gone on with. */
  #beforeMs = 0
  readonly #perSeed: number[] = []
  frontier: () => number = () => 0
  /** Moments that could not be come to again. */
  momentsLost = 0
  #rootSeed = 0n
  #seed = { timelines: 0, findings: 0, news: 0 }
  #lastNewMs = 0
  #quietSeeds = 0
  #told = { count: 0, second: 0 }
  #skipped = 0

  constructor(options: ExplorerOptions, exploration: Exploration, findings: () => number) {
    this.#options = options
    this.#exploration = exploration
    this.#findings = findings
  }

  toData(): ProgressData {
    return {
      perSeed: [...this.#perSeed],
      seed: this.#seed,
      quietSeeds: this.#quietSeeds,
      elapsedMs: this.elapsedMs,
      lastNewMs: this.#lastNewMs,
      momentsLost: this.momentsLost,
    }
  }

  restore({ perSeed, seed, quietSeeds, elapsedMs, lastNewMs, momentsLost }: ProgressData): void {
    this.#perSeed.push(...perSeed)
    this.#seed = seed
    this.#quietSeeds = quietSeeds
    this.#beforeMs = elapsedMs
    this.#lastNewMs = lastNewMs
    this.momentsLost = momentsLost
  }

  /** A root seed that was begun before goes on. */
  goOn(rootSeed: bigint): void {
    this.#rootSeed = rootSeed
  }

  /** 0 where one seed has to give the same events, byte for byte. */
  get elapsedMs(): number {
    return this.#options.settings.deterministic ? 0 : this.#beforeMs + performance.now() - this.#startMs
  }

  beginSeed(rootSeed: bigint): void {
    this.#rootSeed = rootSeed
    this.#seed = { timelines: this.#exploration.timelines, findings: this.#findings(), news: this.#news() }
  }

  endSeed(isWarm: boolean): void {
    const timelines = this.#exploration.timelines - this.#seed.timelines
    const news = this.#news() - this.#seed.news
    const findings = this.#findings() - this.#seed.findings
    this.#perSeed.push(timelines)
    this.#quietSeeds = news > 0 ? 0 : this.#quietSeeds + 1
    const rootSeed = String(this.#rootSeed)
    this.#options.emit({ type: 'seed', version: EVENTS_VERSION, rootSeed, timelines, findings, news, isWarm })
  }

  /** Every `sometimes` and `reachable` that was met has come to pass, and so many seeds brought nothing new. */
  isStable(plateauSeeds: number | null): boolean {
    if (plateauSeeds === null || this.#quietSeeds < plateauSeeds) return false
    return this.#exploration.marks.states.every((state) => statusOf(state) !== 'miss')
  }

  discovered({ discovery, state, isNews }: Accepted, node: TimelineNode): void {
    if (!isNews) return
    const { elapsedMs } = this
    this.#lastNewMs = elapsedMs
    if (!this.#mayTell(elapsedMs)) return void this.#skipped++
    const { kind, message, keys } = state.name
    this.#options.emit({
      type: 'mark',
      version: EVENTS_VERSION,
      id: state.id,
      kind,
      message,
      keys: keys.map(String),
      value: String(discovery.value),
      depth: node.depth,
      timelines: node.number,
      elapsedMs: Math.round(elapsedMs),
      skipped: this.#skipped,
    })
    this.#skipped = 0
  }

  status(): ExploreStatusEvent {
    const { elapsedMs } = this
    return {
      type: 'status',
      version: EVENTS_VERSION,
      ...this.#numbers(),
      rootSeed: String(this.#rootSeed),
      seedsDone: this.#perSeed.length,
      timelinesPerSecond: elapsedMs > 0 ? Math.round((this.#exploration.timelines / elapsedMs) * 1_000) : 0,
      frontier: this.frontier(),
      lastNewMs: Math.round(this.#lastNewMs),
    }
  }

  end(
    reason: ExploreEndReason,
    found: readonly ExploreFindingEvent[],
    selfCheck: SelfCheck,
    rewind: RewindGraph | null,
  ): ExploreEndEvent {
    const { settings, marks, reached } = this.#exploration
    const states = [...marks.states].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
    const met = new Set(states.map(({ name }) => name.message))
    const never = (this.#options.catalogue ?? []).filter((message) => !met.has(message))
    const missed = states.flatMap((state) => (statusOf(state) === 'miss' ? [state.name.message] : []))
    return {
      type: 'end',
      version: EVENTS_VERSION,
      reason,
      ...this.#numbers(),
      seed: String(settings.seed),
      seedsDone: this.#perSeed.length,
      perSeedTimelines: this.#perSeed,
      found,
      markTable: states.map((state) => this.#reportOf(state)),
      gaps: [...new Set([...never, ...missed])],
      marksDropped: marks.dropped,
      markCallsLost: this.#exploration.marksLost,
      marksUnresolved: this.#options.unresolvedMarks ?? 0,
      momentsLost: this.momentsLost,
      fromSnapshot: reached.snapshot,
      fromReplay: reached.replay,
      selfChecks: selfCheck.done,
      selfChecksFailed: selfCheck.failed,
      rewind,
    }
  }

  #numbers(): ExploreNumbers {
    const { timelines, splitPoints, failing, energy, marks, features, depth, draws } = this.#exploration
    return {
      elapsedMs: Math.round(this.elapsedMs),
      timelines,
      splitPoints,
      findings: this.#findings(),
      failing,
      energyLeft: energy.left,
      energyPool: energy.pool,
      marks: marks.discovered,
      marksMet: marks.states.length,
      edges: features.edges,
      edgesTotal: this.#options.edges,
      features: features.features,
      depth,
      draws,
      workers: this.#options.settings.deterministic ? 0 : this.#options.runners.length,
      restarts: this.#options.restarts?.() ?? 0,
    }
  }

  #reportOf(state: MarkState): MarkReport {
    const { id, name, passes, fails, watermark, frontier, quality } = state
    const sum = this.#exploration.yields.get(id) ?? { splitPoints: 0, children: 0, finds: 0 }
    return {
      id,
      kind: name.kind,
      message: name.message,
      keys: name.keys.map(String),
      status: statusOf(state),
      passes,
      fails,
      watermark: watermark === null ? null : String(watermark),
      frontier,
      quality: quality.map(String),
      ...sum,
    }
  }

  #news(): number {
    return this.#exploration.marks.discovered + this.#exploration.features.features
  }

  #mayTell(elapsedMs: number): boolean {
    if (this.#options.settings.deterministic) return true
    const second = Math.floor(elapsedMs / 1_000)
    if (second !== this.#told.second) this.#told = { count: 0, second }
    return ++this.#told.count <= INPUT_EVENTS_PER_SECOND_MAX
  }
}

export function statusOf({ name, passes, fails }: MarkState): MarkReport['status'] {
  if (name.kind === 'unreachable') return passes > 0 ? 'fail' : 'pass'
  if (isAlways(name.kind)) return fails > 0 ? 'fail' : 'pass'
  return passes > 0 ? 'pass' : 'miss'
}

function orderOf({ name }: MarkState): string {
  return `${name.kind}|${name.message}|${name.keys.map((key) => String(key).padStart(20)).join(',')}`
}
