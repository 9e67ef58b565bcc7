// Instrumentation: a module in, the module that fuzzbox runs out, with the map that explains it.
//
//   own state → Binaryen → imports → draws → limits → pages → edges → depth → fork → bridge → binary
//                     └ plan of the compares build ────────────────► compares ┘
//
// The order matters twice: what a pass adds lives in helper functions, which later passes leave alone; and `pages` and
// `edges` must see the user's code as it was written. `depth` belongs to `limits`, but what it inserts branches, so it
// comes after `edges`. `fork` rewrites whatever is there, counters and all, so it is the last to look at the user's code.

import { ABI_VERSION } from '../assembly/abi.ts'
import {
  type Module,
  binaryen,
  checkLayout,
  forgetNames,
  memoryOf,
  modulePointer,
  raw,
  readModule,
  text,
} from './binaryen.ts'
import type { MapDraft, OriginalFunction, Pass, PassContext } from './context.ts'
import { InstrumentError, refuse } from './errors.ts'
import { FEATURES } from './features.ts'
import { repairLocals } from './locals.ts'
import { readCatalogue } from './marks/catalogue.ts'
import { planCompares } from './compares/plan.ts'
import { harvestTokens } from './compares/tokens.ts'
import { beginPlaces } from './places.ts'
import { bridge } from './passes/bridge.ts'
import { insertCompares } from './passes/compares.ts'
import { depth } from './passes/depth.ts'
import { draws } from './passes/draws.ts'
import { edges } from './passes/edges.ts'
import { fork } from './passes/fork.ts'
import { imports } from './passes/imports.ts'
import { limits } from './passes/limits.ts'
import { pages } from './passes/pages.ts'
import { type OwnedState, ownState } from './sections/own-state.ts'
import { Sections } from './sections/sections.ts'
import { ADDED, type FunctionMap, type InstrumentOptions, type Instrumented, type PassName } from './types.ts'

/** Name, inside instrumented modules, of the engine's memory. */
const ENGINE_MEMORY = 'fuzzbox.engine'

const PASSES: readonly (readonly [PassName, Pass])[] = [
  ['imports', imports],
  ['imports', draws],
  ['limits', limits],
  ['pages', pages],
  ['edges', edges],
  ['limits', depth],
  ['fork', fork],
  ['bridge', bridge],
]

const functionCount = raw('_BinaryenGetNumFunctions')
const functionAt = raw('_BinaryenGetFunctionByIndex')
const functionName = raw('_BinaryenFunctionGetName')
const functionBody = raw('_BinaryenFunctionGetBody')
const exportCount = raw('_BinaryenGetNumExports')
const exportAt = raw('_BinaryenGetExportByIndex')
const exportKind = raw('_BinaryenExportGetKind')
const exportName = raw('_BinaryenExportGetName')
const exportValue = raw('_BinaryenExportGetValue')

/**
 * Instruments one module. Throws InstrumentError for what is not Wasm, and for modules that the sandbox cannot hold
 * (several memories, 64-bit or shared ones, too many edges).
 */
export function instrument(wasm: Uint8Array, options: InstrumentOptions): Instrumented {
  checkLayout()
  validate(wasm)
  const state = ownState(wasm, options)
  const module = read(state.wasm)
  try {
    const context = contextFor(module, state, options)
    const marks = readCatalogue(context)
    const without = options.without ?? []
    const plan = options.compares ? planCompares(context, exportedNames(module).functions) : null
    if (!options.compares) context.map.tokens = harvestTokens(context, wasm)
    const placesAtEnd = options.places ? beginPlaces(context, wasm) : null
    for (const [name, pass] of PASSES) {
      if (name === 'bridge' && plan) insertCompares(context, plan)
      if (!without.includes(name)) pass(context)
    }
    context.map.compareSites = plan?.sites ?? 0
    repairLocals(context)
    const functions = numberFunctions(module, context.map.functions, context.functions)
    return {
      wasm: module.emitBinary(),
      map: {
        abiVersion: ABI_VERSION,
        ...context.map,
        functions,
        ...(marks && { marks }),
        ...(placesAtEnd && { places: placesAtEnd() }),
      },
    }
  } finally {
    module.dispose()
    forgetNames()
  }
}

/** The engine's own validator speaks more precisely than Binaryen's reader, which gives up on some invalid modules. */
function validate(wasm: Uint8Array): void {
  if (WebAssembly.validate(wasm as BufferSource)) return
  try {
    new WebAssembly.Module(wasm as BufferSource)
  } catch (cause) {
    throw new InstrumentError('E_NOT_WASM', refuse.notWasm((cause as Error).message).message, { cause })
  }
}

function read(wasm: Uint8Array): Module {
  try {
    return readModule(wasm, FEATURES)
  } catch (cause) {
    // The module is valid, so what Binaryen stumbles over may be a section that only tools read: it goes, with all names.
    const sections = new Sections(wasm)
    if (sections.dropCustom(() => true)) return read(sections.encode())
    const detail = cause instanceof Error ? cause.message : ((cause as { message?: string }).message ?? String(cause))
    throw new InstrumentError('E_NOT_WASM', refuse.notWasm(detail).message, { cause })
  }
}

function contextFor(module: Module, state: OwnedState, options: InstrumentOptions): PassContext {
  const exported = exportedNames(module)
  const targetMemory = state.memory === null ? null : exported.memory
  // The engine's memory comes second, so that this node finds the only memory there is without naming it.
  const targetMemoryPointer = targetMemory === null ? 0 : memoryOf.size(module.memory.size(targetMemory))
  module.addMemoryImport(ENGINE_MEMORY, ADDED.importModule, ADDED.memory)
  const map: MapDraft = {
    edges: 0,
    functions: [],
    imports: [],
    granuleShift: options.granuleShift ?? 0,
    globals: 0,
    memory: state.memory === null ? null : { pagesInitial: state.memory.pagesInitial, pagesMax: state.memory.pagesMax },
    hasStart: state.hasStart,
    tokens: [],
    compareSites: 0,
    notes: [],
  }
  return {
    module,
    options,
    map,
    state,
    functions: originalFunctions(module, exported.functions),
    engineMemory: ENGINE_MEMORY,
    targetMemory,
    targetMemoryPointer,
    helpers: new Set(),
  }
}

function exportedNames(module: Module): { functions: Map<string, string>; memory: string } {
  const functions = new Map<string, string>()
  let memory = ''
  const pointer = modulePointer(module)
  for (let i = 0; i < exportCount(pointer); i++) {
    const item = exportAt(pointer, i)
    const name = text(exportName(item))
    const value = text(exportValue(item))
    if (exportKind(item) === binaryen.ExternalFunction && name !== ADDED.start && !functions.has(value))
      functions.set(value, name)
    if (name === ADDED.targetMemory) memory = value
  }
  return { functions, memory }
}

/** Binaryen names what the name section does not by its index. */
const UNNAMED = /^\d+$/

function originalFunctions(module: Module, exported: ReadonlyMap<string, string>): OriginalFunction[] {
  const pointer = modulePointer(module)
  const functions: OriginalFunction[] = []
  for (let index = 0; index < functionCount(pointer); index++) {
    const func = functionAt(pointer, index)
    if (functionBody(func) === 0) continue
    const internalName = text(functionName(func))
    const name = UNNAMED.test(internalName) ? (exported.get(internalName) ?? `func[${index}]`) : internalName
    functions.push({ func, internalName, index, name })
  }
  return functions
}

/** Function indices as the written binary has them: imports first, then the rest, each in the order of the module. */
function numberFunctions(
  module: Module,
  drafts: readonly FunctionMap[],
  originals: readonly OriginalFunction[],
): FunctionMap[] {
  const pointer = modulePointer(module)
  const indices = new Map<number, number>()
  const count = functionCount(pointer)
  for (const imported of [true, false])
    for (let i = 0; i < count; i++) {
      const func = functionAt(pointer, i)
      if ((functionBody(func) === 0) === imported) indices.set(func, indices.size)
    }
  const byIndex = new Map(originals.map((original) => [original.index, original.func]))
  return drafts.map((draft) => ({ ...draft, instrumentedIndex: indices.get(byIndex.get(draft.index)!)! }))
}
