// One campaign from its first input to its last word; workers only work.
//
//   LOAD ─► WARMUP ─────► FUZZ ──────────────────────────► SHRINK ─────────────► STOP
//           regressions,  slices; what others found;       what is left of it,    everything on disk,
//           seeds, once   shrinking in between             for a few seconds      the report
//
// A finding never ends it unless asked to. Whatever ends it (time, runs, Ctrl-C, a full disk), the last two phases come.

import { Campaign, type CampaignOptions } from './campaign.ts'
import type { CoverageMap } from './coverage-map.ts'
import { recommend } from './recommended.ts'
import { campaignWarnings } from './errors.ts'
import { gatherHits } from './edge-hits.ts'
import type { EndEvent, EndReason } from './events.ts'
import { OutsideInputs } from './outside-inputs.ts'
import type { OfferQueue } from './offers.ts'
import { Recovery } from './recovery.ts'
import { Seats, type Seat } from './seats.ts'
import { takeTurns, type NextTurn } from './turns.ts'
import { addTurn, lastTurn, noteShared, sliceTurn } from './work.ts'
import { ABORT_GRACE_MS, SHRINK_LAST_MS_MAX, STATUS_EVERY_MS, STATUS_EVERY_ROUNDS } from '../limits.ts'
import { WorkerLost } from '../worker/supervised-worker.ts'
import { loadOffers } from './warm-up.ts'

export type { CampaignLimits, CampaignOptions } from './campaign.ts'

export class Coordinator {
  readonly #options: CampaignOptions
  readonly #campaign: Campaign
  readonly #seats: Seats
  readonly #recovery: Recovery
  readonly #outside: OutsideInputs
  #warm = false
  #rounds = 0
  #graceTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: CampaignOptions) {
    this.#options = options
    this.#campaign = new Campaign(options, (reason) => this.#hurry(reason))
    this.#seats = new Seats(options, (warning) => this.#campaign.warn(warning))
    this.#recovery = new Recovery(this.#campaign, this.#seats)
    this.#outside = new OutsideInputs(options, (warning) => this.#campaign.warn(warning))
  }

  /** What the campaign as a whole has reached so far. */
  get coverage(): CoverageMap {
    return this.#campaign.coverage
  }

  /** Runs the campaign to its end; throws FuzzboxError where it cannot even start. */
  async run(): Promise<EndEvent> {
    const { limits, signal, deterministic } = this.#options
    const campaign = this.#campaign
    const stop = (): void => campaign.stop('stopped')
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop)
    const timeTimer = limits.timeMs === null ? undefined : setTimeout(() => campaign.stop('time'), limits.timeMs)
    const tell = (): void => void (campaign.progress.phase !== 'load' && !deterministic && campaign.emitStatus())
    const statusTimer = setInterval(tell, STATUS_EVERY_MS)
    try {
      await this.#work()
      clearTimeout(this.#graceTimer)
      this.#outside.stop()
      await this.#shrink()
      return await this.#end()
    } finally {
      clearTimeout(timeTimer)
      clearTimeout(this.#graceTimer)
      clearInterval(statusTimer)
      signal?.removeEventListener('abort', stop)
      this.#outside.stop()
      await this.#seats.terminateAll()
      await campaign.inputs.flushed()
    }
  }

  async #work(): Promise<void> {
    const campaign = this.#campaign
    try {
      const [offers] = await Promise.all([loadOffers(campaign), this.#seats.open(this.#options.workers)])
      for (const warning of this.#options.shortcomings?.() ?? []) campaign.warn(warning)
      campaign.progress.workers = this.#seats.all.length
      campaign.progress.beginWarmup(offers.length)
      const feed: NextTurn = (seat) => (campaign.ended ? null : addTurn(campaign, seat, offers))
      await this.#takeTurns(feed)
      this.#warm = true
      campaign.progress.endWarmup()
      campaign.stability.noteNew(performance.now())
      campaign.emitStatus()
      if (this.#options.limits.runs === 0) campaign.stop('runs')
      this.#outside.watch()
      await this.#takeTurns((seat) => this.#next(seat, this.#outside.waiting))
      // Nobody stopped it, so what --runs allows is used up.
      campaign.stop('runs')
    } catch (error) {
      // A worker that was terminated because the campaign is over is no loss.
      if (!(campaign.ended && error instanceof WorkerLost)) throw error
    }
  }

  /** What others found comes first, then every other turn is the desk's if it has something to do. */
  #next(seat: Seat, outside: OfferQueue): ReturnType<NextTurn> {
    const campaign = this.#campaign
    if (campaign.ended) return lastTurn(campaign, seat)
    noteShared(campaign, seat)
    const offered = addTurn(campaign, seat, seat.shared) ?? addTurn(campaign, seat, outside)
    if (offered) return offered
    const desk = seat.servedDesk ? null : campaign.desk.next(seat)
    seat.servedDesk = desk !== null
    return desk ?? sliceTurn(campaign, seat) ?? lastTurn(campaign, seat)
  }

  async #shrink(): Promise<void> {
    const { desk, lost, progress } = this.#campaign
    if (!desk.idle) progress.phase = 'shrink'
    const untilMs = this.#options.deterministic ? Infinity : performance.now() + SHRINK_LAST_MS_MAX
    const next: NextTurn = (seat) => (lost || performance.now() >= untilMs ? null : desk.next(seat))
    await takeTurns(this.#seats.all, {
      next,
      // Nobody needs another worker now.
      replace: async () => {},
      inStep: this.#options.deterministic,
      endOfRound: () => {},
    })
    await this.#recovery.finish(untilMs)
    await desk.finish()
  }

  async #takeTurns(next: NextTurn): Promise<void> {
    await takeTurns(this.#seats.all, {
      next,
      replace: async (seat, lost) => await this.#recovery.replace(seat, lost),
      inStep: this.#options.deterministic,
      endOfRound: () => {
        if (this.#options.deterministic && this.#warm && ++this.#rounds % STATUS_EVERY_ROUNDS === 0) {
          this.#campaign.emitStatus()
        }
      },
    })
  }

  /** A turn under way ends by itself in a moment; one that does not is not waited for. */
  #hurry(reason: EndReason): void {
    if (reason === 'finding' || reason === 'runs') return
    this.#graceTimer = setTimeout(() => void this.#seats.terminateAll(), ABORT_GRACE_MS)
  }

  async #end(): Promise<EndEvent> {
    const campaign = this.#campaign
    const { inputs, desk, progress } = campaign
    progress.phase = 'stop'
    await inputs.flushed()
    campaign.emitStatus()
    const reason = campaign.ended ?? 'stopped'
    const hits = await gatherHits(this.#seats.all.map(({ worker }) => worker))
    const residualRisk = progress.residualRisk(hits)
    const { seed } = this.#options
    const dictionary = recommend(hits?.tokens ?? [], this.#options.dictionary)
    const event = progress.end({ reason, kept: inputs, seed, findings: desk.told, residualRisk, dictionary })
    if (campaign.lost) await this.#saveElsewhere()
    this.#options.emit(event)
    return event
  }

  async #saveElsewhere(): Promise<void> {
    const { lost, inputs, desk } = this.#campaign
    const saved = (await this.#options.rescue?.save(inputs.found(), desk.told)) ?? null
    if (lost) this.#campaign.warn(campaignWarnings.storageLost(lost.place, lost.message, saved))
  }
}
