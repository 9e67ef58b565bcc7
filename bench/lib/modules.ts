// Modules for the measurements below the level of a campaign: instrumented with any choice of passes, instantiated
// without the engine, so that what is timed is inserted code and nothing else.
import {
  CONTROL_BASE,
  COUNTERS_BASE,
  DYNAMIC_BASE,
  FLAGS_BASE,
  IMAGE_MEMORY,
  MARKS_BASE,
  PAGE_BYTES,
} from '../../assembly/abi.ts'
import { instrument } from '../../instrument/index.ts'
import type { EntryPlan, Instrumented, PassName } from '../../instrument/types.ts'

/** No program reaches it between two clearings of the counters. */
const FUEL = 0x7fff_ffff
const DEPTH_MAX = 2048

export function instrumentWithout(
  wasm: Uint8Array,
  without: readonly PassName[],
  entry: EntryPlan,
  memoryPagesMax: number = 1024,
): Instrumented {
  return instrument(wasm, {
    entry,
    role: 'target',
    edgeBase: 0,
    functionBase: 0,
    provided: {},
    importPolicy: 'zero',
    fuel: FUEL,
    depthMax: DEPTH_MAX,
    memoryPagesMax,
    tableEntriesMax: 65536,
    without,
  })
}

export interface Loaded {
  readonly exports: WebAssembly.Exports
  readonly engineMemory: WebAssembly.Memory
  /** Forgets counters, flags and marks, as the engine does after every execution. */
  clear(): void
}

/** Where a snapshot image may stand in the memory that `load` makes. */
export const IMAGE: number = DYNAMIC_BASE

/** Instantiates a module, instrumented or not; imports that it still has answer zero. */
export function load({ wasm, map }: { wasm: Uint8Array; map?: Instrumented['map'] }, imageBytes: number = 0): Loaded {
  const pages = Math.ceil((DYNAMIC_BASE + IMAGE_MEMORY + imageBytes) / PAGE_BYTES) + 1
  const engineMemory = new WebAssembly.Memory({ initial: pages, maximum: 65536 })
  const module = new WebAssembly.Module(wasm as BufferSource)
  const imports: WebAssembly.Imports = {}
  for (const wanted of WebAssembly.Module.imports(module)) {
    const answer = wanted.kind === 'memory' ? engineMemory : () => 0
    imports[wanted.module] = { ...imports[wanted.module], [wanted.name]: answer }
  }
  const { exports } = new WebAssembly.Instance(module, imports)
  const start = exports._initialize ?? exports['fuzzbox.start']
  if (typeof start === 'function') start()
  const edges = map?.edges ?? 0
  const clear = (): void => {
    const bytes = new Uint8Array(engineMemory.buffer)
    bytes.fill(0, CONTROL_BASE, CONTROL_BASE + 0x100)
    bytes.fill(0, FLAGS_BASE, FLAGS_BASE + (map?.functions.length ?? 0))
    bytes.fill(0, MARKS_BASE, MARKS_BASE + 4096)
    bytes.fill(0, COUNTERS_BASE, COUNTERS_BASE + 4 * edges)
  }
  return { exports, engineMemory, clear }
}
