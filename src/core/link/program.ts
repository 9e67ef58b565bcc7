// Target and harness, compiled but not yet instantiated: as instrumented, to be fuzzed, or as they came, to confirm what
// was found.
import { shareImportedMemory } from '../../../instrument/sections/share.ts'
import { ADDED, type ModuleMap } from '../../../instrument/types.ts'
import { linkErrors } from './errors.ts'
import type { PreparedModule, PreparedTarget } from '../target/prepared.ts'
import { readShape, type ModuleShape } from '../target/shape.ts'
import type { TargetRoom } from './room.ts'

export interface CompiledModule {
  readonly module: WebAssembly.Module
  /** Of the module as it came, in both variants. */
  readonly shape: ModuleShape
  readonly map: ModuleMap
  /** See PreparedModule. */
  readonly names: PreparedModule['names']
}

export interface Program {
  readonly variant: 'instrumented' | 'original'
  readonly prepared: PreparedTarget
  readonly target: CompiledModule
  readonly harness: CompiledModule | null
}

/** `shared` says whether the engine's memory is, `room` where the target's lies in it, if it does. */
export async function compileInstrumented(
  prepared: PreparedTarget,
  shared: boolean = false,
  room: TargetRoom | null = null,
): Promise<Program> {
  const compile = async ({ original, instrumented, map, names }: PreparedModule): Promise<CompiledModule> => {
    try {
      const module = await WebAssembly.compile(bound(instrumented, shared, room))
      return { module, shape: readShape(original), map, names }
    } catch (error) {
      const reason = `its instrumented form is refused (${error instanceof Error ? error.message : String(error)})`
      throw linkErrors.link(prepared.name, reason, error)
    }
  }
  const target = await compile(prepared.module)
  const harness = prepared.harness ? await compile(prepared.harness) : null
  return { variant: 'instrumented', prepared, target, harness }
}

/** An instrumented module as it is loaded here. */
function bound(instrumented: Uint8Array, shared: boolean, room: TargetRoom | null): BufferSource {
  const laidOut = room ? room.lower(instrumented) : instrumented
  return (shared ? shareImportedMemory(laidOut, ADDED.importModule, ADDED.memory) : laidOut) as BufferSource
}

/** The compares build, compiled in place; null where the target has none. The rest is as above. */
export function compileCompares(prepared: PreparedTarget, shared: boolean, room: TargetRoom | null): Program | null {
  const compile = ({ original, compares, map, names }: PreparedModule): CompiledModule | null => {
    if (compares === null) return null
    return { module: new WebAssembly.Module(bound(compares, shared, room)), shape: readShape(original), map, names }
  }
  const target = compile(prepared.module)
  const harness = prepared.harness ? compile(prepared.harness) : null
  if (target === null || (prepared.harness && harness === null)) return null
  return { variant: 'instrumented', prepared, target, harness }
}

/** Compiles in place: this happens in a worker, once, when the first finding is confirmed. */
export function compileOriginal(prepared: PreparedTarget): Program {
  const compile = ({ original, map, names }: PreparedModule): CompiledModule => {
    return { module: new WebAssembly.Module(original as BufferSource), shape: readShape(original), map, names }
  }
  const harness = prepared.harness ? compile(prepared.harness) : null
  return { variant: 'original', prepared, target: compile(prepared.module), harness }
}
