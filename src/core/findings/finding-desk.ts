// What becomes of a trap that a worker reports:
//
//   take ─► known key? count it ─► file it as it is, at once ─► shrink ─► examine ─► file, tell
//                                                                 │          ▲
//                                                                 └─ budget ─┘  or nothing left to try
//
// Filing comes first, so that a killed process loses nothing. Shrinking and examining are turns of a worker like any
// other (turns.ts): one worker has one finding at a time, fuzzes in every other turn, and only half of the workers
// shrink, so that a flood of findings never holds up the campaign.

import type { Budget } from '../campaign/budget.ts'
import { campaignWarnings } from '../campaign/errors.ts'
import type { CorpusWarning, FindingRecord, FindingStore } from '../campaign/corpus.ts'
import { StorageLost } from '../campaign/corpus.ts'
import { EVENTS_VERSION, type FindingEvent, type SessionEvent } from '../campaign/events.ts'
import type { Turn } from '../campaign/turns.ts'
import { FINDINGS_MAX, REPRODUCE_RUNS, SHRINK_STEP_EXECUTIONS, SHRINK_STEP_MS } from '../limits.ts'
import type { Study } from './lost-input.ts'
import { PendingFinding } from './pending-finding.ts'
import { recordOf } from './record.ts'
import type { ArgumentType } from '../typed/argument-types.ts'
import type { ExamineReply, TrapReport } from '../worker/protocol.ts'

/** Calls of the target that examining makes besides: one to see what can be confirmed, one on a plain instance. */
const CONFIRM_RUNS = 2
/** Workers that may be lost over one finding before it is told as it is. */
const LOSSES_MAX = 2

/** What nobody could see of a run that lost its worker. */
const UNSEEN = { confirmed: null, output: '' } as const

/** What the desk needs of a campaign. */
export interface DeskHost {
  readonly options: {
    readonly findings: FindingStore
    readonly target: { readonly types: readonly ArgumentType[] | null }
    readonly workers: number
    readonly deterministic: boolean
    readonly limits: { readonly minimizeMs: number; readonly minimizeRuns: number }
    readonly emit: (event: SessionEvent) => void
  }
  readonly budget: Budget
  readonly progress: { readonly elapsedMs: number }
  count(executions: number, busyMs: number): void
  warn(about: CorpusWarning): void
  storageLost(lost: StorageLost): void
}

export class FindingDesk {
  readonly #host: DeskHost
  readonly #counts: Map<string, number> = new Map()
  readonly #pending: PendingFinding[] = []
  readonly #told: FindingEvent[] = []
  readonly #regressions: Map<string, Set<string>> = new Map()

  constructor(host: DeskHost) {
    this.#host = host
  }

  /** Distinct findings so far, those included that are still being shrunk. */
  get count(): number {
    return this.#counts.size
  }

  get told(): readonly FindingEvent[] {
    return this.#told
  }

  get idle(): boolean {
    return this.#pending.length === 0
  }

  /** Inputs of findings that were not told yet, for whoever has to save them elsewhere. */
  get untold(): readonly FindingEvent[] {
    return this.#pending.map((pending) => this.#eventOf(pending, null, null))
  }

  /** Returns true for a finding that is new; `path` is where its input lies already. */
  async take(report: TrapReport, path: string | null = null): Promise<boolean> {
    return (await this.#accept(report, path)) !== null
  }

  /** What a lost worker was running is looked at elsewhere (lost-input.ts); null where it is known already. */
  async takeLost(report: TrapReport): Promise<PendingFinding | null> {
    return await this.#accept(report, null, true)
  }

  /** The end of a study. */
  async tellLost(pending: PendingFinding, { input, reproduced, runs }: Study): Promise<void> {
    pending.input = input
    const key = reproduced > 0 ? pending.key : null
    await this.#tell(pending, { executions: runs, outcome: pending.trap, key, reproduced, runs, ...UNSEEN })
  }

  async #accept(report: TrapReport, path: string | null, isElsewhere = false): Promise<PendingFinding | null> {
    const seen = this.#counts.get(report.key)
    if (seen !== undefined) {
      this.#counts.set(report.key, seen + 1)
      return null
    }
    if (this.#counts.size >= FINDINGS_MAX) {
      this.#host.warn(campaignWarnings.findingsFull(FINDINGS_MAX))
      return null
    }
    this.#counts.set(report.key, 1)
    const { limits } = this.#host.options
    const shrinks = path === null && limits.minimizeMs > 0 && limits.minimizeRuns > 0
    const held = this.#host.budget.reserve(REPRODUCE_RUNS + CONFIRM_RUNS)
    const met = { ...report, trap: report.outcome, elapsedMs: this.#host.progress.elapsedMs }
    const pending = new PendingFinding(met, shrinks ? limits : null, path, held)
    pending.isElsewhere = isElsewhere
    this.#pending.push(pending)
    await this.#file(pending, this.#recordOf(pending, null))
    return pending
  }

  /** A regression that fails in a way that another input has shown already. */
  alsoFails(path: string | null, key: string): void {
    if (path === null) return
    const paths = this.#regressions.get(key) ?? new Set()
    this.#regressions.set(key, paths.add(path))
  }

  /** What a worker should do next for the findings; null when there is nothing, or enough are at it. */
  next(seat: { readonly index: number }): Turn | null {
    const mine = this.#pending.find((pending) => pending.owner === seat.index)
    const pending = mine ?? this.#adopt(seat.index)
    if (!pending || pending.isBusy) return null
    return this.#shrinkTurn(pending) ?? this.#examineTurn(pending)
  }

  /** The campaign is over and so is the time for shrinking: tells the rest as it is. */
  async finish(): Promise<void> {
    for (const pending of [...this.#pending]) await this.#tell(pending, null)
    for (const [key, paths] of this.#regressions) {
      const told = this.#told.find((finding) => finding.key === key)?.path
      const others = [...paths].filter((path) => path !== told)
      if (others.length > 0) this.#host.warn(campaignWarnings.regressionsFail(others, key))
    }
  }

  #adopt(owner: number): PendingFinding | null {
    const owned = this.#pending.filter((pending) => pending.owner !== null).length
    const pending = this.#pending.find((candidate) => candidate.owner === null && !candidate.isElsewhere)
    if (!pending || owned * 2 >= Math.max(2, this.#host.options.workers)) return null
    pending.owner = owner
    return pending
  }

  #shrinkTurn(pending: PendingFinding): Turn | null {
    const { budget, options } = this.#host
    if (!pending.mayShrink) return null
    const granted = budget.take(Math.min(pending.executionsLeft, options.deterministic ? SHRINK_STEP_EXECUTIONS : 1e9))
    if (granted === 0) return null
    const { key, start } = pending
    const msMax = options.deterministic ? null : Math.min(SHRINK_STEP_MS, pending.msLeft)
    const request = { key, kind: pending.trap.trap, input: start, executionsMax: granted, msMax }
    return this.#turn(pending, granted, async (worker) => {
      const reply = await worker.callAside((api) => api.shrink(request))
      return async () => {
        budget.giveBack(granted - reply.executions)
        this.#host.count(reply.executions, reply.busyMs)
        pending.shrunk(reply, options.deterministic ? 0 : reply.busyMs)
      }
    })
  }

  #examineTurn(pending: PendingFinding): Turn | null {
    const held = pending.takeHeld()
    this.#host.budget.takeReserved(held)
    const wanted = REPRODUCE_RUNS + CONFIRM_RUNS
    const granted = held + this.#host.budget.take(wanted - held)
    if (granted === 0) return null
    const { input } = pending
    return this.#turn(pending, granted, async (worker) => {
      const request = { input, runs: REPRODUCE_RUNS, executionsMax: granted }
      const reply = await worker.callAside((api) => api.examine(request))
      return async () => {
        this.#host.budget.giveBack(granted - reply.executions)
        this.#host.count(reply.executions, 0)
        if (reply.key === pending.key || !pending.backToOriginal()) await this.#tell(pending, reply)
      }
    })
  }

  #turn(pending: PendingFinding, granted: number, ask: Turn['ask']): Turn {
    pending.isBusy = true
    return {
      async ask(worker) {
        const account = await ask(worker)
        return async () => {
          pending.isBusy = false
          await account()
        }
      },
      lost: async () => {
        this.#host.budget.giveBack(granted)
        pending.workerLost()
        if (pending.losses >= LOSSES_MAX) await this.#tell(pending, null)
      },
    }
  }

  async #tell(pending: PendingFinding, examined: ExamineReply | null): Promise<void> {
    const index = this.#pending.indexOf(pending)
    if (index < 0) return
    this.#pending.splice(index, 1)
    this.#host.budget.release(pending.takeHeld())
    const replay = await this.#file(pending, this.#recordOf(pending, examined))
    const event = this.#eventOf(pending, examined, replay)
    this.#told.push(event)
    this.#host.options.emit(event)
    if (event.confirmed === false) this.#host.warn(campaignWarnings.unconfirmed(pending.key))
  }

  #recordOf(pending: PendingFinding, examined: ExamineReply | null): FindingRecord {
    return recordOf(pending, examined, this.#host.options.target.types)
  }

  #eventOf(pending: PendingFinding, examined: ExamineReply | null, replay: string | null): FindingEvent {
    const record = this.#recordOf(pending, examined)
    return { type: 'finding', version: EVENTS_VERSION, ...record, path: pending.path, replay }
  }

  /** Returns the command that repeats it. What was committed as a regression has its file already. */
  async #file(pending: PendingFinding, record: FindingRecord): Promise<string | null> {
    const { findings } = this.#host.options
    if (pending.isRegression) return findings.replayOf(pending.path as string)
    try {
      const stored = await findings.write(record, pending.input, pending.path)
      if (stored.path !== null) pending.path = stored.path
      if (stored.warning) this.#host.warn(stored.warning)
      return stored.replay
    } catch (error) {
      if (!(error instanceof StorageLost)) throw error
      this.#host.storageLost(error)
      return null
    }
  }
}
