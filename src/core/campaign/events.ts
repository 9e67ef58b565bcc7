// What a campaign says while it runs: versioned plain objects, the same from the API and from `--json`, one object a line.
// Fields may be added; none is renamed or taken away within a version.

import type { Frame, TrapKind } from '../outcome.ts'
import type { CompareStatistics } from '../worker/protocol.ts'
import type { ResidualRisk } from './residual-risk.ts'

export const EVENTS_VERSION = 1

interface Versioned<Type extends string> {
  readonly type: Type
  readonly version: typeof EVENTS_VERSION
}

/**
 * What the campaign is doing: opening workers and reading seeds, running the seeds, running mutants, shrinking findings
 * when it is over and does nothing else, writing what is left. A finding that is shrunk between slices is `fuzz`.
 */
export type Phase = 'load' | 'warmup' | 'fuzz' | 'shrink' | 'stop'

/** Seeds that have been run, of those to run. */
export interface Warmup {
  readonly done: number
  readonly total: number
}

export interface StatusEvent extends Versioned<'status'> {
  readonly elapsedMs: number
  readonly executions: number
  readonly executionsPerSecond: number
  readonly edges: number
  readonly edgesTotal: number
  readonly corpus: number
  readonly findings: number
  /** Edges and how often they ran, in buckets; libFuzzer's `ft`. */
  readonly features: number
  readonly corpusBytes: number
  /** Current limit of length control, bytes. */
  readonly lengthLimit: number
  readonly phase: Phase
  /** Null before the seeds are known and when they have been run. */
  readonly warmup: Warmup | null
  readonly workers: number
  /** Workers that were lost and replaced. */
  readonly restarts: number
  /** Inputs that were kept during this campaign; `corpus` counts the seeds too. */
  readonly inputsNew: number
  /** When the last input was kept, on the clock of `elapsedMs`; 0 before the first. */
  readonly lastNewMs: number
  /** Edges that two runs of one input disagreed on: they no longer count as new. */
  readonly unstableEdges: number
  /** Seeds that ended in a trap. */
  readonly seedsFailed: number
  /** What solving compares came to, of all workers; absent with `--no-compares` and before the first answer. */
  readonly compares?: CompareStatistics
}

/** An input that reached something new and is kept. Rate-limited: `skipped` inputs came before it without an event. */
export interface InputEvent extends Versioned<'input'> {
  /** SHA-1 of the bytes, in hex: its file name in the corpus directory, unless it is a record of typed arguments. */
  readonly id: string
  readonly sizeBytes: number
  readonly newEdges: number
  readonly skipped: number
  readonly executions: number
  readonly elapsedMs: number
  readonly edges: number
  readonly features: number
  readonly corpus: number
  readonly corpusBytes: number
  readonly lengthLimit: number
  /** The seat of the worker that found it, from 0. */
  readonly worker: number
}

export interface FindingEvent extends Versioned<'finding'> {
  readonly kind: TrapKind
  /** Kind and top frames: what makes two findings one. */
  readonly key: string
  /** Where the input was written; null where the session keeps findings in memory. */
  readonly path: string | null
  readonly sizeBytes: number
  readonly executions: number
  readonly elapsedMs: number
  /** The command that repeats it; null where there is no file to name. */
  readonly replay: string | null
  readonly message: string
  readonly frames: readonly Frame[]
  /** Runs of the final input, and how many of them ended with the same key. */
  readonly reproduced: number
  readonly reproduceRuns: number
  /** True where a fresh, uninstrumented instance traps too; null where only the sandbox can tell (timeout, limits). */
  readonly confirmed: boolean | null
  /** The input itself, base64, so that a reader of events needs no file. */
  readonly inputBase64: string
  /** The arguments of a typed target, each as Go would write it; `inputBase64` is the record of them. */
  readonly arguments?: readonly string[]
}

export interface WarningEvent extends Versioned<'warning'> {
  readonly code: string
  readonly message: string
}

/** A learned token that inputs were kept with, and how many. */
export interface RecommendedToken {
  /** In quotes, as a dictionary file has it. */
  readonly token: string
  readonly uses: number
}

/**
 * `stable`: nothing new for as long as `untilStable` says. `storage`: the corpus or the findings can no longer be
 * written.
 */
export type EndReason = 'time' | 'runs' | 'stopped' | 'finding' | 'stable' | 'storage'

export interface EndEvent extends Versioned<'end'> {
  readonly reason: EndReason
  readonly executions: number
  readonly elapsedMs: number
  /** Time that workers spent in the target and the engine, milliseconds. */
  readonly cpuMs: number
  readonly edges: number
  readonly edgesTotal: number
  readonly corpus: number
  readonly findings: readonly FindingEvent[]
  readonly features: number
  readonly corpusBytes: number
  /** Inputs that were kept during this campaign, without the seeds. */
  readonly inputsNew: number
  /** The seed of the campaign: with the same module, seeds and version it runs the same way again. */
  readonly seed: number
  readonly workers: number
  readonly restarts: number
  readonly unstableEdges: number
  readonly seedsFailed: number
  /** How much has not been reached, by estimate; null where no worker could be asked. */
  readonly residualRisk: ResidualRisk | null
  readonly compares?: CompareStatistics
  /** Learned tokens that are worth a place in a --dict; absent where there are none. */
  readonly recommendedDictionary?: readonly RecommendedToken[]
}

export type SessionEvent = StatusEvent | InputEvent | FindingEvent | WarningEvent | EndEvent
