// What a lost worker means. It is replaced in any case; besides
//
//   ended by us, because the campaign is over            nothing
//   died while nothing was asked of it                   nothing
//   answered what is no answer, or reported a bug        said, once; never a finding
//   hung, died, ran out of memory in the middle of a run its input is filed at once, then run again and shrunk in
//                                                        workers apart, while the campaign goes on (lost-input.ts)

import type { Campaign } from './campaign.ts'
import { campaignWarnings } from './errors.ts'
import type { Seat, Seats } from './seats.ts'
import { workerSeed } from './worker-seed.ts'
import { keyOf } from '../findings/finding.ts'
import { studyLost } from '../findings/lost-input.ts'
import type { PendingFinding } from '../findings/pending-finding.ts'
import { LOST_PATIENCE_SHARE } from '../limits.ts'
import { WorkerLost, type SupervisedWorker } from '../worker/supervised-worker.ts'

export class Recovery {
  readonly #campaign: Campaign
  readonly #seats: Seats
  /** Lost inputs are looked at one after the other: each may hang for as long as a watchdog lets it. */
  #studies: Promise<void> = Promise.resolve()
  #waiting = 0
  #worker: SupervisedWorker | null = null
  #stopped = false

  constructor(campaign: Campaign, seats: Seats) {
    this.#campaign = campaign
    this.#seats = seats
  }

  /** Another worker in the seat of one that was lost, and what the loss tells. */
  async replace(seat: Seat, lost: WorkerLost): Promise<void> {
    const campaign = this.#campaign
    if (campaign.ended && lost.reason === 'terminated') throw lost
    const input = lost.isByTarget ? lost.input : null
    if (!lost.isIdle || input) campaign.warn(campaignWarnings.workerLost(lost.message, input !== null, lost.input))
    this.#seats.source.keepSpare()
    if (input) await this.#file(input, lost)
    await this.#seats.replace(seat, lost)
    campaign.progress.restarts = this.#seats.restarts
  }

  /** Waits for the studies under way, for `untilMs` of performance.now() at most; then they end as they are. */
  async finish(untilMs: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<void>((resolve) => {
      if (untilMs < Infinity) timer = setTimeout(resolve, Math.max(0, untilMs - performance.now()))
    })
    await Promise.race([this.#studies, late])
    clearTimeout(timer)
    this.#stopped = true
    await this.#worker?.terminate()
    await this.#studies
  }

  async #file(input: Uint8Array, lost: WorkerLost): Promise<void> {
    const { desk, progress, options } = this.#campaign
    const { outcome } = lost
    const report = { key: `${keyOf(outcome)}worker lost`, input, outcome, executions: progress.executions }
    const pending = await desk.takeLost(report)
    if (!pending) return
    if (options.stopOnFinding) this.#campaign.stop('finding')
    this.#waiting++
    this.#studies = this.#studies.then(async () => await this.#study(pending)).finally(() => this.#waiting--)
    // A store that throws in spite of its promise ends the campaign in `finish`.
    this.#studies.catch(() => {})
  }

  async #study(pending: PendingFinding): Promise<void> {
    const { budget, desk, options } = this.#campaign
    const { minimizeMs, minimizeRuns } = options.limits
    const untilMs = performance.now() + minimizeMs
    let held = pending.takeHeld()
    budget.takeReserved(held)
    let triesLeft = minimizeRuns
    const study = await studyLost(
      pending.input,
      async (input) => {
        if (this.#stopped) return undefined
        if (held > 0) held--
        else if (budget.take(1) === 0) return undefined
        return await this.#run(input)
      },
      () => triesLeft-- > 0 && performance.now() < untilMs,
      options.target.types ?? null,
    )
    budget.giveBack(held)
    await desk.tellLost(pending, study)
    // Nobody knows when the next one comes.
    if (this.#waiting === 1) await this.#dismiss()
  }

  /** One run in a worker that nobody else depends on. */
  async #run(input: Uint8Array): Promise<string | null | undefined> {
    const { limits, seed } = this.#campaign.options
    try {
      this.#worker ??= await this.#seats.source.open(workerSeed(seed, 0, 0), limits.patienceMs / LOST_PATIENCE_SHARE)
      if (this.#stopped) throw new WorkerLost('terminated', 'the campaign is over', null)
      const reply = await this.#worker.call((api) => api.examine({ input, runs: 1, executionsMax: 1 }))
      this.#campaign.count(1, 0)
      return reply.key
    } catch (error) {
      await this.#dismiss()
      // Where no worker can be opened any more, the seats will hear of it too.
      if (!(error instanceof WorkerLost) || error.reason === 'terminated') {
        this.#campaign.budget.giveBack(1)
        return undefined
      }
      this.#campaign.count(1, 0)
      return error.isByTarget ? error.reason : null
    }
  }

  async #dismiss(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    if (worker) await this.#seats.source.dismiss(worker)
  }
}
