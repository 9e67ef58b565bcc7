// One target in one engine: linked Wasm to Wasm, initialised, snapshotted, and run. Everything a worker does with a
// target goes through here; a trap is caught, classified and recovered from before a call returns.
import {
  CONTROL_PHASE,
  CONTROL_STATE_LOST,
  CONTROL_WITHOUT,
  OUTPUT_BASE,
  PHASE_IDLE,
  PHASE_ONCE,
  PHASE_COMPARES,
  PHASE_MUTATOR,
  SLICE_BUDGET,
  SLICE_COMPARES,
  SLICE_CORPUS_FULL,
  SLICE_DISCOVERIES_FULL,
  SLICE_STATE_LOST,
  WITHOUT_TOKENS,
} from '../../assembly/abi.ts'
import { SandboxTrap, type CaughtTrap } from './caught-trap.ts'
import { titleOf } from './findings/finding.ts'
import { hasSharedMemory } from './engine/features.ts'
import type { Engine } from './engine/engine.ts'
import { ComparesLink } from './link/compares.ts'
import { confirmOn } from './link/confirm.ts'
import { LinkedTarget } from './link/linked-target.ts'
import { hasDroppedMutators, offerMutators } from './link/mutators.ts'
import { compileOriginal, type Program } from './link/program.ts'
import { listen, signalPlaces, type SignalPlaces } from './link/signals.ts'
import { STACK_FRAMES_WHOLE, withStackLimit } from './link/stack.ts'
import type { TrapReader } from './link/trap-reader.ts'
import type { Outcome, TrapKind } from './outcome.ts'
import type { PreparedTarget } from './target/prepared.ts'
import type { EdgeHits, WorkerStatistics } from './worker/protocol.ts'

export interface SandboxOptions {
  /** The seed, as two halves of 32 bits. */
  readonly seedLow: number
  readonly seedHigh: number
  /** Room for the corpus in the engine's memory. */
  readonly corpusBytes: number
  /** Tokens of `--dict`; default none. */
  readonly dictionary?: readonly Uint8Array[]
  /** Whether other threads may look on; default where they can. */
  readonly shared?: boolean
  /** Executions that the shortening of one new input may cost; 0 keeps inputs as found; default the engine's. */
  readonly trimExecutionsMax?: number
  /** False leaves the compares build alone, where the target has one; default true. */
  readonly compares?: boolean
  /** Mechanisms that are left out: a sum of WITHOUT_*; default none. */
  readonly without?: number
}

export type { CaughtTrap } from './caught-trap.ts'

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
  /** Which ones, edge << 8 | one-hot bucket: a fresh copy. */
  readonly features: Uint32Array
  /** It looks new, and `resume` or the next slice owes it the second run that decides. */
  readonly suspended: boolean
  readonly outcome: Outcome
}

/** An input that the engine kept; all arrays are fresh copies. */
export interface Discovery {
  readonly input: Uint8Array
  /** Edges that no input had reached before. */
  readonly newEdges: number
  /** Features that it was first to reach here, or all that are asked of it where it replaces: edge << 8 | one-hot bucket. */
  readonly features: Uint32Array
  /** Sum of all counters of its run. */
  readonly cost: number
  /** The longer input, of an earlier discovery or `addInput`, whose place it took; null for one that is new. */
  readonly replaces: Uint8Array | null
}

const ENDED = {
  [SLICE_BUDGET]: 'budget',
  [SLICE_DISCOVERIES_FULL]: 'discoveries-full',
  [SLICE_STATE_LOST]: 'state-lost',
  [SLICE_CORPUS_FULL]: 'corpus-full',
} as const

/** Kinds that only inserted code can tell: on a plain instance such a run would not end, or end where the engine likes. */
const SANDBOX_ONLY: ReadonlySet<TrapKind> = new Set(['timeout', 'stack-overflow', 'memory-limit'])

export class Sandbox {
  readonly #linked: LinkedTarget
  readonly #engine: Engine
  readonly #program: Program
  readonly #reader: TrapReader
  #original: Program | null = null
  readonly #compares: ComparesLink
  readonly #signals: SignalPlaces
  /** Places of traps by the way that led there: asking the JavaScript engine for a stack costs as much as the trap. */
  readonly #places: Map<string, string> = new Map()
  /** How a mutator of the target's ended that trapped. */
  #mutatorEnd: Outcome | null = null
  /** Executions on plain instances, which the engine does not see. */
  #plainExecutions = 0

  private constructor(linked: LinkedTarget, shared: boolean) {
    this.#linked = linked
    this.#engine = linked.engine
    this.#program = linked.program
    this.#reader = linked.reader
    this.#signals = signalPlaces(linked.program.prepared)
    this.#compares = new ComparesLink(linked.engine, linked.program.prepared, shared)
  }

  /** Links and initialises the target and takes the base snapshot; E_INIT_TRAP, E_INPUT_PLACE, E_LINK, E_NO_MULTI_MEMORY. */
  static async open(engineWasm: Uint8Array, prepared: PreparedTarget, options: SandboxOptions): Promise<Sandbox> {
    const shared = options.shared ?? hasSharedMemory()
    const linked = await LinkedTarget.open(engineWasm, prepared, options.corpusBytes, shared)
    const { engine } = linked
    const sandbox = new Sandbox(linked, shared)
    if (options.dictionary?.length) engine.writeDictionary(options.dictionary)
    const without = options.without ?? 0
    if (options.compares !== false) sandbox.#compares.offer((without & WITHOUT_TOKENS) === 0)
    engine.exports.seed(options.seedLow, options.seedHigh)
    if (options.trimExecutionsMax !== undefined) engine.exports.setTrim(options.trimExecutionsMax)
    engine.setWord(CONTROL_WITHOUT, without)
    listen(engine, sandbox.#signals)
    offerMutators(linked.program, engine)
    engine.exports.ready()
    const { harness, module } = prepared
    if (harness) engine.exports.ignoreEdges(module.map.edges, harness.map.edges)
    return sandbox
  }

  /** At most `executions` runs, never one more; ends early at a trap, and then everything has been recovered already. */
  slice(executions: number): SliceResult {
    const engine = this.#engine
    const before = engine.executions()
    for (;;) {
      const done = engine.executions() - before
      if (done >= executions) return this.#endOfBudget(done)
      const result = this.#guarded(() => engine.exports.slice(executions - done))
      if ('value' in result) {
        if (result.value === SLICE_COMPARES) {
          this.#compares.link(this.#linked.guard)
          continue
        }
        const ended = ENDED[result.value as keyof typeof ENDED]
        const total = engine.executions() - before
        return ended === 'budget' ? this.#endOfBudget(total) : { ended, executions: total }
      }
      if (!result.trap.isExit0 && !result.trap.isAside)
        return { ended: 'trap', executions: engine.executions() - before, trap: result.trap }
    }
  }

  /** Runs one input without learning from it: one execution. */
  runOnce(input: Uint8Array): Outcome {
    const length = this.#engine.writeInput(input)
    const result = this.#guarded(() => this.#engine.exports.runOnce(length))
    this.#renewIfLost()
    return 'value' in result ? { kind: 'ok', result: result.value } : outcomeOf(result)
  }

  /**
   * Runs one input and keeps it in the engine's corpus when it reaches something new. That takes a second execution, which
   * waits for `resume`, or for the next slice, where `executionsMax` is 1. A suspended input before it is given up.
   */
  addInput(input: Uint8Array, executionsMax: 1 | 2 = 2): AddedInput {
    const { exports } = this.#engine
    const length = this.#engine.writeInput(input)
    const result = this.#guarded(() => exports.addInput(length, executionsMax))
    this.#renewIfLost()
    // The first run may have ended by exit(0) or cost the instance; then the second has yet to be done.
    return executionsMax > 1 && exports.isSuspended() ? this.resume() : this.#added(result)
  }

  /** The second run of an input that is suspended, as one execution; none where nothing is. */
  resume(): AddedInput {
    const result = this.#guarded(() => this.#engine.exports.resume())
    this.#renewIfLost()
    return this.#added(result)
  }

  /** True while an input that looked new waits for its second run. */
  isSuspended(): boolean {
    return this.#engine.exports.isSuspended() !== 0
  }

  /** True while an input that was found is being shortened: it is told when that is done. */
  isTrimming(): boolean {
    return this.#engine.exports.isTrimming() !== 0
  }

  /** Keeps an input that is being shortened as it stands: what a campaign does at its end. No execution. */
  endTrim(): void {
    this.#engine.exports.endTrim()
  }

  #added(result: Guarded<unknown>): AddedInput {
    const features = this.#engine.learned()
    return { newFeatures: features.length, features, suspended: this.isSuspended(), outcome: outcomeOf(result) }
  }

  /** The map of the last run of `runOnce`, `addInput` or a trapped slice. */
  trace(): Trace {
    const { pairs, hash } = this.#engine.trace()
    return { edges: new Map(pairs), hash }
  }

  /** The same run as features of the target, without those of a harness, and what it cost. */
  measured(): { features: Uint32Array; cost: number } {
    return this.#engine.features(this.#program.prepared.module.map.edges)
  }

  /**
   * Runs one input on a fresh instance of the module as it came: exact functions and offsets. Null where that cannot be
   * linked (a memory that is not exported), and for what only the sandbox can tell (timeouts and other limits).
   */
  confirm(input: Uint8Array): Outcome | null {
    const first = this.runOnce(input)
    if (first.kind === 'trap' && SANDBOX_ONLY.has(first.trap)) return null
    try {
      this.#original ??= compileOriginal(this.#program.prepared)
    } catch {
      return null
    }
    const [original, count] = [this.#original, () => void this.#plainExecutions++]
    // What ran: of a record that was incomplete, the complete one.
    const ran = this.#engine.currentInput()
    // A run like any other for whoever looks on, only that the engine knows nothing of it.
    this.#engine.setWord(CONTROL_PHASE, PHASE_ONCE)
    listen(this.#engine, this.#signals, false)
    try {
      return withStackLimit(() => confirmOn(original, this.#engine, ran, this.#reader, count), STACK_FRAMES_WHOLE)
    } finally {
      this.#engine.setWord(CONTROL_PHASE, PHASE_IDLE)
      listen(this.#engine, this.#signals)
    }
  }

  /** A fresh instance in place of one that cannot be restored: after `state-lost`, or when its memory has grown. */
  renewInstance(): void {
    this.#linked.start()
    this.#engine.exports.recapture()
  }

  /** Standard output and error of the last run, capped. */
  output(): string {
    const bytes = this.#engine.bytes().slice(OUTPUT_BASE, OUTPUT_BASE + this.#engine.exports.outputLength())
    return new TextDecoder().decode(bytes)
  }

  /** Inputs that were kept since the last call, in their order: an input may replace one that stands before it. */
  drainDiscoveries(): readonly Discovery[] {
    return this.#engine
      .drainDiscoveries()
      .map(({ input, newEdges, features, cost, replaces }) => ({ input, newEdges, features, cost, replaces }))
  }

  /** Edges that were found to differ between two runs of one input since the last call: they never count as new again. */
  unstable(): number[] {
    return this.#engine.drainUnstable()
  }

  /** Edges that are not to count as new from here on: what another worker found to be unstable. */
  ignore(edges: Iterable<number>): void {
    this.#engine.ignoreEdges(edges)
  }

  /** Why the target's own mutators are called no more; null while they are, and where there are none. */
  mutatorsLost(): string | null {
    if (!hasDroppedMutators(this.#program, this.#engine)) return null
    if (this.#mutatorEnd?.kind !== 'trap') return 'it changed what cannot be brought back after a run'
    return titleOf(this.#mutatorEnd)
  }

  /** Totals since the sandbox was opened. */
  statistics(): WorkerStatistics {
    return this.#engine.statistics()
  }

  /** How many of the sampled runs reached each of the target's own edges; a harness's are left out. */
  hits(): EdgeHits {
    const hits = this.#engine.hits(this.#program.prepared.module.map.edges)
    return { ...hits, tokens: this.#engine.usefulTokens() }
  }

  /** What other threads may look at: see worker/recording.ts. Null where the memory is not shared. */
  get memory(): SharedArrayBuffer | null {
    const { buffer } = this.#engine.memory
    return buffer instanceof ArrayBuffer ? null : (buffer as SharedArrayBuffer)
  }

  /** A copy of the input of the execution under way or last run; may be called while the target is running. */
  currentInput(): Uint8Array {
    return this.#engine.currentInput()
  }

  /**
   * Every call of the entry so far, the one under way included: by `addInput`, `resume`, `slice`, `runOnce`, and both that
   * `confirm` makes. May be called while the target is running.
   */
  executionsBegun(): number {
    return this.#engine.executions() + this.#plainExecutions
  }

  /** Calls into the engine; a trap is read, then recovered from. */
  #guarded<T>(work: () => T): Guarded<T> {
    try {
      return { value: withStackLimit(work) }
    } catch (error) {
      const read = this.#reader.read(error, this.#program)
      if (read === null) throw error
      const trapInput = this.#engine.currentInput()
      const phase = this.#engine.word(CONTROL_PHASE)
      if (phase === PHASE_MUTATOR) this.#mutatorEnd = read.outcome
      this.#engine.exports.recover()
      const isAside = phase === PHASE_COMPARES || phase === PHASE_MUTATOR
      return { trap: new SandboxTrap(read, trapInput, this.#pathOf(read.kind), this.#places, isAside) }
    }
  }

  /** Names the way that the trapped run took, from the trace that recovery has read. */
  #pathOf(kind: TrapKind): string {
    const { exports } = this.#engine
    return `${kind} ${exports.traceHashHigh()} ${exports.traceHashLow()}`
  }

  #endOfBudget(executions: number): SliceResult {
    // Restoring looks at all of the real memory, and what lies beyond the virtual size does not trap.
    if (this.#linked.hasGrown()) this.renewInstance()
    return { ended: 'budget', executions }
  }

  #renewIfLost(): void {
    if (this.#engine.word(CONTROL_STATE_LOST) !== 0) this.renewInstance()
  }
}

type Guarded<T> = { readonly value: T } | { readonly trap: SandboxTrap }

/** exit(0) is a way to return. */
function outcomeOf(result: Guarded<unknown>): Outcome {
  return 'value' in result || result.trap.isExit0 ? { kind: 'ok', result: 0 } : result.trap.outcome
}
