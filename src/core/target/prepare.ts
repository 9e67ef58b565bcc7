// From a file to a PreparedTarget: load, find the entry, decide about the imports, instrument. Runs in a worker of its
// own, since the compilers behind it are heavy; what it returns is plain data, to be cached by `hash` and posted on.
import type { InstrumentOptions } from '../../../instrument/types.ts'
import type { MemoryLayout } from '../engine/features.ts'
import type { PreparedTarget, TargetLimits } from './prepared.ts'
import type { TargetSource } from './load.ts'
import type { ArgumentType } from '../typed/argument-types.ts'
import { withReadableNames, type Demangle } from './readable-names.ts'

export interface PrepareOptions {
  /** `--entry`: the export to call; without it the entry is detected. */
  readonly entry?: string
  /** `--types`: what the entry's arguments are; without it bytes, or the numbers that its signature names. */
  readonly types?: readonly ArgumentType[]
  /** `--harness`: a .ts or .wat file that imports the target and exports the entry. */
  readonly harness?: TargetSource
  /** `--mutator`: a .ts file that exports libFuzzer's custom mutators. */
  readonly mutator?: TargetSource
  /** `--imports`: what imports that the sandbox does not know do; default `trap`. */
  readonly importPolicy?: InstrumentOptions['importPolicy']
  /** `--max-len`: largest input, bytes. */
  readonly inputMax?: number
  readonly limits?: Partial<TargetLimits>
  /** A build for the explorer: it can be left in the middle of a run, and is a little slower for it. */
  readonly explore?: boolean
  /** Makes a second build that logs compares; default false. */
  readonly compares?: boolean
  /** Makes the map tell which code belongs to which edges; default false. */
  readonly places?: boolean
  /** `--layout`: where the target's memory lies; without it wherever the engine that runs it is fastest. */
  readonly layout?: MemoryLayout
  /** Passes to leave out, for benchmarks. */
  readonly without?: InstrumentOptions['without']
}

/**
 * Throws FuzzboxError with one sentence for everything that can be wrong with a target. Without `demangle` functions are
 * called what the module calls them.
 */
export async function prepareTarget(
  source: TargetSource,
  options: PrepareOptions = {},
  demangle?: Demangle,
): Promise<PreparedTarget> {
  const { prepare } = await import('./preparation.ts')
  const target = await prepare(source, options)
  return demangle ? withReadableNames(target, demangle) : target
}
