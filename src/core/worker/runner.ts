// A worker outside a campaign: it runs given inputs, one after the other, and keeps nothing.

import { campaignErrors } from '../campaign/errors.ts'
import { WORKER_OPEN_MS_MAX } from '../limits.ts'
import type { PreparedTarget } from '../target/prepared.ts'
import type { WorkerLink } from './protocol.ts'
import { SupervisedWorker, WorkerLost } from './supervised-worker.ts'

export interface RunnerOptions {
  readonly target: PreparedTarget
  readonly engine: Uint8Array
  readonly startWorker: () => WorkerLink
  /** How long one execution may show no end before its worker is given up; see patienceMsOf. */
  readonly patienceMs: number
}

/** Throws what is wrong with the target, or that it never gets ready; WorkerLost where it was terminated meanwhile. */
export async function openRunner(options: RunnerOptions): Promise<SupervisedWorker> {
  const { engine, target, startWorker, patienceMs } = options
  const worker = new SupervisedWorker(startWorker(), patienceMs)
  const start = { engine, target, seedLow: 0, seedHigh: 0, corpusBytes: 1024 * 1024, dictionary: [] }
  try {
    await worker.open(start, WORKER_OPEN_MS_MAX)
    return worker
  } catch (error) {
    await worker.terminate()
    if (!(error instanceof WorkerLost) || error.reason === 'terminated') throw error
    if (error.reason === 'hang') throw campaignErrors.openHang(target.name, WORKER_OPEN_MS_MAX)
    throw campaignErrors.workersLost(1, error.message, error.lastWords)
  }
}
