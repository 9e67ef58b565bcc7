// The numbers of a campaign, and how often they are told: status at a steady beat, inputs at most so many a second. The
// coordinator sets what it knows (phase, workers, restarts), the rest is learned from replies.

import {
  EVENTS_VERSION,
  type EndEvent,
  type EndReason,
  type FindingEvent,
  type InputEvent,
  type Phase,
  type StatusEvent,
  type Warmup,
} from './events.ts'
import { INPUT_EVENTS_PER_SECOND_MAX, SPEED_WINDOW_MS } from '../limits.ts'
import { estimateResidualRisk, type ResidualRisk } from './residual-risk.ts'
import type { EdgeHits, WorkerStatistics } from '../worker/protocol.ts'

/** How much is kept: see kept-inputs.ts. */
interface KeptCounts {
  readonly count: number
  readonly bytes: number
  readonly added: number
}

export class Progress {
  readonly #startMs: number = performance.now()
  readonly #edgesTotal: number
  readonly #samples: { atMs: number; executions: number }[] = []
  executions = 0
  busyMs = 0
  phase: Phase = 'load'
  /** Seats that are filled. */
  workers = 0
  /** Workers that were replaced. */
  restarts = 0
  seedsFailed = 0
  #warmup: Warmup | null = null
  #lastNewMs = 0
  #unstableEdges = 0
  #edges = 0
  #features = 0
  #lengthLimit = 0
  #tokens = INPUT_EVENTS_PER_SECOND_MAX
  #tokensAtMs = 0
  #skipped = 0

  constructor(edgesTotal: number) {
    this.#edgesTotal = edgesTotal
  }

  get elapsedMs(): number {
    return performance.now() - this.#startMs
  }

  /** The seeds are known and are about to run. */
  beginWarmup(total: number): void {
    this.phase = 'warmup'
    this.#warmup = { done: 0, total }
  }

  /** So many more of them were run, or given up. */
  warmed(count: number): void {
    const { done, total } = this.#warmup ?? { done: 0, total: 0 }
    this.#warmup = { done: Math.min(total, done + count), total }
  }

  endWarmup(): void {
    this.phase = 'fuzz'
    this.#warmup = null
  }

  /** Workers do not share their maps yet, so the widest one speaks. */
  learn(statistics: WorkerStatistics): void {
    this.#edges = Math.max(this.#edges, statistics.edges)
    this.#features = Math.max(this.#features, statistics.features)
    this.#lengthLimit = statistics.lengthLimit
    this.#unstableEdges = Math.max(this.#unstableEdges, statistics.unstableEdges)
  }

  status(kept: KeptCounts, findings: number): StatusEvent {
    return {
      type: 'status',
      version: EVENTS_VERSION,
      elapsedMs: Math.round(this.elapsedMs),
      executions: this.executions,
      executionsPerSecond: this.#speed(),
      edges: this.#edges,
      edgesTotal: this.#edgesTotal,
      corpus: kept.count,
      findings,
      features: this.#features,
      corpusBytes: kept.bytes,
      lengthLimit: this.#lengthLimit,
      phase: this.phase,
      warmup: this.#warmup,
      workers: this.workers,
      restarts: this.restarts,
      inputsNew: kept.added,
      lastNewMs: Math.round(this.#lastNewMs),
      unstableEdges: this.#unstableEdges,
      seedsFailed: this.seedsFailed,
    }
  }

  /** Null when inputs come faster than they are told. */
  input(
    found: { id: string; sizeBytes: number; newEdges: number; worker: number },
    kept: KeptCounts,
  ): InputEvent | null {
    const elapsedMs = this.elapsedMs
    this.#lastNewMs = elapsedMs
    const earned = ((elapsedMs - this.#tokensAtMs) / 1_000) * INPUT_EVENTS_PER_SECOND_MAX
    this.#tokens = Math.min(INPUT_EVENTS_PER_SECOND_MAX, this.#tokens + earned)
    this.#tokensAtMs = elapsedMs
    if (this.#tokens < 1) {
      this.#skipped++
      return null
    }
    this.#tokens--
    const skipped = this.#skipped
    this.#skipped = 0
    return {
      type: 'input',
      version: EVENTS_VERSION,
      ...found,
      skipped,
      executions: this.executions,
      elapsedMs: Math.round(elapsedMs),
      edges: this.#edges,
      features: this.#features,
      corpus: kept.count,
      corpusBytes: kept.bytes,
      lengthLimit: this.#lengthLimit,
    }
  }

  end(about: {
    reason: EndReason
    kept: KeptCounts
    seed: number
    findings: readonly FindingEvent[]
    residualRisk: ResidualRisk | null
  }): EndEvent {
    return {
      type: 'end',
      version: EVENTS_VERSION,
      reason: about.reason,
      executions: this.executions,
      elapsedMs: Math.round(this.elapsedMs),
      cpuMs: Math.round(this.busyMs),
      edges: this.#edges,
      edgesTotal: this.#edgesTotal,
      corpus: about.kept.count,
      findings: about.findings,
      features: this.#features,
      corpusBytes: about.kept.bytes,
      inputsNew: about.kept.added,
      seed: about.seed,
      workers: this.workers,
      restarts: this.restarts,
      unstableEdges: this.#unstableEdges,
      seedsFailed: this.seedsFailed,
      residualRisk: about.residualRisk,
    }
  }

  /** Null without hits to estimate it from. */
  residualRisk(hits: EdgeHits | null): ResidualRisk | null {
    if (hits === null) return null
    return estimateResidualRisk({
      ...hits,
      executions: this.executions,
      edges: this.#edges,
      edgesTotal: this.#edgesTotal,
    })
  }

  #speed(): number {
    const atMs = this.elapsedMs
    this.#samples.push({ atMs, executions: this.executions })
    while (this.#samples.length > 2 && atMs - (this.#samples[0] as { atMs: number }).atMs > SPEED_WINDOW_MS) {
      this.#samples.shift()
    }
    const first = this.#samples.length > 1 ? this.#samples[0] : undefined
    const [sinceMs, since] = first ? [first.atMs, first.executions] : [0, 0]
    return atMs > sinceMs ? Math.round(((this.executions - since) / (atMs - sinceMs)) * 1_000) : 0
  }
}
