// The runners of an exploration. Each is told, with every job, what the others have found since its last one.

import type { FeatureLedger } from './feature-ledger.ts'
import type { MarkLedger } from './mark-ledger.ts'
import type { Planned } from './planned.ts'
import { lostResult } from './lost-moment.ts'
import type { JobResult, RunJob, TimelineRunner } from './timelines.ts'
import { EXPLORE_BATCH_JOBS_MIN } from '../limits.ts'

/** A runner that can take several jobs in one go, which costs one message instead of many. */
export interface ManyRunner extends TimelineRunner {
  runMany?(jobs: readonly RunJob[], until: Until): Promise<readonly JobResult[]>
}

/** `news`: what is left of the jobs when one has found something is not run; there are results of the first ones only. */
export type Until = 'news' | 'all'

export interface Lane {
  readonly index: number
  readonly runner: ManyRunner
  /** Versions of the two ledgers that its runner knows. */
  marksKnown: number
  featuresKnown: number
  readonly sense: NewsSense
  /** Jobs of its next message: more each time that one brought nothing. */
  jobs: number
}

export function laneOf(runner: ManyRunner, index: number): Lane {
  return { index, runner, marksKnown: 0, featuresKnown: 0, sense: new NewsSense(), jobs: fewestJobs(runner) }
}

/** Jobs of a message where the last one brought news: one is best chosen at a time, unless it costs a message each. */
export function fewestJobs(runner: ManyRunner): number {
  return runner.runMany ? EXPLORE_BATCH_JOBS_MIN : 1
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

/** Results in the order of the jobs, of the first ones only where it ends with news. */
export async function runOn(
  { runner, sense }: Lane,
  jobs: readonly RunJob[],
  until: Until,
): Promise<readonly JobResult[]> {
  if (runner.runMany && jobs.length > 1) return await runner.runMany(jobs, until)
  const results: JobResult[] = []
  for (const job of jobs) {
    const result = await runOne(runner, job)
    results.push(result)
    if (until === 'news' && sense.isNews(result)) break
  }
  return results
}

async function runOne(runner: TimelineRunner, job: RunJob): Promise<JobResult> {
  try {
    return await runner.run(job)
  } catch (error) {
    return lostResult(error)
  }
}

/** Knows whether a runner's results hold what it had not met before: what to do next is better chosen with that in mind. */
export class NewsSense {
  readonly #violated: Set<string> = new Set()

  isNews({ timelines, lost }: JobResult): boolean {
    let isNews = lost !== undefined
    for (const { discoveries, features, violations } of timelines) {
      if (discoveries.length > 0 || features.length > 0) isNews = true
      for (const { id } of violations) {
        if (!this.#violated.has(id)) isNews = true
        this.#violated.add(id)
      }
    }
    return isNews
  }
}
