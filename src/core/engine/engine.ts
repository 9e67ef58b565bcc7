// The engine as the host sees it: one instance of build/engine.wasm with the memory and the table that it shares with a
// target. Nothing here knows targets or traps; src/core/sandbox.ts does.
import {
  CONTROL_ARGUMENTS,
  CONTROL_ARGUMENT_WORDS,
  CONTROL_INPUT_LENGTH,
  DICTIONARY_HEADER_BYTES,
  INPUT_BASE,
  REGION_DICTIONARY,
  REGION_DISCOVERIES,
  REGION_EDGE_HITS,
  REGION_FUNCTION_STARTS,
  REGION_LEARNED,
  REGION_SEEN,
  REGION_TRACE,
  REGION_UNSTABLE,
  SLOTS_END,
  TOKENS_STATIC_MAX,
  TOKENS_USER_MAX,
  TOKEN_BYTES_MAX,
  TOKEN_SLOT_BYTES,
} from '../../../assembly/abi.ts'
import { shareImportedMemory } from '../../../instrument/sections/share.ts'
import { readDiscoveries, readWords, type EngineDiscovery } from './discoveries.ts'
import { engineErrors } from './errors.ts'
import type { EngineExports } from './exports.ts'

/** What the engine's memory must hold. Edges and functions are totals over target and harness. */
export interface EngineLayout {
  /** First edge of each function that carries a flag, in flag order. */
  readonly functionStarts: readonly number[]
  readonly edges: number
  readonly inputMax: number
  readonly corpusBytes: number
  /** Bytes of the base snapshot image: IMAGE_MEMORY and the target's memory. */
  readonly imageBytes: number
  /** What the fields of a typed target's records are, as argument-words.ts gives them; none where the input is bytes. */
  readonly argumentWords?: readonly number[]
}

/** One run's coverage. */
export interface EngineTrace {
  /** (edge id, raw count), in edge order. */
  readonly pairs: readonly (readonly [edge: number, count: number])[]
  /** 64 bits over edges and their buckets, in hex. */
  readonly hash: string
}

/** Totals since `ready`. */
export interface EngineStatistics {
  readonly edges: number
  readonly features: number
  readonly corpus: number
  readonly corpusBytes: number
  readonly lengthLimit: number
  /** What the compares stage used, the inputs that it was first to find, the tokens that it learned. */
  readonly compares: { readonly executions: number; readonly inputs: number; readonly tokens: number }
}

export class Engine {
  readonly memory: WebAssembly.Memory
  /** Slots below SLOTS_END are the host's to fill; see SLOT_* of abi.ts. */
  readonly table: WebAssembly.Table
  readonly exports: EngineExports
  /** Everything the instance exports: functions that targets import among them. */
  readonly allExports: WebAssembly.Exports
  readonly #layout: EngineLayout
  /** How many of the unstable edges were handed out. */
  #unstableTold = 0
  #view: DataView
  #bytes: Uint8Array

  private constructor(
    memory: WebAssembly.Memory,
    table: WebAssembly.Table,
    instance: WebAssembly.Instance,
    layout: EngineLayout,
  ) {
    this.memory = memory
    this.table = table
    this.allExports = instance.exports
    this.exports = instance.exports as unknown as EngineExports
    this.#layout = layout
    this.#view = new DataView(memory.buffer)
    this.#bytes = new Uint8Array(memory.buffer)
  }

  /**
   * Instantiates the engine and lays out its memory. Throws E_ENGINE_MEMORY where the memory cannot be had. Modules that
   * import a memory which is `shared` must say so: see instrument/sections/share.ts.
   */
  static async open(wasm: Uint8Array, layout: EngineLayout, shared: boolean = false): Promise<Engine> {
    const bytes = shared ? shareImportedMemory(wasm, 'env', 'memory') : wasm
    const module = await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>)
    const memory = new WebAssembly.Memory({ initial: 0x200, maximum: 0x1_0000, shared })
    const table = new WebAssembly.Table({ element: 'anyfunc', initial: SLOTS_END })
    const instance = await WebAssembly.instantiate(module, { env: { memory, table } })
    const start = instance.exports['_start']
    if (typeof start === 'function') start()
    const engine = new Engine(memory, table, instance, layout)
    const { functionStarts, edges, inputMax, corpusBytes, imageBytes } = layout
    const lacked = engine.exports.setup(functionStarts.length, edges, inputMax, corpusBytes, imageBytes)
    if (lacked !== 0) throw engineErrors.memory(lacked)
    engine.#writeFunctionStarts()
    engine.#writeArgumentWords()
    return engine
  }

  /**
   * The engine's memory as bytes. Stale after the memory has grown: never keep it. Where it is shared, TextDecoder and
   * crypto refuse it: they get a slice, which is a copy.
   */
  bytes(): Uint8Array {
    if (this.#bytes.buffer !== this.memory.buffer) {
      this.#bytes = new Uint8Array(this.memory.buffer)
      this.#view = new DataView(this.memory.buffer)
    }
    return this.#bytes
  }

  /** The same as a DataView: never keep it either. */
  view(): DataView {
    this.bytes()
    return this.#view
  }

  /** A u32 of the engine's memory, for instance a CONTROL_* word. */
  word(address: number): number {
    this.bytes()
    return this.#view.getUint32(address, true)
  }

  setWord(address: number, value: number): void {
    this.bytes()
    this.#view.setUint32(address, value, true)
  }

  /** Address of a region of REGION_*. */
  address(region: number): number {
    return this.exports.address(region) >>> 0
  }

  /** First byte of so many new pages, all zeros. Throws E_ENGINE_MEMORY. */
  reservePages(pages: number): number {
    const address = this.exports.reservePages(pages) >>> 0
    if (address === 0) throw engineErrors.memory(pages)
    return address
  }

  /** Tokens for the dictionary operators, in place of those before; what does not fit is left out. Returns how many fit. */
  writeDictionary(tokens: readonly Uint8Array[]): number {
    const fitting = tokens
      .filter((token) => token.length > 0 && token.length <= TOKEN_BYTES_MAX)
      .slice(0, TOKENS_USER_MAX)
    const base = this.address(REGION_DICTIONARY)
    const bytes = this.bytes()
    fitting.forEach((token, index) => {
      const slot = base + DICTIONARY_HEADER_BYTES + index * TOKEN_SLOT_BYTES
      bytes[slot] = token.length
      bytes.set(token, slot + 1)
    })
    this.setWord(base, fitting.length)
    return fitting.length
  }

  /** The module's own tokens, the most promising first; what does not fit is left out. */
  writeStaticTokens(tokens: readonly Uint8Array[]): void {
    const fitting = tokens.filter(({ length }) => length > 0 && length <= TOKEN_BYTES_MAX).slice(0, TOKENS_STATIC_MAX)
    const base = this.address(REGION_DICTIONARY)
    const bytes = this.bytes()
    fitting.forEach((token, index) => {
      const slot = this.exports.staticToken(index) >>> 0
      bytes[slot] = token.length
      bytes.set(token, slot + 1)
    })
    this.setWord(base + 8, fitting.length)
  }

  /** Learned tokens that inputs were kept with, and how many were: fresh copies. */
  usefulTokens(): { token: Uint8Array; uses: number }[] {
    const count = this.word(this.address(REGION_DICTIONARY) + 4)
    const bytes = this.bytes()
    return Array.from({ length: count }, (_, index) => {
      const slot = this.exports.autoToken(index) >>> 0
      return { token: bytes.slice(slot + 1, slot + 1 + bytes[slot]!), uses: this.exports.tokenUses(index) }
    }).filter(({ uses }) => uses > 0)
  }

  /** Writes an input where `runOnce` and `addInput` of the exports expect it; returns its length, cut to the largest. */
  writeInput(input: Uint8Array): number {
    const length = Math.min(input.length, this.#layout.inputMax)
    this.bytes().set(input.subarray(0, length), INPUT_BASE)
    return length
  }

  /** A copy of the input of the execution under way, or of the last one. */
  currentInput(): Uint8Array {
    return this.bytes().slice(INPUT_BASE, INPUT_BASE + this.word(CONTROL_INPUT_LENGTH))
  }

  /** Executions since `ready`, the one under way included: exact to 2^53. */
  executions(): number {
    return (this.exports.executionsHigh() >>> 0) * 2 ** 32 + (this.exports.executionsLow() >>> 0)
  }

  /** What was found since the last call. */
  drainDiscoveries(): EngineDiscovery[] {
    const start = this.address(REGION_DISCOVERIES)
    const end = start + this.exports.discoveriesLength()
    const found = readDiscoveries(this.bytes().subarray(start, end))
    this.exports.discoveriesClear()
    return found
  }

  /** Edges on which two runs of one input differed for the first time since the last call. */
  drainUnstable(): number[] {
    const total = this.exports.unstableEdges()
    const told = this.#unstableTold
    if (told === total) return []
    this.#unstableTold = total
    return [...this.#words(this.address(REGION_UNSTABLE) + 4 * told, total - told)]
  }

  /** Edges that are not to count as new from here on; those beyond the layout are left out. */
  ignoreEdges(edges: Iterable<number>): void {
    for (const edge of edges) this.exports.ignoreEdges(edge, 1)
  }

  /** Features that the input of the last `addInput` or `resume` was first to reach: edge << 8 | bucket. Read them at once. */
  learned(): Uint32Array {
    return this.#words(this.address(REGION_LEARNED), this.exports.learnedLength())
  }

  #words(address: number, count: number): Uint32Array {
    this.bytes()
    return readWords(this.#view, address, count)
  }

  /** The coverage of the last run of `runOnce`, `recover`, or of an input that was kept. */
  trace(): EngineTrace {
    const start = this.address(REGION_TRACE)
    const pairs: [number, number][] = []
    for (let i = 0; i < this.exports.traceLength(); i++) {
      pairs.push([this.word(start + 8 * i), this.word(start + 8 * i + 4)])
    }
    return { pairs, hash: hex32(this.exports.traceHashHigh()) + hex32(this.exports.traceHashLow()) }
  }

  /** The same run as features (edge << 8 | one-hot bucket) of edges below `edgesEnd`, in order, and the sum of all counts. */
  features(edgesEnd: number): { features: Uint32Array; cost: number } {
    const start = this.address(REGION_TRACE)
    const features = new Uint32Array(this.exports.traceLength())
    let cost = 0
    for (let i = 0; i < features.length; i++) {
      features[i] = this.exports.traceFeature(i)
      cost += this.word(start + 8 * i + 4)
    }
    const end = features.findIndex((feature) => feature >>> 8 >= edgesEnd)
    return { features: end < 0 ? features : features.slice(0, end), cost }
  }

  /** A copy of the one-hot buckets seen so far, one byte per edge. */
  seen(): Uint8Array {
    const start = this.address(REGION_SEEN)
    return this.bytes().slice(start, start + this.#layout.edges)
  }

  /** Totals since `ready`. */
  statistics(): EngineStatistics {
    const { exports } = this
    return {
      edges: exports.edgesSeen(),
      features: exports.featuresSeen(),
      corpus: exports.corpusLength(),
      corpusBytes: exports.corpusBytesUsed(),
      lengthLimit: exports.lengthLimit(),
      compares: {
        executions: exports.compareExecutionsLow() >>> 0,
        inputs: exports.compareFinds(),
        tokens: exports.tokensLearned(),
      },
    }
  }

  /** How many runs were sampled, and a copy of how many of them reached each of the first `edges` edges. */
  hits(edges: number): { samples: number; counts: Uint32Array } {
    const start = this.address(REGION_EDGE_HITS)
    const counts = new Uint32Array(this.bytes().slice(start, start + 4 * edges).buffer)
    return { samples: this.exports.hitSamples(), counts }
  }

  #writeArgumentWords(): void {
    const { argumentWords = [] } = this.#layout
    argumentWords.forEach((word, index) => this.setWord(CONTROL_ARGUMENT_WORDS + 4 * index, word))
    this.setWord(CONTROL_ARGUMENTS, argumentWords.length)
  }

  #writeFunctionStarts(): void {
    const base = this.address(REGION_FUNCTION_STARTS)
    const { functionStarts, edges } = this.#layout
    functionStarts.forEach((first, index) => this.setWord(base + 4 * index, first))
    this.setWord(base + 4 * functionStarts.length, edges)
  }
}

function hex32(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}
