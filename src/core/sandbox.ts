// One target in one engine: linked Wasm to Wasm, initialised, snapshotted, and run. Everything a worker does with a
// target goes through here; a trap is caught, classified and recovered from before a call returns.
import type { Outcome, TrapKind } from './outcome.ts'
import type { PreparedTarget } from './prepared.ts'

export interface SandboxOptions {
  /** The seed, as two halves of 32 bits. */
  readonly seedLow: number
  readonly seedHigh: number
  /** Room for the corpus in the engine's memory. */
  readonly corpusBytes: number
}

/** A trap that ended a run; `outcome` is worked out when it is first read, because most traps are duplicates. */
export interface CaughtTrap {
  readonly kind: TrapKind
  /** Equal for traps of the same kind at the same place: cheap, and enough to drop duplicates. */
  readonly key: string
  readonly input: Uint8Array
  readonly outcome: Outcome
}

export type SliceResult =
  | { readonly ended: 'budget' | 'discoveries-full' | 'state-lost' | 'corpus-full'; readonly executions: number }
  | { readonly ended: 'trap'; readonly executions: number; readonly trap: CaughtTrap }

export interface Trace {
  /** Edge ids that the last run reached, with their raw counts. */
  readonly edges: ReadonlyMap<number, number>
  /** 64 bits over edges and counts, in hex: equal for equal maps. */
  readonly hash: string
}

export interface AddedInput {
  /** New features that the input reached; 0 when it was not kept. */
  readonly newFeatures: number
  readonly outcome: Outcome
}

export declare class Sandbox {
  static open(
    engineWasm: WebAssembly.Module | Uint8Array,
    prepared: PreparedTarget,
    options: SandboxOptions,
  ): Promise<Sandbox>
  /** At most `executions` runs; ends early at a trap, and then everything has been recovered already. */
  slice(executions: number): SliceResult
  /** Runs one input without learning from it. */
  runOnce(input: Uint8Array): Outcome
  /** Runs one input and keeps it in the engine's corpus when it reaches something new. */
  addInput(input: Uint8Array): AddedInput
  /** The map of the last run of `runOnce`, `addInput` or a trapped slice. */
  trace(): Trace
  /** Runs one input on a fresh instance of the module as it came: exact functions and offsets. Null where that cannot be linked. */
  confirm(input: Uint8Array): Outcome | null
  /** A fresh instance in place of one that cannot be restored: after `state-lost`, or when its memory has grown. */
  renewInstance(): void
  /** Standard output and error of the last run, capped. */
  output(): string
  /** Inputs that were kept since the last call. */
  drainDiscoveries(): readonly Discovery[]
}

export interface Discovery {
  readonly input: Uint8Array
}
