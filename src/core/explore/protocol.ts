// The contract between an exploration's host and its workers, in the manner of worker/protocol.ts: answers are replies, a
// trap is data, and a call into a worker that dies never settles.
//
//   host (worker-runner.ts)                       worker (explore-service.ts)
//     open(start)  ─────────────────────────────► links the target in an engine of its own
//     run(batch)   ─────────────────────────────► runs them one after the other, all or until one brings news

import type { PreparedTarget } from '../target/prepared.ts'
import type { Reply, WorkerDeath } from '../worker/protocol.ts'
import type { PackedJobs } from './packed-jobs.ts'
import type { PackedResults } from './packed-results.ts'

export interface ExploreStart {
  readonly engine: Uint8Array
  readonly target: PreparedTarget
  /** Marks that its table has room for. */
  readonly marksMax: number
  /** NewsSignal.words. */
  readonly news: Int32Array | null
}

export interface Batch {
  readonly jobs: PackedJobs
  /**
   * NewsSignal.count when they were chosen: whoever finds something, or sees it change, leaves the other jobs undone, which are
   * better chosen anew. Null where all have to be run.
   */
  readonly untilNews: number | null
}

export interface ExploreApi {
  open(start: ExploreStart): Promise<Reply<null>>
  /** Results of the first jobs, at least one. */
  run(batch: Batch): Promise<Reply<PackedResults>>
}

/** A worker as a runtime hands it over. */
export interface ExploreLink {
  readonly api: ExploreApi
  readonly died: Promise<WorkerDeath>
  terminate(): Promise<void>
}
