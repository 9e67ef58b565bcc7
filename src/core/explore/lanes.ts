// The runners of an exploration. Each is told, with every job, what the others have found since its last one.

import type { FeatureLedger } from './feature-ledger.ts'
import type { MarkLedger } from './mark-ledger.ts'
import type { Planned } from './planned.ts'
import { lostResult } from './lost-moment.ts'
import type { JobResult, RunJob, Timeline, TimelineRunner } from './timelines.ts'

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
  /** Jobs of its next message: more each time that one brought nothing. */
  jobs: number
}

export function laneOf(runner: ManyRunner, index: number): Lane {
  return { index, runner, marksKnown: 0, featuresKnown: 0, jobs: 1 }
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
export async function runOn({ runner }: Lane, jobs: readonly RunJob[], until: Until): Promise<readonly JobResult[]> {
  if (runner.runMany && jobs.length > 1) return await runner.runMany(jobs, until)
  const results: JobResult[] = []
  for (const job of jobs) {
    const result = await runOne(runner, job)
    results.push(result)
    if (until === 'news' && isNews(result)) break
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

/** Something that nobody had met, as far as the runner knows: what to do next is better chosen with that in mind. */
export function isNews({ timelines, lost }: JobResult): boolean {
  const isQuiet = ({ discoveries, features, violations }: Timeline): boolean =>
    discoveries.length === 0 && features.length === 0 && violations.length === 0
  return lost !== undefined || !timelines.every(isQuiet)
}
