// Running an instrumented module without the engine: an engine memory of its own, and what the inserted code wrote there.
import {
  CONTROL_REASON,
  COUNTERS_BASE,
  DYNAMIC_BASE,
  FLAGS_BASE,
  MARKS_BASE,
  MARKS_BYTES,
  PAGE_BYTES,
} from '../../assembly/abi.ts'
import { instrument } from '../../instrument/index.ts'
import type { InstrumentOptions, ModuleMap } from '../../instrument/types.ts'

export type Exports = Record<string, (...values: unknown[]) => unknown>

export interface Running {
  readonly map: ModuleMap
  readonly exports: Exports
  /** The target's memory; a view that is taken anew, because memory may grow. */
  readonly bytes: () => Uint8Array
  readonly counters: () => number[]
  readonly flags: () => number[]
  /** Indices of marked granules. */
  readonly marks: () => number[]
  readonly reason: () => number
  /** Clears counters, flags, marks and the control block, as the engine does between runs. */
  readonly clear: () => void
}

/** Imports that do nothing, for modules that ask for some. */
function importsOf(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {}
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module))
    if (kind === 'function') (imports[from] ??= {})[name] = () => 0
  return imports
}

export function start(wasm: Uint8Array, options: InstrumentOptions): Running {
  const { wasm: instrumented, map } = instrument(wasm, options)
  const module = new WebAssembly.Module(instrumented as BufferSource)
  const engine = new WebAssembly.Memory({ initial: DYNAMIC_BASE / PAGE_BYTES, maximum: 65_536 })
  const instance = new WebAssembly.Instance(module, { ...importsOf(module), fuzzbox: { memory: engine } })
  const bytes = new Uint8Array(engine.buffer)
  const words = new Uint32Array(engine.buffer)
  const counters = words.subarray(COUNTERS_BASE / 4, COUNTERS_BASE / 4 + map.edges)
  const flags = bytes.subarray(FLAGS_BASE, FLAGS_BASE + map.functions.length)
  const marks = bytes.subarray(MARKS_BASE, MARKS_BASE + MARKS_BYTES)
  const memory = instance.exports['fuzzbox.memory'] as WebAssembly.Memory | undefined
  return {
    map,
    exports: instance.exports as Exports,
    bytes: () => new Uint8Array(memory!.buffer),
    counters: () => [...counters],
    flags: () => [...flags],
    marks: () => {
      const marked: number[] = []
      for (let at = marks.indexOf(1); at >= 0; at = marks.indexOf(1, at + 1)) marked.push(at)
      return marked
    },
    reason: () => words[CONTROL_REASON / 4]!,
    clear: () => {
      bytes.fill(0, CONTROL_REASON, CONTROL_REASON + 0x400)
      counters.fill(0)
      flags.fill(0)
      marks.fill(0)
    },
  }
}
