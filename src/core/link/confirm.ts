// A second opinion on a finding: one input, on a fresh instance of the module as it came.
import { CONTROL_INPUT_LENGTH, SLOTS_END, CONTROL_HARNESS } from '../../../assembly/abi.ts'
import type { Engine } from '../engine/engine.ts'
import { FuzzboxError } from '../errors.ts'
import type { Outcome } from '../outcome.ts'
import { NotLinkable, originalConnector, writeInputTo } from './original.ts'
import type { Program } from './program.ts'
import { findExport } from '../target/shape.ts'
import { callWith, layOutRecord } from './typed-call.ts'
import { host, startProgram, type Guard, type StartedProgram } from './start.ts'
import type { TrapReader } from './trap-reader.ts'

/** Writes the input where the entry will look for it; what comes back makes the call. */
function prepareCall(
  program: Program,
  { target: { memory }, inputAddress }: StartedProgram,
  entry: WebAssembly.ExportValue,
  input: Uint8Array,
): () => number {
  const plan = program.prepared.entry
  if (plan.kind === 'typed') {
    const { signature } = findExport((program.harness ?? program.target).shape, plan.exportName)!
    const { words, pieces } = layOutRecord(plan.types, signature!.params, input, inputAddress ?? 0)
    for (const { address, bytes } of pieces) writeInputTo(memory!, address, bytes)
    return () => (callWith(entry, signature!, words), 0)
  }
  const words: number[] = []
  if (inputAddress !== null && memory) {
    writeInputTo(memory, inputAddress, input)
    words.push(inputAddress, input.length)
  }
  return () => (entry as (...words: number[]) => number | undefined)(...words) ?? 0
}

/** Null where the module cannot be linked as it came, or does not start so. `count` is called before its one execution. */
export function confirmOn(
  program: Program,
  engine: Engine,
  input: Uint8Array,
  reader: TrapReader,
  count: () => void,
): Outcome | null {
  const slots = Array.from({ length: SLOTS_END }, (_, slot) => engine.table.get(slot) as unknown)
  const hasHarness = engine.word(CONTROL_HARNESS)
  const length = engine.word(CONTROL_INPUT_LENGTH)
  const before = engine.currentInput()
  try {
    const started = startProgram(program, engine, originalConnector(program, engine), rethrow)
    return run(program, started, engine, input, reader, count)
  } catch (error) {
    if (error instanceof NotLinkable || error instanceof FuzzboxError || error instanceof WebAssembly.LinkError)
      return null
    if (reader.read(error, program) !== null) return null
    throw error
  } finally {
    slots.forEach((entry, slot) => engine.table.set(slot, entry))
    engine.setWord(CONTROL_HARNESS, hasHarness)
    engine.writeInput(before)
    engine.setWord(CONTROL_INPUT_LENGTH, length)
    reader.clear()
  }
}

const rethrow: Guard = (_where, work) => work()

function run(
  program: Program,
  started: StartedProgram,
  engine: Engine,
  input: Uint8Array,
  reader: TrapReader,
  count: () => void,
): Outcome {
  const { entry } = program.prepared
  const { exports } = started.harness ?? started.target.instance
  if (entry.kind === 'none') throw new NotLinkable('there is no entry')
  const length = engine.writeInput(input)
  engine.setWord(CONTROL_INPUT_LENGTH, length)
  const call = prepareCall(program, started, exports[entry.exportName]!, input.subarray(0, length))
  count()
  try {
    return { kind: 'ok', result: call() }
  } catch (error) {
    const trap = reader.read(error, program)
    if (trap === null) throw error
    return trap.isExit0 ? { kind: 'ok', result: 0 } : trap.outcome
  } finally {
    // Files and clock as every other run finds them.
    host(engine).hostReset()
  }
}
