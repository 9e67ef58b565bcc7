// What the explorer asks of whoever runs timelines for it, and what it is told: plain objects that cross threads.
//
//   root seed ──draws──● mark ──draws──────● mark ──draws── end          one timeline
//                      └─ reseed ─draws─ … other futures from the same moment, each with a seed of its own
//
// A moment is named by what leads to it, never by a snapshot, so whoever lost the snapshot can come there again.
import type { Outcome } from '../outcome.ts'

/** After so many draws since the reseed before it, the program's random numbers go on from this seed (64 bits). */
export interface Reseed {
  readonly draws: number
  readonly seed: bigint
  /**
   * Calls of marks since the program's start, the one at which it was made included: tells apart marks that no draw
   * separates. A recipe's text does not say it; then the reseed comes before the next draw, which draws the same.
   */
  readonly markCalls?: number
}

/** A moment in the life of the program: a call of a mark, or its start where there are no reseeds, draws and calls. */
export interface Moment {
  readonly rootSeed: bigint
  readonly reseeds: readonly Reseed[]
  /** Draws since the last reseed. */
  readonly draws: number
  /**
   * Calls of marks since the program's start, the one that this moment is included. They are not counted from the last
   * reseed, so that it does not matter where between two draws that one is made again.
   */
  readonly markCalls: number
}

/** One mark: what it is called and what it does. Two marks of one kind and message are one. */
export interface MarkName {
  readonly kind: MarkKind
  readonly message: string
  /** Only of `each`: the values that name the bucket. */
  readonly keys: readonly bigint[]
}

export type MarkKind =
  | 'always'
  | 'always-or-unreachable'
  | 'sometimes'
  | 'reachable'
  | 'unreachable'
  | 'always-gt'
  | 'always-ge'
  | 'always-lt'
  | 'always-le'
  | 'sometimes-gt'
  | 'sometimes-ge'
  | 'sometimes-lt'
  | 'sometimes-le'
  | 'sometimes-all'
  | 'each'

/** What is known of one mark over all timelines; a runner starts each job with what it was told of them. */
export interface MarkState {
  /** 64 bits over kind, message and keys, in hex: equal in all runners and builds of one module. */
  readonly id: string
  readonly name: MarkName
  /** Its discovery of the first kind has been made: it does not count as new again. */
  readonly discovered: boolean
  /** In a JobResult those of the job alone, in a RunJob of no meaning: the host adds up what all runners count. */
  readonly passes: number
  readonly fails: number
  /** Best value met by a numeric mark (worst, for an `always`); null for other kinds and before the first. */
  readonly watermark: bigint | null
  /** Most conditions that were true at once, for `sometimes-all`. */
  readonly frontier: number
  /** Best quality with which the bucket was met, most significant value first; empty for other kinds. */
  readonly quality: readonly bigint[]
}

export interface MarkDiscovery {
  /** The mark's MarkState.id. */
  readonly id: string
  readonly moment: Moment
  /** Value, count of true conditions, or 1. */
  readonly value: bigint
  /** Of `each` the quality with which the bucket was met here, most significant value first; empty for other kinds. */
  readonly quality: readonly bigint[]
}

/** An `always` that failed, or an `unreachable` that was reached. */
export interface Violation {
  readonly id: string
  readonly message: string
  /** `name=value` pairs that the program gave, as text. */
  readonly details: string
  readonly moment: Moment
}

/** A list of seeds, or what gives them one by one. */
export interface Seeds extends Iterable<bigint | null> {
  readonly length: number
  at(index: number): bigint | null | undefined
}

export interface RunJob {
  /** Where its timelines begin. */
  readonly from: Moment
  /** One timeline each, reseeded at `from` with this seed; null goes on with the random numbers as they are. */
  readonly seeds: Seeds
  /**
   * A whole recipe, with `from` the start and `seeds` [null]: reseeds that lie ahead, each made before the first draw
   * that follows so many draws. It is one timeline from the start, run there whatever snapshots there are.
   */
  readonly ahead?: readonly Reseed[]
  /** Ends a timeline at its first discovery, as depth-first exploration asks. */
  readonly stopAtDiscovery: boolean
  /** Also hash the memory at the end of each timeline. */
  readonly hashMemory: boolean
  /** Marks whose state changed since the runner's last job. */
  readonly marks: readonly MarkState[]
  /** Code features (edge << 8 | bucket) that were found since then. */
  readonly features: Uint32Array
}

export interface Timeline {
  /** Where it ended: of a program that returned, trapped, or was stopped at a discovery. */
  readonly end: Moment
  /** Draws and fuel that this timeline cost, from where it began. */
  readonly draws: number
  readonly fuel: number
  readonly outcome: Outcome
  /** It was stopped at a discovery and can go on from `end`. */
  readonly stopped: boolean
  readonly violations: readonly Violation[]
  readonly discoveries: readonly MarkDiscovery[]
  /** Code features that no timeline before it had, as far as the runner knows. */
  readonly features: Uint32Array
  /** In hex; null where it was not asked for. */
  readonly memoryHash: string | null
}

export interface JobResult {
  /** One for each seed, in their order. */
  readonly timelines: readonly Timeline[]
  /** Marks whose state changed in this job. */
  readonly marks: readonly MarkState[]
  /** How `from` was reached: from a snapshot, or by running there again. */
  readonly reached: 'snapshot' | 'replay'
  /** Calls of marks in these timelines for which there was no room in the runner's table. */
  readonly marksLost?: number
  /** Why `from` cannot be come to: then there are no timelines. */
  readonly lost?: string
}

/** Runs jobs; the same jobs in the same order give the same results, whatever snapshots it still holds. */
export interface TimelineRunner {
  run(job: RunJob): Promise<JobResult> | JobResult
}
