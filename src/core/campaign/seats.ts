// The places of workers: workers come and go, a seat keeps what the next one must know.

import { campaignErrors, campaignWarnings } from './errors.ts'
import type { CorpusWarning } from './corpus.ts'
import { WORKER_LOSSES_MAX } from '../limits.ts'
import type { WorkerStatistics } from '../worker/protocol.ts'
import type { SupervisedWorker, WorkerLost } from '../worker/supervised-worker.ts'
import type { OfferQueue } from './offers.ts'
import { workerSeed } from './worker-seed.ts'
import { WorkerSource, type WorkerSourceOptions } from './worker-source.ts'

export interface SeatOptions extends WorkerSourceOptions {
  readonly seed: number
}

export interface Seat {
  readonly index: number
  worker: SupervisedWorker
  generation: number
  /** Workers lost since the last answer. */
  losses: number
  /** Executions that its next slice should have. */
  sliceExecutions: number
  /** How many of the kept inputs, and of the unstable edges, this worker was told of. */
  inputsKnown: number
  unstableKnown: number
  /** Kept inputs that wait to be run here. */
  readonly shared: OfferQueue
  /** What executions of discoveries cost: see work.ts. */
  readonly costs: { sum: number; count: number }
  /** The worker's last answer was given while it was shortening an input. */
  isTrimming: boolean
  /** Its last turn was the desk's: the next one is not. */
  servedDesk: boolean
  /** What the worker said of itself last. */
  statistics: WorkerStatistics | null
}

export class Seats {
  readonly source: WorkerSource
  readonly #seed: number
  readonly #warn: (warning: CorpusWarning) => void
  readonly #seats: Seat[] = []
  #restarts = 0

  constructor(options: SeatOptions, warn: (warning: CorpusWarning) => void) {
    this.source = new WorkerSource(options)
    this.#seed = options.seed
    this.#warn = warn
  }

  /** In the order of their index. */
  get all(): readonly Seat[] {
    return this.#seats
  }

  /** Workers that took another one's place. */
  get restarts(): number {
    return this.#restarts
  }

  /** Opens `count` seats at once. A machine without room for all of them works with those that it has room for. */
  async open(count: number): Promise<void> {
    const opening = Array.from({ length: count }, (_, index) => this.#openWorker(index, 0))
    const opened = await Promise.allSettled(opening)
    for (const [index, result] of opened.entries()) {
      if (result.status === 'fulfilled') this.#seats.push(seatOf(index, result.value))
      else if (index === 0) throw result.reason
      else this.#warn(campaignWarnings.fewerWorkers(this.#seats.length, String(result.reason?.message)))
      if (result.status === 'rejected') break
    }
  }

  /** Another worker in the seat of one that was lost; E_WORKERS_LOST after too many in a row. */
  async replace(seat: Seat, lost: WorkerLost): Promise<void> {
    seat.losses++
    if (seat.losses >= WORKER_LOSSES_MAX) throw campaignErrors.workersLost(seat.losses, lost.message, lost.lastWords)
    await this.source.dismiss(seat.worker)
    seat.generation++
    this.#restarts++
    const { index, generation, losses } = seat
    Object.assign(seat, seatOf(index, await this.#openWorker(index, generation)), { generation, losses })
  }

  /** Ends all workers; what they were doing is lost. */
  async terminateAll(): Promise<void> {
    await this.source.close()
  }

  async #openWorker(index: number, generation: number): Promise<SupervisedWorker> {
    return await this.source.open(workerSeed(this.#seed, index, generation))
  }
}

function seatOf(index: number, worker: SupervisedWorker): Seat {
  return {
    index,
    worker,
    generation: 0,
    losses: 0,
    sliceExecutions: 1,
    inputsKnown: 0,
    unstableKnown: 0,
    shared: [],
    costs: { sum: 0, count: 0 },
    isTrimming: false,
    servedDesk: false,
    statistics: null,
  }
}
