// What the rest of fuzzbox may ask of instrumentation, and what it gets back: plain data, safe to clone and to cache.

/** A function shape as Wasm spells value types: `['i32', 'i32']`. */
export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'ref'

export interface Signature {
  readonly params: readonly ValueType[]
  readonly results: readonly ValueType[]
}

/** What an argument of a typed entry is; bridge/arguments.ts says how each is read and which parameters it fills. */
export type ArgumentType =
  | 'bytes'
  | 'string'
  | 'bool'
  | 'u8'
  | 'i8'
  | 'u16'
  | 'i16'
  | 'u32'
  | 'i32'
  | 'rune'
  | 'u64'
  | 'i64'
  | 'int'
  | 'uint'
  | 'f32'
  | 'f64'

/** How the bridge calls the entry. */
export type EntryPlan =
  /** `entry(pointer, length)`, result i32 or none: the input is copied into the target's memory first. */
  | { readonly kind: 'buffer'; readonly exportName: string }
  /** `entry()`, a WASI command: the input is standard input, nothing is copied. */
  | { readonly kind: 'command'; readonly exportName: string }
  /** `entry()`, result i32 or none: a simulation, whose draws are taken from the input by the functions it imports. */
  | { readonly kind: 'simulation'; readonly exportName: string }
  /** `entry(…)` with one argument after the other, read from the input, which is a record; results are dropped. */
  | { readonly kind: 'typed'; readonly exportName: string; readonly types: readonly ArgumentType[] }
  /** No entry here: a target whose harness holds it. */
  | { readonly kind: 'none' }

export type PassName = 'imports' | 'limits' | 'pages' | 'edges' | 'fork' | 'bridge'

export interface InstrumentOptions {
  readonly entry: EntryPlan
  /**
   * `target` owns memory, tables and globals. `harness` imports the target's memory from module "target": its stores are
   * marked, its loops carry fuel, but its edges count as nothing the user wants to reach (`ModuleMap.edges` says how many).
   */
  readonly role: 'target' | 'harness'
  /** First edge id and first function flag of this module; 0 for a target, the target's totals for its harness. */
  readonly edgeBase: number
  readonly functionBase: number
  /** log2 of the granule for a harness (the target's own, from its map); undefined lets a target choose. */
  readonly granuleShift?: number
  /** Imports, as "module name", that the host will provide with exactly this signature; everything else is stubbed. */
  readonly provided: Readonly<Record<string, Signature>>
  /** What a call of an import that nobody provides does: a named trap, or zeros of the right types. */
  readonly importPolicy: 'trap' | 'zero'
  /** Executions of one edge, in one run, from which the run counts as a hang. */
  readonly fuel: number
  /** Nested calls through recursive functions from which the run counts as a stack overflow. */
  readonly depthMax: number
  readonly memoryPagesMax: number
  /** Pages that the host adds for the input and a harness, on top of the module's own maximum; default 0. */
  readonly pagesReserved?: number
  readonly tableEntriesMax: number
  /** Tells the engine how deep calls nest and how much memory grows; default false. */
  readonly measures?: boolean
  /** Makes the compares build: the same edges, and a log of what is compared. Default false. */
  readonly compares?: boolean
  /** First compare of this module; 0 for a target, the target's `compareSites` for its harness. */
  readonly siteBase?: number
  /** False gives every edge a counter of its own, as coverage reports need it; default true. */
  readonly prune?: boolean
  /**
   * Makes a build for the explorer, which forks the program in calls of these imports, "module name" each; default: a
   * build that cannot be forked and knows nothing of it.
   */
  readonly forkAt?: readonly string[]
  /** Makes the map tell which instructions belong to which edges (`ModuleMap.places`); default false. */
  readonly places?: boolean
  /** Passes to leave out, for benchmarks and for tests of one pass; default none. */
  readonly without?: readonly PassName[]
}

export interface FunctionMap {
  /** Index in the ORIGINAL module's function index space, as in `wasm-function[12]`. */
  readonly index: number
  /** Index in the instrumented module's function index space. */
  readonly instrumentedIndex: number
  /** From the name section or an export; `func[12]` when the module names nothing. */
  readonly name: string
  /** Dense ids `firstEdge … firstEdge + edges - 1`; functions with counters are numbered in map order from functionBase. */
  readonly firstEdge: number
  readonly edges: number
}

/**
 * Code from `offset` (of the original module, in bytes) to the next place: it has run as soon as one of these edges has
 * been reached. Without edges nobody knows.
 */
export interface Place {
  readonly offset: number
  readonly edges: readonly number[]
}

export interface ImportMap {
  readonly module: string
  readonly name: string
  readonly signature: Signature
  /** `provided` by the host, or a `stub`: index in this list is the detail of REASON_IMPORT. */
  readonly kind: 'provided' | 'stub'
}

/** A mark that the module's code calls. Marks of one kind and message are one. */
export interface MarkSite {
  /** The import's name, with hyphens: `sometimes-gt`. */
  readonly kind: string
  readonly message: string
}

export interface MarkCatalogue {
  readonly sites: readonly MarkSite[]
  /** Calls whose message only a run can tell: of their marks, none that is not met is known to be missing. */
  readonly unresolved: number
}

/** What the host needs to know about an instrumented module; JSON-safe. */
export interface ModuleMap {
  readonly abiVersion: number
  readonly edges: number
  /** Only functions that carry a flag, in flag order. */
  readonly functions: readonly FunctionMap[]
  readonly imports: readonly ImportMap[]
  readonly granuleShift: number
  /** Mutable globals that the bridge saves. */
  readonly globals: number
  readonly memory: { readonly pagesInitial: number; readonly pagesMax: number } | null
  /** True where the module had a start function; it is exported as `fuzzbox.start` and does not run by itself. */
  readonly hasStart: boolean
  /** True where the program can be forked, in a build that was asked for it; `notes` says why where it cannot. */
  readonly forks?: boolean
  /** True where the code recurses or grows its memory, and tells the engine. */
  readonly measures?: boolean
  /** All marks that the code calls, where it calls any. */
  readonly marks?: MarkCatalogue
  /** Constants that the module compares with and strings in its data, in hex, the most promising first. */
  readonly tokens: readonly string[]
  /** How many compares the compares build logs; 0 in the build that fuzzes. */
  readonly compareSites: number
  /** Straight code of the original module, by rising offset; only where `places` was asked for. */
  readonly places?: readonly Place[]
  /** Sentences for `doctor`: what is not covered, or needs a fresh instance. */
  readonly notes: readonly string[]
}

export interface Instrumented {
  readonly wasm: Uint8Array
  readonly map: ModuleMap
}

/** Module name under which a harness imports its target. */
export const TARGET_MODULE = 'target'

/**
 * Names that instrumentation adds. Imports: `fuzzbox` `memory` (the engine's) and `measure` (passes/measure.ts). Exports: one function per slot of
 * assembly/abi.ts, `fuzzbox.start` for a start function that was there, `fuzzbox.memory` for the target's memory.
 * Exports that the module had stay as they were.
 */
export const ADDED = {
  importModule: 'fuzzbox',
  memory: 'memory',
  measure: 'measure',
  run: 'fuzzbox.run',
  restore: 'fuzzbox.restore',
  capture: 'fuzzbox.capture',
  peek: 'fuzzbox.peek',
  peekLong: 'fuzzbox.peekLong',
  mixWords: 'fuzzbox.mixWords',
  poke: 'fuzzbox.poke',
  copyIn: 'fuzzbox.copyIn',
  copyOut: 'fuzzbox.copyOut',
  grow: 'fuzzbox.grow',
  size: 'fuzzbox.size',
  start: 'fuzzbox.start',
  targetMemory: 'fuzzbox.memory',
  saveState: 'fuzzbox.saveState',
  loadState: 'fuzzbox.loadState',
  startUnwind: 'asyncify_start_unwind',
  stopUnwind: 'asyncify_stop_unwind',
  startRewind: 'asyncify_start_rewind',
  stopRewind: 'asyncify_stop_rewind',
} as const
