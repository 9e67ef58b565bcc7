// What the parts of one running campaign share: its options, its numbers, what it has found, and whether it is over.

import { Budget } from './budget.ts'
import type { Corpus, CorpusWarning, FindingStore, Rescue, SeedInput, StorageLost } from './corpus.ts'
import { CoverageMap } from './coverage-map.ts'
import { campaignWarnings } from './errors.ts'
import { EVENTS_VERSION, type EndReason, type SessionEvent } from './events.ts'
import { FindingDesk } from '../findings/finding-desk.ts'
import { sha1Hex } from '../hash.ts'
import { KeptInputs, type IdOf } from './kept-inputs.ts'
import { WARNINGS_MAX } from '../limits.ts'
import { Progress } from './progress.ts'
import type { SeatOptions } from './seats.ts'
import { Stability } from './stability.ts'
import { signalPlaces } from '../link/signals.ts'
import type { TrapReport } from '../worker/protocol.ts'

export interface CampaignLimits {
  /** Wall-clock time of the campaign; null goes on until stopped. */
  readonly timeMs: number | null
  /** Calls of the target, all of them counted; 0 runs the seeds once and ends; null does not count. */
  readonly runs: number | null
  /** How long no new input may be kept before the campaign ends. */
  readonly stableMs?: number | null
  /** What shrinking one finding may cost; 0 of either leaves findings as they are. */
  readonly minimizeMs: number
  readonly minimizeRuns: number
  /** How long one execution may show no end before its worker is given up; see patienceMsOf. */
  readonly patienceMs: number
  /** How long a new worker may take to open its target. */
  readonly openPatienceMs: number
}

export interface CampaignOptions extends SeatOptions {
  readonly limits: CampaignLimits
  readonly workers: number
  readonly corpus: Corpus
  /** Inputs that failed once and are run first. */
  readonly regressions: readonly SeedInput[]
  readonly findings: FindingStore
  readonly rescue: Rescue | null
  /** What the place that it runs in lacks; asked once the workers are ready. */
  readonly shortcomings?: () => readonly CorpusWarning[]
  /** How inputs are named; the Web Crypto's SHA-1 where the runtime has no faster way. */
  readonly idOf?: IdOf
  /** One seed gives one sequence of events: work is cut by executions, answers are taken in the order of the seats. */
  readonly deterministic: boolean
  readonly stopOnFinding: boolean
  readonly signal: AbortSignal | null
  readonly emit: (event: SessionEvent) => void
}

export class Campaign {
  readonly options: CampaignOptions
  readonly progress: Progress
  readonly budget: Budget
  readonly coverage: CoverageMap
  readonly inputs: KeptInputs
  readonly desk: FindingDesk
  readonly stability: Stability
  /** Set when a store was lost. */
  lost: StorageLost | null = null
  readonly #onStop: (reason: EndReason) => void
  readonly #warned: Set<string> = new Set()
  #ended: EndReason | null = null

  constructor(options: CampaignOptions, onStop: (reason: EndReason) => void) {
    const { target, limits, deterministic } = options
    this.options = options
    this.#onStop = onStop
    this.stability = new Stability(limits.stableMs ?? null)
    const signals = signalPlaces(target)
    this.coverage = new CoverageMap(signals.edge, signals.edges)
    this.progress = new Progress(target.module.map.edges, this.coverage, deterministic)
    // Zero runs are the seeds, each of them once, however often that calls the target.
    this.budget = new Budget(limits.runs || null)
    const outlet = {
      warn: (warning: CorpusWarning): void => this.warn(warning),
      storageLost: (lost: StorageLost): void => this.storageLost(lost),
    }
    this.inputs = new KeptInputs(options.corpus, outlet, options.idOf ?? sha1Hex)
    this.desk = new FindingDesk(this)
  }

  get ended(): EndReason | null {
    return this.#ended
  }

  /** The first reason counts. */
  stop(reason: EndReason): void {
    if (this.#ended) return
    this.#ended = reason
    this.#onStop(reason)
  }

  /** Calls of the target that were made, in whatever cause. */
  count(executions: number, busyMs: number): void {
    this.progress.executions += executions
    this.progress.busyMs += busyMs
  }

  /** Hands a trap to the desk; `path` is where its input lies already, for one that was committed as a regression. */
  async trapped(report: TrapReport, path: string | null = null): Promise<void> {
    const isNew = await this.desk.take(report, path)
    if (isNew && this.options.stopOnFinding) this.stop('finding')
  }

  warn(about: CorpusWarning): void {
    const text = about.code + about.message
    if (this.#warned.has(text) || this.#warned.size >= WARNINGS_MAX) return
    this.#warned.add(text)
    this.options.emit({ type: 'warning', version: EVENTS_VERSION, ...about })
  }

  warnOfFullEngine(): void {
    this.warn(campaignWarnings.corpusFull())
  }

  warnOfMutators(why: string): void {
    this.warn(campaignWarnings.mutatorsLost(why))
  }

  storageLost(lost: StorageLost): void {
    this.lost ??= lost
    this.stop('storage')
  }

  emitStatus(): void {
    this.options.emit(this.progress.status(this.inputs, this.desk.count))
  }
}
