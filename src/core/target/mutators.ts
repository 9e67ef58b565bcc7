// Mutators that a target, or the harness in front of it, exports: libFuzzer's two, with pointers and sizes of 32 bits.
import type { EntryPlan } from '../../../instrument/types.ts'
import { preparedErrors } from './errors.ts'
import { findExport, sameSignature, showSignature, type ModuleShape } from './shape.ts'

/** Parameters of each, all i32, as is the result: data, size, most, seed; data, size, data, size, out, most, seed. */
export const MUTATORS = { LLVMFuzzerCustomMutator: 4, LLVMFuzzerCustomCrossOver: 7 } as const
export type MutatorName = keyof typeof MUTATORS

/** Inputs that a crossover needs room for besides the one that there is always room for: another one, and what it makes. */
const CROSS_OVER_INPUTS = 2

/** True where the module exports it; an input that is no plain bytes is never handed to one. E_MUTATOR_SIGNATURE. */
export function hasMutator(name: MutatorName, moduleName: string, shape: ModuleShape, entry: EntryPlan): boolean {
  if (entry.kind !== 'buffer' || shape.memory === null) return false
  const signature = findExport(shape, name)?.signature
  if (!signature) return false
  const wanted = { params: Array.from({ length: MUTATORS[name] }, () => 'i32' as const), results: ['i32'] as const }
  if (sameSignature(signature, wanted)) return true
  throw preparedErrors.mutatorSignature(moduleName, name, showSignature(signature), showSignature(wanted))
}

/** True where the module exports any. */
export function hasMutators(moduleName: string, shape: ModuleShape, entry: EntryPlan): boolean {
  return (Object.keys(MUTATORS) as MutatorName[]).some((name) => hasMutator(name, moduleName, shape, entry))
}

/** Bytes of the place that a crossover needs; 0 where no module brings one. */
export function crossOverBytes(
  name: string,
  shapes: readonly ModuleShape[],
  entry: EntryPlan,
  inputMax: number,
): number {
  const crosses = shapes.some((shape) => hasMutator('LLVMFuzzerCustomCrossOver', name, shape, entry))
  return crosses ? CROSS_OVER_INPUTS * inputMax : 0
}
