// The import object of an instance. Functions that the sandbox provides are the engine's own exports, handed over Wasm to
// Wasm; a harness gets the target's exports the same way.
import { ADDED, TARGET_MODULE } from '../../../instrument/types.ts'
import type { Engine } from '../engine/engine.ts'
import { hostFunctionFor } from '../target/imports.ts'
import type { ImportShape } from '../target/shape.ts'
import type { CompiledModule } from './program.ts'

type ImportObject = Record<string, Record<string, WebAssembly.ImportValue>>

/** What an instrumented module still imports: the engine's memory, what the sandbox provides, and a harness its target. */
export function importsOfInstrumented(
  { module, shape }: CompiledModule,
  engine: Engine,
  target: WebAssembly.Exports | null,
): ImportObject {
  const object: ImportObject = {}
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    const value =
      from === ADDED.importModule && kind === 'memory'
        ? engine.memory
        : from === TARGET_MODULE && target
          ? targetExport(target, name)
          : from === ADDED.importModule && name === ADDED.measure
            ? (engine.allExports['fuzzbox_measure'] as WebAssembly.ImportValue)
            : hostFunction(
                engine,
                shape.imports.find((item) => item.module === from && item.name === name),
              )
    if (value !== undefined) (object[from] ??= {})[name] = value
  }
  return object
}

/** A harness may call the target's memory "memory", whatever the target calls it. */
function targetExport(target: WebAssembly.Exports, name: string): WebAssembly.ExportValue | undefined {
  return target[name] ?? (name === 'memory' ? target[ADDED.targetMemory] : undefined)
}

function hostFunction(engine: Engine, item: ImportShape | undefined): WebAssembly.ImportValue | undefined {
  const name = item ? hostFunctionFor(item) : null
  return name === null ? undefined : (engine.allExports[name] as WebAssembly.ImportValue)
}

/** What a module as it came needs: stubs by policy and a memory, tables and globals of its own where it imports them. */
export interface OriginalImports {
  readonly object: ImportObject
  /** The memory that was made for it; null where it imports none. */
  readonly memory: WebAssembly.Memory | null
}

/** Null where something cannot be made: a tag, or a global that holds a reference. */
export function importsOfOriginal(
  { shape, map }: CompiledModule,
  engine: Engine,
  policy: 'trap' | 'zero',
  target: { readonly exports: WebAssembly.Exports; readonly memory: WebAssembly.Memory } | null,
): OriginalImports | null {
  const object: ImportObject = {}
  let memory: WebAssembly.Memory | null = null
  for (const item of shape.imports) {
    let value: WebAssembly.ImportValue | undefined
    if (item.kind === 'memory') value = memory = target?.memory ?? new WebAssembly.Memory(descriptor(item))
    else if (item.module === TARGET_MODULE && target) value = target.exports[item.name]
    else if (item.kind === 'function') value = hostFunction(engine, item) ?? stub(item, map, engine, policy)
    else if (item.kind === 'table') value = new WebAssembly.Table({ ...descriptor(item), element: elementOf(item) })
    else if (item.kind === 'global') value = zeroGlobal(item)
    if (value === undefined) return null
    ;(object[item.module] ??= {})[item.name] = value
  }
  return { object, memory }
}

function descriptor({ limits }: ImportShape): { initial: number; maximum?: number } {
  const { initial, maximum } = limits!
  return maximum === null ? { initial } : { initial, maximum }
}

function elementOf(item: ImportShape): WebAssembly.TableKind {
  return item.element === 'externref' ? 'externref' : 'anyfunc'
}

function zeroGlobal(item: ImportShape): WebAssembly.Global | undefined {
  const { type, mutable } = item.global!
  if (type === 'ref' || type === 'v128') return undefined
  return new WebAssembly.Global({ value: type, mutable }, type === 'i64' ? 0n : 0)
}

function stub(
  item: ImportShape,
  map: CompiledModule['map'],
  engine: Engine,
  policy: 'trap' | 'zero',
): WebAssembly.ImportValue {
  const index = map.imports.findIndex(({ module, name }) => module === item.module && name === item.name)
  const results = item.signature!.results.map((type) => (type === 'i64' ? 0n : type === 'ref' ? null : 0))
  if (policy === 'zero') return () => (results.length > 1 ? results : results[0])
  const stop = engine.allExports.stopAtImport as (index: number) => void
  return () => stop(index)
}
