// Results on their way back. Nearly all timelines found nothing and ended well: they are a few numbers each. The others, and
// what marks came to, are objects.
//
//   result    timelines · 1 where its moment was a snapshot
//             (draws · fuel · draws at the end · calls of marks at the end · reseeds at the end, -1 for all · what it
//             returned) × timelines

import { comesByReseeds, plainTimeline } from './plain-timeline.ts'
import type { JobResult, MarkState, RunJob, Timeline } from './timelines.ts'

export interface PackedResults {
  readonly numbers: Float64Array
  /** Timelines that are more than their numbers, by their place among all of the message. */
  readonly told: readonly (readonly [place: number, timeline: Timeline])[]
  /** By result. */
  readonly marks: readonly (readonly MarkState[])[]
  /** By result: why its moment was lost. */
  readonly lost: readonly (string | null)[]
}

const RESULT_NUMBERS = 2
const TIMELINE_NUMBERS = 6
const ALL_RESEEDS = -1

/** Results of the first jobs, in their order. */
export function packResults(jobs: readonly RunJob[], results: readonly JobResult[]): PackedResults {
  const count = results.reduce((sum, { timelines }) => sum + timelines.length, 0)
  const numbers = new Float64Array(RESULT_NUMBERS * results.length + TIMELINE_NUMBERS * count)
  const told: [number, Timeline][] = []
  let at = 0
  let place = 0
  for (const [nth, { timelines, reached }] of results.entries()) {
    const comesByThem = comesByReseeds(jobs[nth] as RunJob)
    numbers[at++] = timelines.length
    numbers[at++] = reached === 'snapshot' ? 1 : 0
    for (const timeline of timelines) {
      if (!isPlain(timeline)) told.push([place, { ...timeline }])
      else {
        const { end, draws, fuel, outcome } = timeline
        const endReseeds = comesByThem ? end.reseeds.length : ALL_RESEEDS
        const result = outcome.kind === 'ok' ? outcome.result : 0
        numbers.set([draws, fuel, end.draws, end.markCalls, endReseeds, result], at)
      }
      at += TIMELINE_NUMBERS
      place++
    }
  }
  return { numbers, told, marks: results.map(({ marks }) => marks), lost: results.map(({ lost }) => lost ?? null) }
}

/** `jobs` are those that were asked for; there may be fewer results. */
export function unpackResults(jobs: readonly RunJob[], { numbers, told, marks, lost }: PackedResults): JobResult[] {
  let at = 0
  let place = 0
  let nextTold = 0
  const number = (): number => numbers[at++] as number
  return marks.map((ofResult, nth) => {
    const count = number()
    const reached = number() === 1 ? 'snapshot' : 'replay'
    const timelines: Timeline[] = []
    for (let index = 0; index < count; index++, place++) {
      const [wanted, timeline] = told[nextTold] ?? [-1, null]
      if (wanted === place && timeline) {
        timelines.push(timeline)
        nextTold++
        at += TIMELINE_NUMBERS
        continue
      }
      const [draws, fuel, endDraws, endCalls] = [number(), number(), number(), number()]
      const [passed, result] = [number(), number()]
      const endReseeds = passed === ALL_RESEEDS ? null : passed
      const read = { draws, fuel, endDraws, endCalls, endReseeds, result }
      timelines.push(plainTimeline(jobs[nth] as RunJob, index, read))
    }
    const why = lost[nth] ?? null
    return { timelines, marks: ofResult, reached, ...(why === null ? {} : { lost: why }) }
  })
}

/** It ended well, and nothing is to be said of it. */
function isPlain({ outcome, stopped, violations, discoveries, features, memoryHash }: Timeline): boolean {
  const isQuiet = violations.length === 0 && discoveries.length === 0 && features.length === 0
  return isQuiet && outcome.kind === 'ok' && !stopped && memoryHash === null
}
