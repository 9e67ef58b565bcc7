// Mutators that the target brings along: LLVMFuzzerCustomMutator and LLVMFuzzerCustomCrossOver, as libFuzzer has them.
//
//   INPUT ──copy in──► target's input place ──► mutator ──copy out──► INPUT, then the target is restored
//   donor ──copy in──► mutator place, its output behind it
//
// They are the target's code and run as a run does: counted in fuel, restored after, what they reached forgotten. One that
// traps, or changes what a restore cannot bring back, is recovered from like a run (loop.ts), and never called again. While
// one runs it may call LLVMFuzzerMutate, which is our own operators.
import {
  CONTROL_BULK_FUEL,
  CONTROL_INPUT_ADDRESS,
  CONTROL_MUTATORS,
  CONTROL_MUTATOR_PLACE,
  INPUT_BASE,
  MUTATOR_CHANGES,
  MUTATOR_CROSSES,
  PHASE_MUTATOR,
  SLOT_COPY_IN,
  SLOT_COPY_OUT,
  SLOT_CROSS_OVER,
  SLOT_MUTATE,
} from '../abi'
import { noteOperator, phase, setPhase } from '../control'
import { corpusLength, entryData, entryLength } from '../corpus'
import { observeTrace } from '../coverage'
import { inputMax } from '../memory'
import { below, next } from '../random'
import { restore } from '../target'
import { beginHostRun } from '../wasi/state'
import { touched } from './input'
import { OPERATORS, mutate } from './operators'

/** One mutant in so many is made by our own operators: a mutator need not think of everything. */
const OWN_EVERY: u32 = 4
/** Of the others one in so many is a crossover, where there is one. */
const CROSS_EVERY: u32 = 4

/** True where the target has mutators, and none of them has trapped so far. */
export function hasMutators(): bool {
  return load<u32>(CONTROL_MUTATORS) != 0
}

/** A mutator has trapped: the search goes on without it and its companion. */
export function dropMutators(): void {
  store<u32>(CONTROL_MUTATORS, 0)
}

/** Changes the `length` bytes at INPUT_BASE; returns how many there are now. May trap. */
export function mutateCustom(length: u32, limit: u32): u32 {
  const mutators = load<u32>(CONTROL_MUTATORS)
  const most = min(max(length, limit), inputMax)
  if (!mutators || below(OWN_EVERY) == 0) return mutate(length, limit)
  const seed = <u32>(next() >>> 32)
  const crosses = mutators & MUTATOR_CROSSES && corpusLength() > 1 && below(CROSS_EVERY) == 0
  if (!crosses && !(mutators & MUTATOR_CHANGES)) return mutate(length, limit)
  setPhase(PHASE_MUTATOR)
  beginHostRun()
  store<u32>(CONTROL_BULK_FUEL, 0)
  const at = load<u32>(CONTROL_INPUT_ADDRESS)
  copyIn(at, INPUT_BASE, length)
  const made = crosses ? cross(at, length, most, seed) : change(at, length, most, seed)
  observeTrace()
  restore()
  // LLVMFuzzerMutate works in the input buffer as well.
  touched(0, inputMax)
  noteOperator(OPERATORS + <u32>(crosses != 0))
  return made
}

/** env.LLVMFuzzerMutate: one of our operators on the `size` bytes at `data`; returns how many there are then, at most `most`. */
export function mutateForCustom(data: u32, size: u32, most: u32): u32 {
  if (phase() != PHASE_MUTATOR) return size
  const limit = min(most, inputMax)
  const given = min(size, limit)
  copyOut(data, given)
  const made = min(mutate(given, limit), limit)
  copyIn(data, INPUT_BASE, made)
  return made
}

function change(at: u32, length: u32, most: u32, seed: u32): u32 {
  const made = min(call_indirect<u32>(SLOT_MUTATE, at, length, most, seed), most)
  copyOut(at, made)
  return made
}

function cross(at: u32, length: u32, most: u32, seed: u32): u32 {
  const donor = below(corpusLength())
  const other = load<u32>(CONTROL_MUTATOR_PLACE)
  const out = other + inputMax
  const given = entryLength(donor)
  copyIn(other, entryData(donor), given)
  const made = min(call_indirect<u32>(SLOT_CROSS_OVER, at, length, other, given, out, most, seed), most)
  copyOut(out, made)
  return made
}

function copyIn(to: u32, from: usize, bytes: u32): void {
  call_indirect<void>(SLOT_COPY_IN, to, <u32>from, bytes)
}

function copyOut(from: u32, bytes: u32): void {
  call_indirect<void>(SLOT_COPY_OUT, <u32>INPUT_BASE, from, bytes)
}
