// An instrumented module in a sandbox without the engine: what tests of instrumentation run things in.
import {
  CONTROL_REASON,
  CONTROL_STATE_LOST,
  CONTROL_TARGET_BYTES,
  DYNAMIC_BASE,
  INPUT_BASE,
  PAGE_BYTES,
} from '../../assembly/abi.ts'
import { instrument } from '../../instrument/index.ts'
import { lowerToOneMemory } from '../../instrument/lowering/lower.ts'
import { hasMultiMemory } from '../../src/core/engine/features.ts'
import { ADDED, type InstrumentOptions, type ModuleMap } from '../../instrument/types.ts'

/** Snapshot images of tests live where the engine's own data would. */
export const IMAGE: number = DYNAMIC_BASE

type Export = (...values: (number | bigint)[]) => unknown

/** Two memories side by side, or the target's inside the engine's. */
export type Layout = 'two memories' | 'one memory'
export const LAYOUTS: readonly Layout[] = hasMultiMemory() ? ['two memories', 'one memory'] : ['one memory']

export interface Sandbox {
  readonly exports: Record<string, Export>
  readonly instance: WebAssembly.Instance
  readonly map: ModuleMap
  readonly engine: WebAssembly.Memory
  /** The target's memory; absent where it has none. */
  readonly memory: { readonly buffer: ArrayBufferLike } | undefined
  /** Where that lies in the engine's; null where it is one of its own. */
  readonly memoryBase: number | null
  capture(image?: number): void
  restore(image?: number): void
  /** Reads a word of the engine's memory. */
  word(address: number): number
  setWord(address: number, value: number): void
  setInput(bytes: Uint8Array): void
}

export function options(changes: Partial<InstrumentOptions> = {}): InstrumentOptions {
  return {
    entry: { kind: 'none' },
    role: 'target',
    edgeBase: 0,
    functionBase: 0,
    provided: {},
    importPolicy: 'trap',
    fuel: 1_000_000,
    depthMax: 1_000,
    memoryPagesMax: 1_024,
    tableEntriesMax: 10_000,
    ...changes,
  }
}

/** Enough for the fixed regions and an image of 2 MiB. */
export function engineMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: DYNAMIC_BASE / PAGE_BYTES + 64, maximum: 65536 })
}

/** Instruments and instantiates, without running the start function. */
export function sandbox(
  wasm: Uint8Array,
  changes: Partial<InstrumentOptions> = {},
  imports: WebAssembly.Imports = {},
  engine: WebAssembly.Memory = engineMemory(),
  layout: Layout = LAYOUTS[0]!,
): Sandbox {
  const { wasm: instrumented, map } = instrument(wasm, options(changes))
  const inner = layout === 'one memory' && map.memory !== null ? new InnerMemory(engine, map.memory) : null
  const module = new WebAssembly.Module((inner ? inner.lower(instrumented) : instrumented) as BufferSource)
  const instance = new WebAssembly.Instance(module, {
    ...imports,
    [ADDED.importModule]: { [ADDED.memory]: engine },
  })
  const exports = instance.exports as unknown as Record<string, Export>
  const words = (): Uint32Array => new Uint32Array(engine.buffer)
  return {
    exports,
    instance,
    map,
    engine,
    memoryBase: inner?.base ?? null,
    memory: inner ?? (instance.exports[ADDED.targetMemory] as WebAssembly.Memory | undefined),
    capture: (image = IMAGE) => void exports[ADDED.capture]!(image),
    restore: (image = IMAGE) => void exports[ADDED.restore]!(image),
    word: (address) => words()[address >>> 2]!,
    setWord: (address, value) => void (words()[address >>> 2] = value),
    setInput: (bytes) => new Uint8Array(engine.buffer).set(bytes, INPUT_BASE),
  }
}

/** The target's memory where it lies in the engine's, behind all else, as large as it says it is at the time. */
class InnerMemory {
  readonly base: number
  readonly #engine: WebAssembly.Memory
  readonly #limits: { readonly pagesInitial: number; readonly pagesMax: number }

  constructor(engine: WebAssembly.Memory, limits: { readonly pagesInitial: number; readonly pagesMax: number }) {
    this.#engine = engine
    this.#limits = limits
    this.base = engine.buffer.byteLength
    engine.grow(limits.pagesMax)
    new Uint32Array(engine.buffer)[CONTROL_TARGET_BYTES / 4] = limits.pagesInitial * PAGE_BYTES
  }

  lower(wasm: Uint8Array): Uint8Array {
    const { pagesInitial, pagesMax } = this.#limits
    return lowerToOneMemory(wasm, {
      base: this.base,
      sizeWord: CONTROL_TARGET_BYTES,
      bytesInitial: pagesInitial * PAGE_BYTES,
      bytesMax: pagesMax * PAGE_BYTES,
    })
  }

  /** A copy. */
  get buffer(): ArrayBufferLike {
    const bytes = new Uint32Array(this.#engine.buffer)[CONTROL_TARGET_BYTES / 4]!
    return this.#engine.buffer.slice(this.base, this.base + bytes)
  }
}

export const reasonOf = (box: Sandbox): number => box.word(CONTROL_REASON)
export const stateLost = (box: Sandbox): boolean => box.word(CONTROL_STATE_LOST) !== 0

/** What a call came to, as text that can be compared: results, or the kind of trap. */
export function observe(call: () => unknown): string {
  try {
    const result = call()
    const all = Array.isArray(result) ? result : [result]
    return all
      .map((value) => (Object.is(value, -0) ? '-0' : typeof value === 'function' ? 'function' : String(value)))
      .join()
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return `trap: ${error.message}`
    if (error instanceof WebAssembly.Exception) return 'exception'
    if (error instanceof RangeError) return 'stack overflow'
    throw error
  }
}
