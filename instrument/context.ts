// What one pass hands to the next while a module is being instrumented.

import type { Module, NamePointer } from './binaryen.ts'
import type { OwnedState } from './sections/own-state.ts'
import type { FunctionMap, ImportMap, InstrumentOptions } from './types.ts'

/** A ModuleMap that is still being filled in; each pass writes the fields it owns. */
export interface MapDraft {
  edges: number
  functions: FunctionMap[]
  imports: ImportMap[]
  granuleShift: number
  globals: number
  memory: { pagesInitial: number; pagesMax: number } | null
  hasStart: boolean
  forks?: boolean
  measures?: boolean
  tokens: readonly string[]
  compareSites: number
  notes: string[]
}

/** A function that was defined (not imported) in the original module. */
export interface OriginalFunction {
  /** Its C pointer. */
  readonly func: number
  /** Binaryen's internal name, by which calls and exports refer to it. */
  readonly internalName: string
  /** Index in the original module's function index space. */
  readonly index: number
  /** Name for people: name section, export, or `func[12]`. */
  readonly name: string
}

export interface PassContext {
  readonly module: Module
  readonly options: InstrumentOptions
  readonly map: MapDraft
  /** What `ownState` did to the binary before Binaryen read it: index.ts calls it first and reads `state.wasm`. */
  readonly state: OwnedState
  /** Functions of the original module that have a body, in index order; taken before the first pass. */
  readonly functions: readonly OriginalFunction[]
  /** Internal name of the engine's memory, imported before the first pass. */
  readonly engineMemory: string
  /** Internal name of the target's memory (a harness: the imported one), or null where it has none. */
  readonly targetMemory: string | null
  /** The same, as the interned pointer that `memoryOf` returns; 0 without a memory. */
  readonly targetMemoryPointer: NamePointer
  /** Internal names of functions that passes added: later passes leave them alone. */
  readonly helpers: Set<string>
}

export type Pass = (context: PassContext) => void
