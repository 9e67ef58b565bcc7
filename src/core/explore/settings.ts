// The knobs of an exploration, with the names that moonpool-explorer gave them, and what they are when nobody says.

import { campaignErrors } from '../campaign/errors.ts'

/** How long a moment is worked at, judged by what its children find. */
export interface AdaptiveSettings {
  /** Children between two looks at what they found. */
  readonly batchSize: number
  /** A mark is not called barren before so many children without news. */
  readonly minTimelines: number
  /** Children of one moment, at most. */
  readonly maxTimelines: number
  /** Children of one mark in a root seed; more come from the pool, which holds what barren marks left over. */
  readonly perMarkEnergy: number
  /** Takes the place of `minTimelines` in root seeds after the first; `batchSize` where it is null. */
  readonly warmMinTimelines: number | null
}

export type FrontierPolicy = 'best-first' | 'depth-first'

export interface ExploreSettings {
  /** A timeline that so many reseeds led to is never split; 0 never splits at all. */
  readonly maxDepth: number
  /** Children of a moment where `adaptive` is null. */
  readonly timelinesPerSplit: number
  /** Children in one root seed. */
  readonly globalEnergy: number
  /** Null splits a fixed number of times. */
  readonly adaptive: AdaptiveSettings | null
  readonly frontier: FrontierPolicy
  /** Best first: the start of the program is a moment to split at, like those at its marks. */
  readonly splitAtStart: boolean
  /** The first root seed; the others follow it one by one. */
  readonly seed: bigint
  /** Root seeds; null goes on. */
  readonly seeds: number | null
  /** Timelines of the whole campaign; null does not count. */
  readonly runs: number | null
  /** Ends when so many root seeds in a row reached nothing new; null does not look. */
  readonly plateauSeeds: number | null
  readonly deterministic: boolean
  readonly stopOnFinding: boolean
  /** Every so many timelines one is run twice and the two compared; 0 never. */
  readonly selfCheckEvery: number
}

export const ADAPTIVE_DEFAULTS: AdaptiveSettings = {
  batchSize: 16,
  minTimelines: 64,
  maxTimelines: 2_048,
  perMarkEnergy: 4_096,
  warmMinTimelines: null,
}

export const EXPLORE_DEFAULTS: ExploreSettings = {
  maxDepth: 256,
  timelinesPerSplit: 8,
  globalEnergy: 200_000,
  adaptive: ADAPTIVE_DEFAULTS,
  frontier: 'best-first',
  splitAtStart: true,
  seed: 0n,
  seeds: null,
  runs: null,
  plateauSeeds: null,
  deterministic: false,
  stopOnFinding: false,
  selfCheckEvery: 64,
}

/** Returns `settings`, or throws E_OPTION for the first that makes no sense. */
export function checkedSettings(settings: ExploreSettings): ExploreSettings {
  const { adaptive } = settings
  const counts: readonly (readonly [name: string, value: number | null, least: number])[] = [
    ['maxDepth', settings.maxDepth, 0],
    ['timelinesPerSplit', settings.timelinesPerSplit, 1],
    ['globalEnergy', settings.globalEnergy, 0],
    ['seeds', settings.seeds, 1],
    ['runs', settings.runs, 1],
    ['plateauSeeds', settings.plateauSeeds, 1],
    ['selfCheckEvery', settings.selfCheckEvery, 0],
    ['batchSize', adaptive?.batchSize ?? null, 1],
    ['minTimelines', adaptive?.minTimelines ?? null, 1],
    ['maxTimelines', adaptive?.maxTimelines ?? null, 1],
    ['perMarkEnergy', adaptive?.perMarkEnergy ?? null, 0],
    ['warmMinTimelines', adaptive?.warmMinTimelines ?? null, 1],
  ]
  for (const [name, value, least] of counts) {
    if (value !== null && !(Number.isSafeInteger(value) && value >= least)) {
      throw campaignErrors.option(name, `must be a whole number of at least ${least}`)
    }
  }
  return settings
}

/** Children without news after which a moment counts as barren. */
export function effectiveMin(adaptive: AdaptiveSettings, isWarm: boolean): number {
  return isWarm ? (adaptive.warmMinTimelines ?? adaptive.batchSize) : adaptive.minTimelines
}
