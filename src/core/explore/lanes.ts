// The runners of an exploration. Each is told, with every job, what the others have found since its last one.

import type { FeatureLedger } from './feature-ledger.ts'
import type { MarkLedger } from './mark-ledger.ts'
import type { Planned } from './planned.ts'
import type { JobResult, RunJob, TimelineRunner } from './timelines.ts'

/** A runner that can take several jobs in one go, which costs one message instead of many. */
export interface ManyRunner extends TimelineRunner {
  runMany?(jobs: readonly RunJob[]): Promise<readonly JobResult[]>
}

export interface Lane {
  readonly index: number
  readonly runner: ManyRunner
  /** Versions of the two ledgers that its runner knows. */
  marksKnown: number
  featuresKnown: number
}

export function laneOf(runner: ManyRunner, index: number): Lane {
  return { index, runner, marksKnown: 0, featuresKnown: 0 }
}

/** The job as the lane's runner has to be told of it now. */
export function jobFor(lane: Lane, planned: Planned, marks: MarkLedger, features: FeatureLedger): RunJob {
  const { from, seeds, ahead, stopAtDiscovery, hashMemory } = planned
  const job: RunJob = {
    from,
    seeds,
    stopAtDiscovery,
    hashMemory,
    marks: marks.since(lane.marksKnown),
    features: features.since(lane.featuresKnown),
    ...(ahead === undefined ? {} : { ahead }),
  }
  lane.marksKnown = marks.version
  lane.featuresKnown = features.features
  return job
}

/** Results in the order of the jobs. */
export async function runOn({ runner }: Lane, jobs: readonly RunJob[]): Promise<readonly JobResult[]> {
  if (runner.runMany && jobs.length > 1) return await runner.runMany(jobs)
  const results: JobResult[] = []
  for (const job of jobs) results.push(await runner.run(job))
  return results
}
