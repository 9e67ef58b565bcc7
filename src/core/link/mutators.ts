// The mutators of a target, at hand for the engine: in slots beside those through which it runs the target.
import {
  CONTROL_MUTATORS,
  MUTATOR_CHANGES,
  MUTATOR_CROSSES,
  SLOT_CROSS_OVER,
  SLOT_MUTATE,
} from '../../../assembly/abi.ts'
import type { Engine } from '../engine/engine.ts'
import { crossOverBytes, hasMutator, type MutatorName } from '../target/mutators.ts'
import type { Program } from './program.ts'

const SLOTS: readonly (readonly [MutatorName, number, number])[] = [
  ['LLVMFuzzerCustomMutator', SLOT_MUTATE, MUTATOR_CHANGES],
  ['LLVMFuzzerCustomCrossOver', SLOT_CROSS_OVER, MUTATOR_CROSSES],
]

/** A harness's own take the place of the target's. */
export function fillMutatorSlots(
  program: Program,
  engine: Engine,
  target: WebAssembly.Exports,
  harness: WebAssembly.Exports | null,
): void {
  for (const [name, slot] of SLOTS) {
    const exports = bringsOne(program, 'harness', name) ? harness : bringsOne(program, 'target', name) ? target : null
    engine.table.set(slot, exports?.[name] ?? null)
  }
}

/** From here on they are called; the engine drops them where one fails. */
export function offerMutators(program: Program, engine: Engine): void {
  engine.setWord(CONTROL_MUTATORS, wordOf(program))
}

/** True where the program brings mutators, and the engine has dropped them. */
export function hasDroppedMutators(program: Program, engine: Engine): boolean {
  return engine.word(CONTROL_MUTATORS) === 0 && wordOf(program) !== 0
}

/** Bytes of the target's memory that they need besides the input's place. */
export function mutatorBytes({ prepared, target, harness }: Program): number {
  const shapes = harness ? [target.shape, harness.shape] : [target.shape]
  return crossOverBytes(prepared.name, shapes, prepared.entry, prepared.inputMax)
}

function wordOf(program: Program): number {
  return SLOTS.filter(([name]) => bringsOne(program, 'harness', name) || bringsOne(program, 'target', name)).reduce(
    (word, [, , bit]) => word | bit,
    0,
  )
}

function bringsOne(program: Program, role: 'target' | 'harness', name: MutatorName): boolean {
  const module = program[role]
  return module !== null && hasMutator(name, program.prepared.name, module.shape, program.prepared.entry)
}
