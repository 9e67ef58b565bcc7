// What becomes of a trap that a worker reports:
//
//   take ─► known key? count it ─► file it as it is, at once ─► shrink in steps between slices ─► examine ─► file, tell
//
// Filing comes first, so that a killed process loses nothing; shrinking never holds up the campaign.

import { campaignWarnings } from '../campaign/errors.ts'
import type { CorpusWarning, FindingRecord, FindingStore } from '../campaign/corpus.ts'
import { EVENTS_VERSION, type FindingEvent } from '../campaign/events.ts'
import { FINDINGS_MAX, REPRODUCE_RUNS, SHRINK_STEP_MS } from '../limits.ts'
import { recordOf, type Met } from './record.ts'
import type { ExamineReply, TrapReport } from '../worker/protocol.ts'
import { WorkerLost, type SupervisedWorker } from '../worker/supervised-worker.ts'

interface Pending extends Met {
  readonly original: Uint8Array
  /** The shortest so far. */
  input: Uint8Array
  path: string | null
  /** False for what a lost worker left behind: running it again would lose the next one. */
  readonly runnable: boolean
}

export interface DeskOutlet {
  finding(event: FindingEvent): void
  warning(warning: CorpusWarning): void
}

export class FindingDesk {
  readonly #store: FindingStore
  readonly #outlet: DeskOutlet
  readonly #counts: Map<string, number> = new Map()
  readonly #pending: Pending[] = []
  readonly #told: FindingEvent[] = []

  constructor(store: FindingStore, outlet: DeskOutlet) {
    this.#store = store
    this.#outlet = outlet
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

  /** Returns true for a finding that is new. */
  async take(report: TrapReport, elapsedMs: number, runnable = true): Promise<boolean> {
    const seen = this.#counts.get(report.key)
    if (seen !== undefined) {
      this.#counts.set(report.key, seen + 1)
      return false
    }
    if (this.#counts.size >= FINDINGS_MAX) {
      this.#outlet.warning(campaignWarnings.findingsFull(FINDINGS_MAX))
      return false
    }
    this.#counts.set(report.key, 1)
    const { key, outcome, input, executions } = report
    const met: Met = { trap: outcome, key, input, executions, elapsedMs }
    const pending: Pending = { ...met, original: input, path: null, runnable }
    this.#pending.push(pending)
    await this.#file(pending, recordOf(pending, null))
    if (!runnable) await this.#tell(pending, null)
    return true
  }

  /** One step of shrinking, about as long as a slice; tells what is ready. */
  async step(worker: SupervisedWorker, msMax: number = SHRINK_STEP_MS): Promise<void> {
    const pending = this.#pending[0]
    if (!pending) return
    try {
      const { key, original } = pending
      const request = { key, kind: pending.trap.trap, input: original, msMax }
      const reply = await worker.call((api) => api.shrink(request))
      pending.input = reply.input
      if (reply.done) await this.#tell(pending, await this.#examine(worker, pending))
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error
      await this.#tell(pending, null)
      throw error
    }
  }

  /** The campaign is over: shrinks on for `msMax` at most, then tells the rest as it is. */
  async finish(worker: SupervisedWorker | null, msMax: number): Promise<void> {
    const endMs = performance.now() + msMax
    try {
      while (worker && !this.idle && performance.now() < endMs) {
        await this.step(worker, Math.max(1, Math.min(SHRINK_STEP_MS, endMs - performance.now())))
      }
      for (const pending of worker ? [...this.#pending] : []) {
        const slow = pending.trap.trap === 'timeout'
        await this.#tell(pending, slow ? null : await this.#examine(worker as SupervisedWorker, pending))
      }
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error
    }
    for (const pending of [...this.#pending]) await this.#tell(pending, null)
  }

  async #examine(worker: SupervisedWorker, pending: Pending): Promise<ExamineReply> {
    const reply = await worker.call((api) => api.examine(pending.input, REPRODUCE_RUNS))
    if (reply.key === pending.key || pending.input === pending.original) return reply
    pending.input = pending.original
    return await worker.call((api) => api.examine(pending.input, REPRODUCE_RUNS))
  }

  async #tell(pending: Pending, examined: ExamineReply | null): Promise<void> {
    const index = this.#pending.indexOf(pending)
    if (index < 0) return
    this.#pending.splice(index, 1)
    const record = recordOf(pending, examined)
    const replay = await this.#file(pending, record)
    const event: FindingEvent = { type: 'finding', version: EVENTS_VERSION, ...record, path: pending.path, replay }
    this.#told.push(event)
    this.#outlet.finding(event)
    if (record.confirmed === false) this.#outlet.warning(campaignWarnings.unconfirmed(pending.key))
  }

  async #file(pending: Pending, record: FindingRecord): Promise<string | null> {
    const stored = await this.#store.write(record, pending.input, pending.path)
    if (stored.path !== null) pending.path = stored.path
    if (stored.warning) this.#outlet.warning(stored.warning)
    return stored.replay
  }
}
