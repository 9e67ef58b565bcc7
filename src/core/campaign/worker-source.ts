// Where a campaign's workers come from: started, given the target, and started again where one dies on the way. From the
// first loss on, a thread is kept ready for the next one: losses come in series, and one that never comes costs nothing.

import { campaignErrors } from './errors.ts'
import { CORPUS_BYTES_MAX, WORKER_LOSSES_MAX } from '../limits.ts'
import type { PreparedTarget } from '../target/prepared.ts'
import type { WorkerLink } from '../worker/protocol.ts'
import { SupervisedWorker, WorkerLost } from '../worker/supervised-worker.ts'
import type { WorkerSeed } from './worker-seed.ts'

export interface WorkerSourceOptions {
  readonly target: PreparedTarget
  readonly engine: Uint8Array
  readonly startWorker: () => WorkerLink
  readonly dictionary: readonly Uint8Array[]
  /** False leaves the compares build alone; default true. */
  readonly compares?: boolean
  /** Mechanisms of the search that are left out: a sum of WITHOUT_*. */
  readonly without?: number
  readonly limits: {
    readonly patienceMs: number
    readonly openPatienceMs: number
    /** 0 of either leaves inputs and findings as they were found. */
    readonly minimizeMs: number
    readonly minimizeRuns: number
  }
}

export class WorkerSource {
  readonly #options: WorkerSourceOptions
  /** Every worker that was started and not yet terminated, those included that are still opening their target. */
  readonly #alive: Set<SupervisedWorker> = new Set()
  #spare: WorkerLink | null = null
  #keepsSpare = false
  #closed = false

  constructor(options: WorkerSourceOptions) {
    this.#options = options
  }

  /** A worker that is ready; E_OPEN_HANG, E_WORKERS_LOST, and whatever else it says of the target. */
  async open(seed: WorkerSeed, patienceMs: number = this.#options.limits.patienceMs): Promise<SupervisedWorker> {
    const { engine, target, dictionary, compares, limits, without = 0 } = this.#options
    const keepsAsFound = limits.minimizeMs === 0 || limits.minimizeRuns === 0
    const start = {
      engine,
      target,
      ...seed,
      corpusBytes: CORPUS_BYTES_MAX,
      dictionary,
      ...(compares === undefined ? {} : { compares }),
      without,
      ...(keepsAsFound ? { trimExecutionsMax: 0 } : {}),
    }
    for (let losses = 1; ; losses++) {
      if (this.#closed) throw new WorkerLost('terminated', 'the campaign is over', null)
      const worker = new SupervisedWorker(this.#take(), patienceMs)
      this.#alive.add(worker)
      try {
        await worker.open(start, limits.openPatienceMs)
        return worker
      } catch (error) {
        await this.dismiss(worker)
        if (!(error instanceof WorkerLost) || error.reason === 'terminated') throw error
        if (error.reason === 'hang') throw campaignErrors.openHang(target.name, limits.openPatienceMs)
        if (losses >= WORKER_LOSSES_MAX) throw campaignErrors.workersLost(losses, error.message, error.lastWords)
      }
    }
  }

  async dismiss(worker: SupervisedWorker): Promise<void> {
    this.#alive.delete(worker)
    await worker.terminate()
  }

  /** A worker was lost: the next one should not have to wait for a thread. */
  keepSpare(): void {
    this.#keepsSpare = true
    if (!this.#closed) this.#spare ??= this.#options.startWorker()
  }

  /** Ends all workers; what they were doing is lost. */
  async close(): Promise<void> {
    this.#closed = true
    const spare = this.#spare
    this.#spare = null
    await Promise.all([spare?.terminate(), ...[...this.#alive].map((worker) => worker.terminate())])
  }

  #take(): WorkerLink {
    const link = this.#spare ?? this.#options.startWorker()
    this.#spare = null
    if (this.#keepsSpare) this.keepSpare()
    return link
  }
}
