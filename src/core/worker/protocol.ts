// The whole contract between a campaign's host and its workers: plain types, nothing else.
//
//   host (coordinator.ts)                                        worker (worker-service.ts)
//     open(WorkerStart) ─────────────────────────────────────────► links the target, takes the base snapshot
//     add(request)      ── seeds, other workers' discoveries ────► runs each, keeps what reaches something new
//     slice(request)    ── 20 to 50 ms of work ──────────────────► the loop; traps are recovered from and reported
//     shrink(job)       ── a step of a resumable job ────────────► smaller inputs with the same key
//     examine(request)  ─────────────────────────────────────────► outcome, how often, and on a fresh plain instance
//     hits()            ─────────────────────────────────────────► how many sampled executions reached each edge
//     measure(inputs)   ─────────────────────────────────────────► runs each once: outcome, features, cost
//     aside()           ── before shrink and examine ────────────► opens the second engine, in which they work
//
// `open` and `aside` answer with the memory of the engine that they opened, where memory can be shared: the host reads
// in it what a worker was running that can no longer be asked (recording.ts).
//
// Rules: every answer is a Reply, because errors lose their class and fields on the way; a trap is data and never an
// error; a call into a worker that dies never settles, so the host races each call with the worker's death; byte arrays
// in answers are fresh copies and are transferred; every call of the target is counted in the answer, and none is made
// beyond what the request allows; a request without `msMax` never looks at the clock. Of what is no answer the host
// makes nothing (replies.ts).

import type { ErrorData } from '../errors.ts'
import type { Outcome, Trap, TrapKind } from '../outcome.ts'
import type { PreparedTarget } from '../target/prepared.ts'

export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false
      readonly error: ErrorData
      /** What was running when it failed. */ readonly input: Uint8Array | null
    }

/** Posted once to a new worker. */
export interface WorkerStart {
  readonly engine: Uint8Array
  readonly target: PreparedTarget
  readonly seedLow: number
  readonly seedHigh: number
  readonly corpusBytes: number
  /** Tokens of `--dict`. */
  readonly dictionary: readonly Uint8Array[]
  /** Executions that the shortening of one new input may cost; 0 keeps inputs as they were found. */
  readonly trimExecutionsMax?: number
  /** Mechanisms of the search that are left out: a sum of WITHOUT_*. */
  readonly without?: number
  /** False leaves the compares build alone; default true. */
  readonly compares?: boolean
}

/** What solving compares came to in one worker. */
export interface CompareStatistics {
  /** Executions that went into it. */
  readonly executions: number
  /** Inputs and findings that it was first to come to. */
  readonly inputs: number
  /** Tokens that it learned. */
  readonly tokens: number
}

/** Totals since the worker opened its target. */
export interface WorkerStatistics {
  readonly edges: number
  readonly features: number
  readonly corpus: number
  readonly corpusBytes: number
  readonly lengthLimit: number
  readonly compares?: CompareStatistics
}

export interface OpenReply extends WorkerStatistics {
  /** The memory of the campaign's engine; null where it cannot be shared. */
  readonly memory: SharedArrayBuffer | null
}

export interface AsideReply {
  /** The memory of the second engine; null where it cannot be shared, or there is no second one. */
  readonly memory: SharedArrayBuffer | null
}

/** A token that was learned from compares, and how many inputs were kept with it. */
export interface UsefulToken {
  readonly token: Uint8Array
  readonly uses: number
}

/** How often sampled executions reached each edge of the target: what the residual risk is estimated from. */
export interface EdgeHits {
  readonly samples: number
  /** By edge: the samples that reached it. */
  readonly counts: Uint32Array
  /** What a user's dictionary might hold. */
  readonly tokens?: readonly UsefulToken[]
}

/** A trap as the worker reports it; `key` is keyOf(outcome), see finding.ts. */
export interface TrapReport {
  readonly key: string
  readonly input: Uint8Array
  readonly outcome: Trap
  /** Executions of this call that had been done when it happened. */
  readonly executions: number
}

export interface AddRequest {
  readonly inputs: readonly Uint8Array[]
  readonly executionsMax: number
  /** Time after which the call ends early; null where only executions may decide. */
  readonly msMax: number | null
  /** Edges that other workers saw change between two runs of one input: they never count as new. */
  readonly ignore: Uint32Array
}

/** An input of an `add` that reached something new here. */
export interface KeptAt {
  /** Its position among the inputs of the request. */
  readonly at: number
  /** What it was the first to reach in this worker: edge << 8 | bucket. */
  readonly features: Uint32Array
}

export interface AddReply {
  /** How many of the inputs were run; the call stops early after a while, and the host sends the rest again. */
  readonly done: number
  readonly executions: number
  readonly kept: readonly KeptAt[]
  /** Every input that trapped, repetitions of a known trap included. */
  readonly trapped: readonly { readonly at: number; readonly key: string }[]
  readonly traps: readonly TrapReport[]
  readonly unstable: Uint32Array
  readonly busyMs: number
  readonly statistics: WorkerStatistics
}

export interface SliceRequest {
  readonly executions: number
  /** No slice follows: an input that is being shortened is told as it stands. */
  readonly last?: boolean
  /** As in AddRequest. */
  readonly msMax: number | null
  readonly ignore: Uint32Array
}

export interface Discovered {
  readonly input: Uint8Array
  /** What it was the first to reach in this worker: edge << 8 | bucket. */
  readonly features: Uint32Array
  /** Sum of all counters of its run. */
  readonly cost: number
  /** The longer input of this worker's that it takes the place of; null for one that is new. */
  readonly replaces: Uint8Array | null
}

export interface SliceReply {
  readonly executions: number
  readonly busyMs: number
  readonly discoveries: readonly Discovered[]
  /** Edges on which two runs of one input disagreed, since the last answer. */
  readonly unstable: Uint32Array
  /** First traps of their key in this worker; repetitions are only counted. */
  readonly traps: readonly TrapReport[]
  readonly trapsRepeated: number
  readonly corpusFull: boolean
  /** An input is being shortened, or shorter forms wait to be told: a later slice tells them, or one that is the last. */
  readonly trimming: boolean
  readonly statistics: WorkerStatistics
  /** Why the target's own mutators are called no more, where that is so. */
  readonly mutatorsLost?: string
}

/** A step of shrinking `input`, which must keep ending with `key`. The job lives in the worker until it is done. */
export interface ShrinkRequest {
  readonly key: string
  readonly kind: TrapKind
  readonly input: Uint8Array
  readonly executionsMax: number
  readonly msMax: number | null
}

export interface ShrinkReply {
  readonly input: Uint8Array
  readonly executions: number
  readonly busyMs: number
  readonly done: boolean
}

export interface ExamineRequest {
  readonly input: Uint8Array
  /** How often it should be run in the sandbox; the plain instance comes on top. */
  readonly runs: number
  readonly executionsMax: number
}

export interface ExamineReply {
  readonly executions: number
  readonly outcome: Outcome
  readonly key: string | null
  /** Of `runs` executions, those that ended with the same key as the first. */
  readonly reproduced: number
  readonly runs: number
  /** On a fresh instance of the module as it came; null where only the sandbox can tell. */
  readonly confirmed: Outcome | null
  /** Standard output and error of the run. */
  readonly output: string
}

/** What one run of an input came to. */
export interface Measured {
  readonly outcome: Outcome
  /** What it reached of the target, edge << 8 | one-hot bucket, in edge order. */
  readonly features: Uint32Array
  /** Sum of all counters: how much the program did. */
  readonly cost: number
}

export interface MeasureReply {
  /** Of the first inputs of the call; it stops early after a while, and the host sends the rest again. */
  readonly measured: readonly Measured[]
  readonly busyMs: number
}

/** What a worker offers; carried by Comlink. */
export interface WorkerApi {
  open(start: WorkerStart): Promise<Reply<OpenReply>>
  add(request: AddRequest): Promise<Reply<AddReply>>
  slice(request: SliceRequest): Promise<Reply<SliceReply>>
  shrink(request: ShrinkRequest): Promise<Reply<ShrinkReply>>
  examine(request: ExamineRequest): Promise<Reply<ExamineReply>>
  aside(): Promise<Reply<AsideReply>>
  hits(): Promise<Reply<EdgeHits>>
  measure(inputs: readonly Uint8Array[]): Promise<Reply<MeasureReply>>
}

export interface WorkerDeath {
  readonly reason: 'error' | 'memory' | 'exit'
  readonly message: string
  /** The end of what it wrote to its standard error, printable. */
  readonly lastWords?: string
}

/** A worker as a runtime (node, browser) hands it to the coordinator. */
export interface WorkerLink {
  readonly api: WorkerApi
  /** Settles when the worker is gone, however it went. */
  readonly died: Promise<WorkerDeath>
  terminate(): Promise<void>
}
