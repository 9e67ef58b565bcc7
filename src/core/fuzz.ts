// `fuzz({ module, … })`: options as people write them become the options of a campaign.

import { INPUT_MAX, PAGE_BYTES } from '../../assembly/abi.ts'
import { campaignErrors } from './campaign/errors.ts'
import { MemoryCorpus, type Corpus, type FindingStore, type SeedInput } from './campaign/corpus.ts'
import {
  CALL_DEPTH_MAX,
  DICTIONARY_TOKENS_MAX,
  DICTIONARY_TOKEN_BYTES_MAX,
  INPUT_BYTES_DEFAULT,
  MEMORY_BYTES_DEFAULT,
  MEMORY_BYTES_MAX,
  SHRINK_EXECUTIONS_MAX,
  SHRINK_MS_MAX,
  TIMEOUT_MS_DEFAULT,
  TIMEOUT_MS_MAX,
  TIME_MS_MAX,
  WORKERS_MAX,
  WORKER_OPEN_MS_MAX,
  fuelOf,
  patienceMsOf,
} from './limits.ts'
import type { MemoryLayout } from './engine/features.ts'
import { withoutWord, type Mechanism } from './mechanisms.ts'
import type { PreparedTarget } from './target/prepared.ts'
import type { ModuleReference, PrepareRequest, Runtime } from './runtime.ts'
import { Session, type SessionOptions } from './session.ts'
import { parseArgumentTypes, type ArgumentType } from './typed/argument-types.ts'
import { formatSize, parseDurationMs, parseSizeBytes } from './units.ts'

export interface FuzzLimits {
  /** Length of the campaign: `'30s'`, or milliseconds. Without it, it goes on until stopped. */
  readonly time?: string | number
  /** Calls of the target, seeds and shrinking included; 0 runs the seeds once and ends. */
  readonly runs?: number
  /** Ends the campaign when no new input was kept for so long: `'5m'`, or milliseconds. The seeds' runs do not count. */
  readonly untilStable?: string | number
  /** Time that shrinking one finding may take: `'10s'`, or milliseconds; 0 leaves findings as they are. */
  readonly minimizeTime?: string | number
  /** Executions that shrinking one finding may take; 0 leaves findings as they are. */
  readonly minimizeRuns?: number
  /** Length of one execution: `'1s'`, or milliseconds; measured in steps, so that it is the same on every machine. */
  readonly timeout?: string | number
  /** The target's linear memory: `'64MiB'`, or bytes. */
  readonly memory?: string | number
  /** Largest input, bytes. */
  readonly maxLen?: number
}

export interface FuzzOptions {
  /** The program: a path, the bytes of a .wasm, a source in memory, or a target that is prepared already. */
  readonly module: ModuleReference | PreparedTarget
  /** The export to call with (pointer, length), or with numbers; detected where it has a usual name. */
  readonly entry?: string
  /** What the entry's arguments are, one after the other: `'bytes,i32,bool'`. Without it bytes, or what its signature says. */
  readonly types?: string | readonly ArgumentType[]
  readonly harness?: ModuleReference
  /** An AssemblyScript file with libFuzzer's custom mutators. */
  readonly mutator?: ModuleReference
  /** What a call of an import that nobody provides does; default `trap`. */
  readonly imports?: 'trap' | 'zero'
  /** Where the target's memory lies: a memory of its own, or a part of the engine's; by default what is faster here. */
  readonly layout?: MemoryLayout
  /** Directories (the first is written to), inputs in memory, or a store of one's own. */
  readonly corpus?: string | readonly string[] | readonly Uint8Array[] | Corpus
  /** The directory for findings, or a store of one's own. */
  readonly findings?: string | FindingStore
  /** Failing inputs that are run first: a directory, or inputs with names. */
  readonly regressions?: string | readonly SeedInput[]
  /** How many workers fuzz at the same time; as many as there are processors when left out. */
  readonly workers?: number
  /**
   * The same seed, module, corpus, version and number of workers give the same events, byte for byte: times are told as
   * 0, and work is cut by executions. One worker runs the same inputs with and without it.
   */
  readonly deterministic?: boolean
  /** A whole number; the same seed, module, seeds and version run the same way. Random when left out. */
  readonly seed?: number
  /** Tokens that mutators may insert. */
  readonly dictionary?: readonly (Uint8Array | string)[]
  /** False does without the second build, which logs what the program compares; default true. */
  readonly compares?: boolean
  /** Mechanisms of the search to leave out: for those who measure what each of them is worth. */
  readonly without?: readonly Mechanism[]
  readonly limits?: FuzzLimits
  readonly stopOnFinding?: boolean
  readonly signal?: AbortSignal
}

/** Starts a campaign in `runtime`; the runtimes export it as `fuzz`, bound to themselves. */
export function fuzzIn(runtime: Runtime, options: FuzzOptions): Session {
  return new Session(() => campaignOf(runtime, options), options.signal ?? null)
}

/** What `prepare` needs to know of a session's options. */
export function prepareRequestOf(options: Omit<FuzzOptions, 'module'>): PrepareRequest {
  const memoryBytes = sizeOption('memory', options.limits?.memory, MEMORY_BYTES_DEFAULT)
  if (memoryBytes > MEMORY_BYTES_MAX) {
    const most = formatSize(MEMORY_BYTES_MAX)
    throw campaignErrors.option('memory', `must be at most ${most}: a snapshot of it has to fit into the engine`)
  }
  const inputMax = options.limits?.maxLen ?? INPUT_BYTES_DEFAULT
  if (!Number.isInteger(inputMax) || inputMax < 1 || inputMax > INPUT_MAX) {
    throw campaignErrors.option('maxLen', `must be a whole number from 1 to ${INPUT_MAX}`)
  }
  return {
    ...(options.entry === undefined ? {} : { entry: options.entry }),
    ...(options.types === undefined ? {} : { types: typesOf(options.types) }),
    ...(options.harness === undefined ? {} : { harness: options.harness }),
    ...(options.mutator === undefined ? {} : { mutator: options.mutator }),
    importPolicy: options.imports ?? 'trap',
    ...(options.layout === undefined ? {} : { layout: options.layout }),
    inputMax,
    limits: {
      fuel: fuelOf(timeoutMsOf(options)),
      depthMax: CALL_DEPTH_MAX,
      memoryPagesMax: Math.max(1, Math.min(65_536, Math.floor(memoryBytes / PAGE_BYTES))),
    },
  }
}

function typesOf(types: string | readonly ArgumentType[]): readonly ArgumentType[] {
  return parseArgumentTypes(typeof types === 'string' ? types : types.join(','))
}

/** The command-line options without which a replay would run something else. */
function replayArgumentsOf(options: FuzzOptions): string[] {
  const { entry, types, harness, mutator, imports, limits } = options
  const values: readonly (readonly [string, unknown])[] = [
    ['--entry', entry],
    ['--types', types === undefined ? undefined : typesOf(types).join(',')],
    ['--harness', typeof harness === 'string' || harness instanceof URL ? harness : undefined],
    ['--mutator', typeof mutator === 'string' || mutator instanceof URL ? mutator : undefined],
    ['--imports', imports],
    ['--timeout', typeof limits?.timeout === 'number' ? `${limits.timeout}ms` : limits?.timeout],
    ['--memory', limits?.memory],
    ['--max-len', limits?.maxLen],
  ]
  return values.flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)]))
}

async function campaignOf(runtime: Runtime, options: FuzzOptions): Promise<SessionOptions> {
  const known = knownOptions(options)
  const compares = options.compares ?? true
  const request = { ...prepareRequestOf(options), compares }
  const engine = runtime.engine()
  engine.catch(() => {})
  // A worker takes as long to start as a cached target to load: all of them start meanwhile.
  const workers = workersOf(runtime, options)
  const started = Array.from({ length: workers }, () => runtime.startWorker())
  try {
    const target = isPrepared(options.module) ? options.module : await runtime.prepare(options.module, request)
    const module = isPrepared(options.module) ? null : options.module
    const place = { target, module, seed: known.seed, replayArguments: replayArgumentsOf(options) }
    return {
      ...known,
      compares,
      target,
      engine: await engine,
      startWorker: () => started.shift() ?? runtime.startWorker(),
      workers,
      regressions: regressionsOf(runtime, options, place),
      rescue: runtime.rescue?.(place) ?? null,
      ...(runtime.idOf ? { idOf: runtime.idOf } : {}),
      ...(runtime.shortcomings && { shortcomings: () => runtime.shortcomings?.() ?? [] }),
      corpus: corpusOf(runtime, options, place),
      findings: typeof options.findings === 'object' ? options.findings : runtime.findings(options.findings, place),
    }
  } catch (error) {
    await Promise.all(started.map((worker) => worker.terminate()))
    throw error
  }
}

/** What needs nothing but the options themselves; throws E_OPTION before anything has been started. */
function knownOptions(
  options: FuzzOptions,
): Pick<SessionOptions, 'seed' | 'dictionary' | 'without' | 'limits' | 'stopOnFinding' | 'deterministic'> {
  const runs = options.limits?.runs ?? null
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 32)
  if (runs !== null && !isWhole(runs)) throw campaignErrors.option('runs', 'must be a whole number of at least 0')
  if (!isWhole(seed)) throw campaignErrors.option('seed', 'must be a whole number of at least 0')
  const dictionary = dictionaryOf(options)
  const timeMs = durationOption('time', options.limits?.time)
  if (timeMs !== null && timeMs > TIME_MS_MAX) {
    const most = `${Math.floor(TIME_MS_MAX / 86_400_000)} days`
    throw campaignErrors.option('time', `must be at most ${most}; leave it out to go on until stopped`)
  }
  return {
    seed,
    dictionary,
    without: withoutWord(options.without ?? []),
    limits: {
      timeMs,
      runs,
      stableMs: stableMsOf(options),
      minimizeMs: durationOption('minimizeTime', options.limits?.minimizeTime) ?? SHRINK_MS_MAX,
      minimizeRuns: minimizeRunsOf(options),
      patienceMs: patienceMsOf(timeoutMsOf(options)),
      openPatienceMs: WORKER_OPEN_MS_MAX,
    },
    stopOnFinding: options.stopOnFinding ?? false,
    deterministic: options.deterministic ?? false,
  }
}

function stableMsOf({ limits }: FuzzOptions): number | null {
  const stableMs = durationOption('untilStable', limits?.untilStable)
  if (stableMs === 0) throw campaignErrors.option('untilStable', 'must be longer than nothing: "5m"')
  return stableMs
}

function minimizeRunsOf({ limits }: FuzzOptions): number {
  const runs = limits?.minimizeRuns ?? SHRINK_EXECUTIONS_MAX
  if (!isWhole(runs)) throw campaignErrors.option('minimizeRuns', 'must be a whole number of at least 0')
  return runs
}

function workersOf(runtime: Runtime, { workers, limits }: FuzzOptions): number {
  const wanted = workers ?? runtime.parallelism()
  if (!isWhole(wanted) || wanted < 1 || wanted > WORKERS_MAX) {
    throw campaignErrors.option('workers', `must be a whole number from 1 to ${WORKERS_MAX}`)
  }
  // Of a few executions nothing is left for a second worker.
  return Math.max(1, Math.min(wanted, limits?.runs ?? wanted))
}

function regressionsOf(
  runtime: Runtime,
  { regressions }: FuzzOptions,
  place: Parameters<Runtime['corpus']>[1],
): readonly SeedInput[] {
  if (Array.isArray(regressions)) return regressions as readonly SeedInput[]
  return runtime.regressions?.(regressions as string | undefined, place) ?? []
}

/** The engine leaves out what it has no room for, so a token too many or too long is refused here. */
function dictionaryOf({ dictionary = [] }: FuzzOptions): readonly Uint8Array[] {
  const encoder = new TextEncoder()
  const tokens = dictionary.map((token) => (typeof token === 'string' ? encoder.encode(token) : token))
  if (tokens.length > DICTIONARY_TOKENS_MAX) {
    throw campaignErrors.option('dictionary', `has ${tokens.length} tokens: leave out all but ${DICTIONARY_TOKENS_MAX}`)
  }
  if (tokens.some(({ length }) => length === 0 || length > DICTIONARY_TOKEN_BYTES_MAX)) {
    throw campaignErrors.option('dictionary', `must have tokens of 1 to ${DICTIONARY_TOKEN_BYTES_MAX} bytes`)
  }
  return tokens
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function corpusOf(runtime: Runtime, { corpus }: FuzzOptions, place: Parameters<Runtime['corpus']>[1]): Corpus {
  if (typeof corpus === 'object' && 'load' in corpus) return corpus
  if (Array.isArray(corpus) && corpus.some((item) => item instanceof Uint8Array)) {
    return new MemoryCorpus(corpus as readonly Uint8Array[])
  }
  return runtime.corpus(corpus as string | readonly string[] | undefined, place)
}

export function isPrepared(module: FuzzOptions['module']): module is PreparedTarget {
  return typeof module === 'object' && 'hash' in module && 'module' in module
}

/** `limits.timeout` as a number. */
export function timeoutMsOf(options: Omit<FuzzOptions, 'module'>): number {
  const timeoutMs = durationOption('timeout', options.limits?.timeout) ?? TIMEOUT_MS_DEFAULT
  if (timeoutMs <= 0) throw campaignErrors.option('timeout', 'must be longer than nothing: "1s"')
  if (timeoutMs > TIMEOUT_MS_MAX) {
    throw campaignErrors.option('timeout', `must be at most ${TIMEOUT_MS_MAX / 1_000} s: it is counted in steps`)
  }
  return timeoutMs
}

function durationOption(name: string, value: string | number | undefined): number | null {
  if (value === undefined) return null
  const ms = typeof value === 'number' ? value : parseDurationMs(value)
  if (ms === null || !(ms >= 0))
    throw campaignErrors.option(name, `is no duration: "${value}"; write "30s", or milliseconds`)
  return ms
}

function sizeOption(name: string, value: string | number | undefined, otherwise: number): number {
  if (value === undefined) return otherwise
  const bytes = typeof value === 'number' ? value : parseSizeBytes(value)
  if (bytes === null || !(bytes > 0))
    throw campaignErrors.option(name, `is no size: "${value}"; write "64MiB", or bytes`)
  return bytes
}
