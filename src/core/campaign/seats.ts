// The places of workers: workers come and go, a seat keeps what the next one must know.

import { campaignErrors, campaignWarnings } from './errors.ts'
import type { CorpusWarning } from './corpus.ts'
import { CORPUS_BYTES_MAX, WORKER_LOSSES_MAX } from '../limits.ts'
import type { PreparedTarget } from '../target/prepared.ts'
import type { WorkerLink, WorkerStatistics } from '../worker/protocol.ts'
import { SupervisedWorker, WorkerLost } from '../worker/supervised-worker.ts'
import type { OfferQueue } from './offers.ts'
import { workerSeed } from './worker-seed.ts'

export interface SeatOptions {
  readonly target: PreparedTarget
  readonly engine: Uint8Array
  readonly startWorker: () => WorkerLink
  readonly seed: number
  readonly dictionary: readonly Uint8Array[]
  readonly limits: { readonly patienceMs: number; readonly openPatienceMs: number }
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
  /** Its last turn was the desk's: the next one is not. */
  servedDesk: boolean
  /** What the worker said of itself last. */
  statistics: WorkerStatistics | null
}

export class Seats {
  readonly #options: SeatOptions
  readonly #warn: (warning: CorpusWarning) => void
  readonly #seats: Seat[] = []
  /** Every worker that was started and not yet terminated, those included that are still opening their target. */
  readonly #alive: Set<SupervisedWorker> = new Set()
  #closed = false
  #restarts = 0

  constructor(options: SeatOptions, warn: (warning: CorpusWarning) => void) {
    this.#options = options
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
    if (seat.losses >= WORKER_LOSSES_MAX) throw campaignErrors.workersLost(seat.losses, lost.message)
    await this.#dismiss(seat.worker)
    seat.generation++
    this.#restarts++
    const { index, generation, losses } = seat
    Object.assign(seat, seatOf(index, await this.#openWorker(index, generation)), { generation, losses })
  }

  /** Ends all workers; what they were doing is lost. */
  async terminateAll(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#alive].map((worker) => worker.terminate()))
  }

  async #openWorker(index: number, generation: number): Promise<SupervisedWorker> {
    const { engine, target, seed, dictionary, startWorker, limits } = this.#options
    if (this.#closed) throw new WorkerLost('exit', 'the campaign is over', null)
    const worker = new SupervisedWorker(startWorker(), limits.patienceMs)
    this.#alive.add(worker)
    const start = {
      engine,
      target,
      ...workerSeed(seed, index, generation),
      corpusBytes: CORPUS_BYTES_MAX,
      dictionary,
    }
    try {
      await worker.call((api) => api.open(start), limits.openPatienceMs)
      return worker
    } catch (error) {
      await this.#dismiss(worker)
      if (error instanceof WorkerLost && error.reason === 'hang') {
        throw campaignErrors.openHang(target.name, limits.openPatienceMs)
      }
      throw error
    }
  }

  async #dismiss(worker: SupervisedWorker): Promise<void> {
    this.#alive.delete(worker)
    await worker.terminate()
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
    servedDesk: false,
    statistics: null,
  }
}
