// Results on their way back. Nearly all timelines found nothing and ended well: they are a few numbers each. The others, and
// what marks came to, are objects.
//
//   result    timelines · 1 where its moment was a snapshot
//             (numbers as plain-timeline.ts has them) × timelines

import { PLAIN_NUMBERS, PlainTimeline, reseedsOf } from './plain-timeline.ts'
import type { JobResult, MarkDiscovery, MarkState, Moment, Reseed, RunJob, Timeline, Violation } from './timelines.ts'

export interface PackedResults {
  readonly numbers: Float64Array
  /** Timelines that are more than their numbers, by their place among all of the message. */
  readonly told: readonly (readonly [place: number, timeline: TellingTimeline])[]
  /** By result. */
  readonly marks: readonly (readonly MarkState[])[]
  /** By result: why its moment was lost. */
  readonly lost: readonly (string | null)[]
  /** Of all results. */
  readonly marksLost: number
}

/** A moment whose reseeds are the first ones of its timeline's, which the job knows. */
type TellingMoment = Omit<Moment, 'reseeds'> & { readonly passed: number }

interface TellingTimeline extends Omit<Timeline, 'end' | 'discoveries' | 'violations'> {
  readonly end: TellingMoment
  readonly discoveries: readonly (Omit<MarkDiscovery, 'moment'> & { readonly moment: TellingMoment })[]
  readonly violations: readonly (Omit<Violation, 'moment'> & { readonly moment: TellingMoment })[]
}

const RESULT_NUMBERS = 2

export function packResults(results: readonly JobResult[]): PackedResults {
  const count = results.reduce((sum, { timelines }) => sum + timelines.length, 0)
  const numbers = new Float64Array(RESULT_NUMBERS * results.length + PLAIN_NUMBERS * count)
  const told: [number, TellingTimeline][] = []
  let at = 0
  let place = 0
  for (const { timelines, reached } of results) {
    numbers[at++] = timelines.length
    numbers[at++] = reached === 'snapshot' ? 1 : 0
    for (const timeline of timelines) {
      if (timeline instanceof PlainTimeline) timeline.copyNumbers(numbers, at)
      else told.push([place, telling(timeline)])
      at += PLAIN_NUMBERS
      place++
    }
  }
  return {
    numbers,
    told,
    marks: results.map(({ marks }) => marks),
    lost: results.map(({ lost }) => lost ?? null),
    marksLost: results.reduce((sum, { marksLost = 0 }) => sum + marksLost, 0),
  }
}

/** `jobs` are those that were asked for; there may be fewer results. */
export function unpackResults(
  jobs: readonly RunJob[],
  { numbers, told, marks, lost, marksLost }: PackedResults,
): JobResult[] {
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
        timelines.push(asTold(timeline, reseedsOf(jobs[nth] as RunJob, index)))
        nextTold++
      } else {
        timelines.push(new PlainTimeline(jobs[nth] as RunJob, index, numbers, at))
      }
      at += PLAIN_NUMBERS
    }
    const why = lost[nth] ?? null
    const more = nth === 0 && marksLost > 0 ? { marksLost } : {}
    return { timelines, marks: ofResult, reached, ...more, ...(why === null ? {} : { lost: why }) }
  })
}

function telling(timeline: Timeline): TellingTimeline {
  const moment = ({ reseeds, ...others }: Moment): TellingMoment => ({ ...others, passed: reseeds.length })
  return {
    ...timeline,
    end: moment(timeline.end),
    discoveries: timeline.discoveries.map((one) => ({ ...one, moment: moment(one.moment) })),
    violations: timeline.violations.map((one) => ({ ...one, moment: moment(one.moment) })),
  }
}

function asTold(timeline: TellingTimeline, all: readonly Reseed[]): Timeline {
  const moment = ({ passed, ...others }: TellingMoment): Moment => {
    return { ...others, reseeds: passed === all.length ? all : all.slice(0, passed) }
  }
  return {
    ...timeline,
    end: moment(timeline.end),
    discoveries: timeline.discoveries.map((one) => ({ ...one, moment: moment(one.moment) })),
    violations: timeline.violations.map((one) => ({ ...one, moment: moment(one.moment) })),
  }
}
