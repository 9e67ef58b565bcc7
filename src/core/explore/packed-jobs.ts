// Jobs on their way to a worker. A list of reseeds is an object each to the structured clone, a hundred of them for a deep
// moment; here all jobs of a message are one array of 64-bit words, numbers among them as doubles.
//
//   job     flags · rootSeed · draws · markCalls · reseeds · ahead · seeds, counts          8 words
//           (draws · seed · markCalls) × reseeds, then × ahead                                 -1 calls: not known
//           (seeded · seed) × seeds, or once (index of the first · seed of the split) where they are a series

import { SeedSeries } from './child-seed.ts'
import type { MarkState, Reseed, RunJob, Seeds } from './timelines.ts'

export interface PackedJobs {
  readonly words: BigUint64Array<ArrayBuffer>
  /** What the jobs tell of marks and features, all before the first one. */
  readonly marks: readonly MarkState[]
  readonly features: Uint32Array
}

const JOB_WORDS = 8
const RESEED_WORDS = 3
const SEED_WORDS = 2
const STOPS = 1
const HASHES = 2
const HAS_AHEAD = 4
/** Its reseeds are those of the job before it, and stand there. */
const AS_BEFORE = 8
/** In place of its seeds, what they are derived from. */
const SERIES = 16
const UNKNOWN_CALLS = -1

/** Most jobs share their list of reseeds with many others. */
const packedReseeds: WeakMap<readonly Reseed[], BigUint64Array> = new WeakMap()

export function packJobs(jobs: readonly RunJob[]): PackedJobs {
  const isAsBefore = jobs.map(({ from }, nth) => from.reseeds === jobs[nth - 1]?.from.reseeds)
  const words = new BigUint64Array(jobs.reduce((sum, job, nth) => sum + wordsOf(job, isAsBefore[nth] === true), 0))
  const numbers = new Float64Array(words.buffer)
  let at = 0
  for (const [nth, { from, seeds, ahead, stopAtDiscovery, hashMemory }] of jobs.entries()) {
    const asked = (stopAtDiscovery ? STOPS : 0) | (hashMemory ? HASHES : 0)
    const series = seeds instanceof SeedSeries ? SERIES : 0
    numbers[at] = asked | (ahead ? HAS_AHEAD : 0) | (isAsBefore[nth] ? AS_BEFORE : 0) | series
    words[at + 1] = from.rootSeed
    numbers[at + 2] = from.draws
    numbers[at + 3] = from.markCalls
    const own = isAsBefore[nth] ? [] : from.reseeds
    numbers[at + 4] = own.length
    numbers[at + 5] = ahead?.length ?? 0
    numbers[at + 6] = seeds.length
    at += JOB_WORDS
    for (const reseeds of [own, ahead ?? []]) {
      if (reseeds.length === 0) continue
      words.set(reseedWords(reseeds), at)
      at += RESEED_WORDS * reseeds.length
    }
    at = writeSeeds(words, numbers, at, seeds)
  }
  const marks = jobs.flatMap((job) => job.marks)
  return { words, marks, features: joined(jobs.map(({ features }) => features)) }
}

export function unpackJobs({ words, marks, features }: PackedJobs): RunJob[] {
  const numbers = new Float64Array(words.buffer)
  const jobs: RunJob[] = []
  const number = (at: number): number => numbers[at] as number
  for (let at = 0; at < words.length;) {
    const flags = number(at)
    const [rootSeed, draws, markCalls] = [words[at + 1] as bigint, number(at + 2), number(at + 3)]
    const [reseedCount, aheadCount, seedCount] = [number(at + 4), number(at + 5), number(at + 6)]
    at += JOB_WORDS
    const isAsBefore = (flags & AS_BEFORE) !== 0
    const reseeds = isAsBefore ? jobs.at(-1)!.from.reseeds : readReseeds(words, numbers, at, reseedCount)
    at += RESEED_WORDS * reseedCount
    const ahead = flags & HAS_AHEAD ? { ahead: readReseeds(words, numbers, at, aheadCount) } : {}
    at += RESEED_WORDS * aheadCount
    const isSeries = (flags & SERIES) !== 0
    const seeds = isSeries
      ? new SeedSeries(words[at + 1] as bigint, number(at), seedCount)
      : readSeeds(words, numbers, at, seedCount)
    at += isSeries ? SEED_WORDS : SEED_WORDS * seedCount
    const told = jobs.length === 0 ? { marks, features } : { marks: [], features: new Uint32Array(0) }
    const asked = { stopAtDiscovery: (flags & STOPS) !== 0, hashMemory: (flags & HASHES) !== 0 }
    jobs.push({ from: { rootSeed, reseeds, draws, markCalls }, seeds, ...ahead, ...asked, ...told })
  }
  return jobs
}

function wordsOf({ from, seeds, ahead }: RunJob, isAsBefore: boolean): number {
  const reseeds = (isAsBefore ? 0 : from.reseeds.length) + (ahead?.length ?? 0)
  return JOB_WORDS + RESEED_WORDS * reseeds + SEED_WORDS * (seeds instanceof SeedSeries ? 1 : seeds.length)
}

/** Returns where the next words belong. */
function writeSeeds(words: BigUint64Array, numbers: Float64Array, first: number, seeds: Seeds): number {
  if (seeds instanceof SeedSeries) {
    numbers[first] = seeds.first
    words[first + 1] = seeds.split
    return first + SEED_WORDS
  }
  for (let index = 0; index < seeds.length; index++) {
    const seed = seeds.at(index) ?? null
    numbers[first + SEED_WORDS * index] = seed === null ? 0 : 1
    words[first + SEED_WORDS * index + 1] = seed ?? 0n
  }
  return first + SEED_WORDS * seeds.length
}

function readSeeds(words: BigUint64Array, numbers: Float64Array, first: number, count: number): (bigint | null)[] {
  return Array.from({ length: count }, (_, index) => {
    const place = first + SEED_WORDS * index
    return numbers[place] === 0 ? null : (words[place + 1] as bigint)
  })
}

function reseedWords(reseeds: readonly Reseed[]): BigUint64Array {
  const known = packedReseeds.get(reseeds)
  if (known) return known
  const words = new BigUint64Array(RESEED_WORDS * reseeds.length)
  const numbers = new Float64Array(words.buffer)
  for (const [i, { draws, seed, markCalls }] of reseeds.entries()) {
    numbers[RESEED_WORDS * i] = draws
    words[RESEED_WORDS * i + 1] = seed
    numbers[RESEED_WORDS * i + 2] = markCalls ?? UNKNOWN_CALLS
  }
  packedReseeds.set(reseeds, words)
  return words
}

function readReseeds(words: BigUint64Array, numbers: Float64Array, first: number, count: number): Reseed[] {
  return Array.from({ length: count }, (_, i) => {
    const at = first + RESEED_WORDS * i
    const [draws, seed, markCalls] = [numbers[at] as number, words[at + 1] as bigint, numbers[at + 2] as number]
    return markCalls === UNKNOWN_CALLS ? { draws, seed } : { draws, seed, markCalls }
  })
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
