// What an exploration says while it runs: versioned plain objects, the same from the API and from `--json`, one object a
// line. Fields may be added; none is renamed or taken away within a version. Numbers of 64 bits are decimal text.

import { EVENTS_VERSION, type WarningEvent } from '../campaign/events.ts'
import type { Frame } from '../outcome.ts'
import type { FailureKind } from './failures.ts'
import type { RewindGraph } from './rewind-graph.ts'
import type { MarkKind } from './timelines.ts'

export { EVENTS_VERSION }

interface Versioned<Type extends string> {
  readonly type: Type
  readonly version: typeof EVENTS_VERSION
}

/** Where an exploration stands, in numbers. */
export interface ExploreNumbers {
  readonly elapsedMs: number
  /** Futures that were run, the roots included. */
  readonly timelines: number
  /** Moments from which futures were run. */
  readonly splitPoints: number
  /** Distinct findings. */
  readonly findings: number
  /** Timelines in which something failed. */
  readonly failing: number
  /** Children that this root seed may still have; what barren marks left over is in the pool. */
  readonly energyLeft: number
  readonly energyPool: number
  /** Marks that were discovered, buckets of `each` included, of those that were met. */
  readonly marks: number
  readonly marksMet: number
  readonly edges: number
  readonly edgesTotal: number
  readonly features: number
  /** Most reseeds that lead to a timeline. */
  readonly depth: number
  readonly draws: number
  readonly workers: number
  readonly restarts: number
}

export interface ExploreStatusEvent extends Versioned<'status'>, ExploreNumbers {
  readonly rootSeed: string
  /** Root seeds that are done. */
  readonly seedsDone: number
  readonly timelinesPerSecond: number
  /** Moments that may still be split. */
  readonly frontier: number
  readonly lastNewMs: number
}

/** A mark was discovered that nobody had discovered before. Rate-limited: `skipped` came before it without an event. */
export interface MarkEvent extends Versioned<'mark'> {
  readonly id: string
  readonly kind: MarkKind
  readonly message: string
  readonly keys: readonly string[]
  readonly value: string
  readonly depth: number
  readonly timelines: number
  readonly elapsedMs: number
  readonly skipped: number
}

export interface ExploreFindingEvent extends Versioned<'finding'> {
  readonly kind: FailureKind
  /** Kind, message and place: what makes two findings one. */
  readonly key: string
  readonly message: string
  /** `name=value` pairs that the program gave. */
  readonly details: string
  readonly frames: readonly Frame[]
  readonly recipe: string
  readonly depth: number
  /** Draws from the start of the program to where it failed. */
  readonly draws: number
  /** How many timelines had been run when it was found. */
  readonly timelines: number
  readonly elapsedMs: number
  /** Replays of the recipe from the start, and how many of them failed in the same way. */
  readonly reproduced: number
  readonly reproduceRuns: number
  /** Of the memory when the replayed timeline had ended; null where no replay came so far. */
  readonly memoryHash: string | null
  readonly path: string | null
  readonly replay: string | null
}

export interface SeedEvent extends Versioned<'seed'> {
  readonly rootSeed: string
  readonly timelines: number
  /** Findings that were new in it. */
  readonly findings: number
  /** Marks and code features that nobody had seen before it. */
  readonly news: number
  readonly isWarm: boolean
}

/** One mark at the end: what it came to, and what splitting at it brought. */
export interface MarkReport {
  readonly id: string
  readonly kind: MarkKind
  readonly message: string
  readonly keys: readonly string[]
  /** `fail`: it does not hold. `miss`: it never came to pass. */
  readonly status: 'pass' | 'fail' | 'miss'
  readonly passes: number
  readonly fails: number
  readonly watermark: string | null
  readonly frontier: number
  readonly quality: readonly string[]
  readonly splitPoints: number
  readonly children: number
  /** Children that found something new themselves. */
  readonly finds: number
}

/** `seeds`: all root seeds are done. `coverage`: many seeds found nothing new. */
export type ExploreEndReason = 'time' | 'runs' | 'stopped' | 'finding' | 'seeds' | 'coverage' | 'storage'

export interface ExploreEndEvent extends Versioned<'end'>, ExploreNumbers {
  readonly reason: ExploreEndReason
  readonly seed: string
  readonly seedsDone: number
  readonly perSeedTimelines: readonly number[]
  readonly found: readonly ExploreFindingEvent[]
  readonly markTable: readonly MarkReport[]
  /** Marks of the module that were never reached, and those that were evaluated and never came to pass. */
  readonly gaps: readonly string[]
  /** Marks that there was no room to remember. */
  readonly marksDropped: number
  /** Calls of marks for which runners had no room: what they said is not in the report. */
  readonly markCallsLost: number
  /** Calls in the module's code whose message it does not say itself: if nothing reaches them, `gaps` lacks them. */
  readonly marksUnresolved: number
  /** Moments that the program did not come by again: no more futures were run from them. */
  readonly momentsLost: number
  /** Jobs whose beginning was a snapshot, and those that had to be run up to there again. */
  readonly fromSnapshot: number
  readonly fromReplay: number
  readonly selfChecks: number
  readonly selfChecksFailed: number
  /** Of the first finding, where it was asked for. */
  readonly rewind: RewindGraph | null
}

export type ExploreEvent =
  ExploreStatusEvent | MarkEvent | ExploreFindingEvent | SeedEvent | WarningEvent | ExploreEndEvent
