import type { EntryPlan, ModuleMap } from '../../../instrument/types.ts'
import type { MemoryLayout } from '../engine/features.ts'
import type { ArgumentType } from '../typed/argument-types.ts'

/** One Wasm module, as loaded and as instrumented. */
export interface PreparedModule {
  readonly original: Uint8Array
  readonly instrumented: Uint8Array
  /** The compares build: the same edges, and a log of what is compared. Null where nobody asked for it. */
  readonly compares: Uint8Array | null
  readonly map: ModuleMap
  /** Names of functions that read better than those in the name section, by index in the original. */
  readonly names?: Readonly<Record<number, string>>
}

/** All that a worker needs to run a target: plain data that is posted to it once. */
export interface PreparedTarget {
  /** File name without its ending; names the corpus and findings folders. */
  readonly name: string
  /** SHA-256 of the original module (and harness), in hex: part of the replay promise. */
  readonly hash: string
  readonly module: PreparedModule
  readonly harness: PreparedModule | null
  readonly entry: EntryPlan
  /** What the arguments of a typed entry are: its inputs are records of them. Null where an input is just bytes. */
  readonly types: readonly ArgumentType[] | null
  /** Largest input, bytes. */
  readonly inputMax: number
  /** Stubbed imports, "module name", for the report. */
  readonly stubbed: readonly string[]
  readonly limits: TargetLimits
  /** Range of the target's memory that an AssemblyScript harness was compiled to live in; null where nothing is reserved. */
  readonly reserved: ReservedRange | null
  /** How many compares the compares builds log; 0 where there are none. */
  readonly compareSites: number
  /** Where its memory is to lie; null: wherever the engine that runs it is fastest. */
  readonly layout: MemoryLayout | null
  /** What stubbed imports do. */
  readonly importPolicy: 'trap' | 'zero'
}

export interface ReservedRange {
  /** First byte: the end of the target's memory as it starts. */
  readonly address: number
  readonly pages: number
}

export interface TargetLimits {
  /** `--timeout`, as executions of one edge; see FUEL_PER_MS in limits.ts. */
  readonly fuel: number
  readonly depthMax: number
  readonly memoryPagesMax: number
}
