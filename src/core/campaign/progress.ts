// The numbers of a campaign, and how often they are told: status at a steady beat, inputs at most so many a second. The
// coordinator sets what only it knows: the phase, workers, restarts.

import {
  EVENTS_VERSION,
  type EndEvent,
  type EndReason,
  type RecommendedToken,
  type FindingEvent,
  type InputEvent,
  type Phase,
  type StatusEvent,
  type Warmup,
} from './events.ts'
import { INPUT_EVENTS_PER_SECOND_MAX, SPEED_WINDOW_MS } from '../limits.ts'
import { estimateResidualRisk, type ResidualRisk } from './residual-risk.ts'
import type { CompareStatistics, EdgeHits } from '../worker/protocol.ts'

/** What all workers together have reached: see coverage-map.ts. */
interface Reached {
  readonly edges: number
  readonly features: number
  readonly unstable: readonly number[]
}

/** How much is kept: see kept-inputs.ts. */
interface KeptCounts {
  readonly count: number
  readonly bytes: number
  readonly added: number
}

export class Progress {
  readonly #startMs: number = performance.now()
  readonly #edgesTotal: number
  readonly #reached: Reached
  /** Times are told as 0, because they never repeat. */
  readonly #timeless: boolean
  readonly #samples: { atMs: number; executions: number }[] = []
  executions = 0
  busyMs = 0
  phase: Phase = 'load'
  /** Seats that are filled. */
  workers = 0
  /** Workers that were replaced. */
  restarts = 0
  readonly #compares: Map<number, CompareStatistics> = new Map()
  #warmup: Warmup | null = null
  #seedsFailed = 0
  #lastNewMs = 0
  /** Current limit of length control in the worker that answered last, bytes. */
  lengthLimit = 0
  #tokens = INPUT_EVENTS_PER_SECOND_MAX
  #tokensAtMs = 0
  #skipped = 0

  constructor(edgesTotal: number, reached: Reached, timeless = false) {
    this.#edgesTotal = edgesTotal
    this.#reached = reached
    this.#timeless = timeless
  }

  get elapsedMs(): number {
    return this.#timeless ? 0 : performance.now() - this.#startMs
  }

  /** The seeds are known and are about to run. */
  beginWarmup(total: number): void {
    this.phase = 'warmup'
    this.#warmup = { done: 0, total }
  }

  /** So many more of them were run, or given up; what comes later, from elsewhere, is no seed. */
  warmed(done: number, failed: number): void {
    if (this.#warmup === null) return
    const { total } = this.#warmup
    this.#warmup = { done: Math.min(total, this.#warmup.done + done), total }
    this.#seedsFailed += failed
  }

  endWarmup(): void {
    this.phase = 'fuzz'
    this.#warmup = null
  }

  status(kept: KeptCounts, findings: number): StatusEvent {
    return {
      type: 'status',
      version: EVENTS_VERSION,
      elapsedMs: Math.round(this.elapsedMs),
      executions: this.executions,
      executionsPerSecond: this.#speed(),
      edges: this.#reached.edges,
      edgesTotal: this.#edgesTotal,
      corpus: kept.count,
      findings,
      features: this.#reached.features,
      corpusBytes: kept.bytes,
      lengthLimit: this.lengthLimit,
      phase: this.phase,
      warmup: this.#warmup,
      workers: this.workers,
      restarts: this.restarts,
      inputsNew: kept.added,
      lastNewMs: Math.round(this.#lastNewMs),
      unstableEdges: this.#reached.unstable.length,
      seedsFailed: this.#seedsFailed,
      ...this.#comparesTold(),
    }
  }

  /** Null when inputs come faster than they are told. */
  input(
    found: { id: string; sizeBytes: number; newEdges: number; worker: number },
    kept: KeptCounts,
  ): InputEvent | null {
    const elapsedMs = this.elapsedMs
    this.#lastNewMs = elapsedMs
    if (!this.#timeless && !this.#mayTell(elapsedMs)) {
      this.#skipped++
      return null
    }
    const skipped = this.#skipped
    this.#skipped = 0
    return {
      type: 'input',
      version: EVENTS_VERSION,
      ...found,
      skipped,
      executions: this.executions,
      elapsedMs: Math.round(elapsedMs),
      edges: this.#reached.edges,
      features: this.#reached.features,
      corpus: kept.count,
      corpusBytes: kept.bytes,
      lengthLimit: this.lengthLimit,
    }
  }

  end(about: {
    reason: EndReason
    kept: KeptCounts
    seed: number
    findings: readonly FindingEvent[]
    residualRisk: ResidualRisk | null
    dictionary: readonly RecommendedToken[]
  }): EndEvent {
    return {
      type: 'end',
      version: EVENTS_VERSION,
      reason: about.reason,
      executions: this.executions,
      elapsedMs: Math.round(this.elapsedMs),
      cpuMs: this.#timeless ? 0 : Math.round(this.busyMs),
      edges: this.#reached.edges,
      edgesTotal: this.#edgesTotal,
      corpus: about.kept.count,
      findings: about.findings,
      features: this.#reached.features,
      corpusBytes: about.kept.bytes,
      inputsNew: about.kept.added,
      seed: about.seed,
      workers: this.workers,
      restarts: this.restarts,
      unstableEdges: this.#reached.unstable.length,
      seedsFailed: this.#seedsFailed,
      residualRisk: about.residualRisk,
      ...this.#comparesTold(),
      ...(about.dictionary.length > 0 && { recommendedDictionary: about.dictionary }),
    }
  }

  /** The totals of the worker in a seat; one that took another's place begins at nothing. */
  noteCompares(seat: number, compares: CompareStatistics | undefined): void {
    if (compares) this.#compares.set(seat, compares)
  }

  #comparesTold(): { compares?: CompareStatistics } {
    const all = [...this.#compares.values()]
    if (all.length === 0) return {}
    const sum = (name: keyof CompareStatistics): number => all.reduce((total, one) => total + one[name], 0)
    return { compares: { executions: sum('executions'), inputs: sum('inputs'), tokens: sum('tokens') } }
  }

  /** Null without hits to estimate it from. */
  residualRisk(hits: EdgeHits | null): ResidualRisk | null {
    if (hits === null) return null
    const { edges } = this.#reached
    return estimateResidualRisk({ ...hits, executions: this.executions, edges, edgesTotal: this.#edgesTotal })
  }

  /** A bucket of tokens: so many a second, and no more than that at once. */
  #mayTell(elapsedMs: number): boolean {
    const earned = ((elapsedMs - this.#tokensAtMs) / 1_000) * INPUT_EVENTS_PER_SECOND_MAX
    this.#tokens = Math.min(INPUT_EVENTS_PER_SECOND_MAX, this.#tokens + earned)
    this.#tokensAtMs = elapsedMs
    if (this.#tokens < 1) return false
    this.#tokens--
    return true
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
