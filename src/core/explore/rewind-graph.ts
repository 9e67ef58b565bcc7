// How likely a finding is, against how far the program is rewound: other futures are run from each moment on its way, and
// those that fail like it are counted. Where the share falls is where it was decided.
//
//   start ──●────────●──────────●────✗     share   ▁ ▁ ▃ █
//           └ 100    └ 100      └ 100
//
// A moment is a snapshot as a rule. Of a recipe alone the draws are known and not the calls of marks, so then each future is
// run from the start of the program: the same numbers for more work. So are those that set out between the last moment and
// the failure, one draw before it, two, four and so on.

import { SeedSeries, rootNodeSeed, splitSeed } from './child-seed.ts'
import { failuresOf, type Failure } from './failures.ts'
import { lostResult } from './lost-moment.ts'
import type { ManyRunner } from './lanes.ts'
import type { JobResult, Moment, RunJob, Seeds } from './timelines.ts'
import { REWIND_FUTURES } from '../limits.ts'

export interface RewindPoint {
  /** Reseeds that lead to the moment; 0 is the start of the program. */
  readonly depth: number
  /** Draws from the moment to where it failed. */
  readonly drawsBack: number
  /** What the program said there, `gate [3, 5, 3]`; empty where nobody knows. */
  readonly mark: string
  /** Futures that were run from it, and those that failed like the finding. */
  readonly futures: number
  readonly failed: number
}

export interface RewindGraph {
  readonly key: string
  readonly message: string
  /** The nearest moment first, the start last. */
  readonly points: readonly RewindPoint[]
}

/** A moment on the way, and how its futures are run. */
export interface RewindStart extends Pick<RewindPoint, 'depth' | 'drawsBack' | 'mark'> {
  readonly jobs: (seeds: Seeds) => readonly RunJob[]
}

/** A moment at a split point, with the words for its mark. */
export interface RewindStep {
  readonly moment: Moment
  readonly mark: string
}

/** Stands for no mark: the futures are not those that an exploration has run already. */
const NOBODY = 'f'.repeat(16)
const TOLD = { stopAtDiscovery: false, hashMemory: false, marks: [], features: new Uint32Array(0) } as const

/** The way of a timeline through the tree; `failed` is the moment at which it failed. The nearest comes first. */
export function startsOfPath(failed: Moment, path: readonly RewindStep[]): RewindStart[] {
  const start: RewindStep = { moment: { ...failed, reseeds: [], draws: 0, markCalls: 0 }, mark: 'start' }
  const isBegun = path[0]?.moment.markCalls === 0
  const moments = (isBegun ? path : [start, ...path]).map(({ moment, mark }) => ({
    depth: moment.reseeds.length,
    drawsBack: drawsTo(failed) - drawsTo(moment),
    mark,
    jobs: (seeds: Seeds) => [{ ...TOLD, from: moment, seeds }],
  }))
  return [...sinceLastMoment(failed), ...moments.reverse()]
}

/** The same where only what was drawn is known: each future is a recipe of its own. */
export function startsOfRecipe(failed: Moment): RewindStart[] {
  const isBegun = failed.reseeds[0]?.draws === 0
  const places = [
    ...(isBegun ? [] : [{ depth: 0, draws: 0 }]),
    ...failed.reseeds.map(({ draws }, depth) => ({ depth, draws })),
  ]
  return [...sinceLastMoment(failed), ...places.map(({ depth, draws }) => ofRecipe(failed, depth, draws)).reverse()]
}

/** Some draws before the failure, as far as no moment lies between. */
function sinceLastMoment(failed: Moment): RewindStart[] {
  const starts: RewindStart[] = []
  for (let back = 1; back < failed.draws; back *= 2) {
    starts.push(ofRecipe(failed, failed.reseeds.length, failed.draws - back))
  }
  return starts
}

/** Other futures after so many of its reseeds, and so many draws since the last of them. */
function ofRecipe(failed: Moment, depth: number, draws: number): RewindStart {
  const before = failed.reseeds.slice(0, depth)
  const from: Moment = { ...failed, reseeds: [], draws: 0, markCalls: 0 }
  const job = (seed: bigint | null): RunJob => {
    return { ...TOLD, from, seeds: [null], ahead: [...before, { draws, seed: seed ?? 0n }] }
  }
  const drawsBack = drawsTo(failed) - drawsTo({ reseeds: before, draws })
  return { depth, drawsBack, mark: '', jobs: (seeds) => [...seeds].map(job) }
}

/** Each runner takes the next moment when it is free. Moments that the program does not come by are left out. */
export async function rewindGraph(
  runners: readonly ManyRunner[],
  { key, message, moment }: Failure,
  starts: readonly RewindStart[],
  signal: AbortSignal | null = null,
): Promise<RewindGraph> {
  const points: (RewindPoint | null)[] = starts.map(() => null)
  let next = 0
  const work = async (runner: ManyRunner): Promise<void> => {
    while (next < starts.length && !signal?.aborted) {
      const nth = next++
      const { depth, drawsBack, mark, jobs } = starts[nth] as RewindStart
      const split = splitSeed(rootNodeSeed(moment.rootSeed), NOBODY, { draws: drawsBack, markCalls: depth })
      const results = await run(runner, jobs(new SeedSeries(split, 0, REWIND_FUTURES)))
      const timelines = results.flatMap((result) => result.timelines)
      const failed = timelines.filter((timeline) => failuresOf(timeline).some((failure) => failure.key === key)).length
      if (timelines.length > 0) points[nth] = { depth, drawsBack, mark, futures: timelines.length, failed }
    }
  }
  await Promise.all(runners.map(work))
  return { key, message, points: points.filter((point) => point !== null) }
}

async function run(runner: ManyRunner, jobs: readonly RunJob[]): Promise<readonly JobResult[]> {
  if (runner.runMany) return await runner.runMany(jobs, 'all')
  const results: JobResult[] = []
  for (const job of jobs) {
    try {
      results.push(await runner.run(job))
    } catch (error) {
      results.push(lostResult(error))
    }
  }
  return results
}

function drawsTo({ reseeds, draws }: Pick<Moment, 'reseeds' | 'draws'>): number {
  return reseeds.reduce((sum, reseed) => sum + reseed.draws, draws)
}
