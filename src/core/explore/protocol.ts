// The contract between an exploration's host and its workers, in the manner of worker/protocol.ts: answers are replies, a
// trap is data, and a call into a worker that dies never settles.
//
//   host (worker-runner.ts)                       worker (explore-service.ts)
//     open(start)  ─────────────────────────────► links the target in an engine of its own
//     run(jobs)    ─────────────────────────────► runs them one after the other

import type { PreparedTarget } from '../target/prepared.ts'
import type { Reply, WorkerDeath } from '../worker/protocol.ts'
import type { JobResult, RunJob } from './timelines.ts'

export interface ExploreStart {
  readonly engine: Uint8Array
  readonly target: PreparedTarget
}

export interface ExploreApi {
  open(start: ExploreStart): Promise<Reply<null>>
  run(jobs: readonly RunJob[]): Promise<Reply<readonly JobResult[]>>
}

/** A worker as a runtime hands it over. */
export interface ExploreLink {
  readonly api: ExploreApi
  readonly died: Promise<WorkerDeath>
  terminate(): Promise<void>
}
