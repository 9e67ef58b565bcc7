// A second opinion on a finding: one input, on a fresh instance of the module as it came.
import { CONTROL_INPUT_LENGTH, SLOTS_END, CONTROL_HARNESS } from '../../../assembly/abi.ts'
import type { Engine } from '../engine/engine.ts'
import { FuzzboxError } from '../errors.ts'
import type { Outcome } from '../outcome.ts'
import { NotLinkable, originalConnector, writeInputTo } from './original.ts'
import type { Program } from './program.ts'
import { host, startProgram, type Guard, type StartedProgram } from './start.ts'
import type { TrapReader } from './trap-reader.ts'

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
  const call = exports[entry.exportName] as (...words: number[]) => number | undefined
  const length = engine.writeInput(input)
  engine.setWord(CONTROL_INPUT_LENGTH, length)
  const words: number[] = []
  if (started.inputAddress !== null && started.target.memory) {
    writeInputTo(started.target.memory, started.inputAddress, input.subarray(0, length))
    words.push(started.inputAddress, length)
  }
  count()
  try {
    return { kind: 'ok', result: call(...words) ?? 0 }
  } catch (error) {
    const trap = reader.read(error, program)
    if (trap === null) throw error
    return trap.isExit0 ? { kind: 'ok', result: 0 } : trap.outcome
  } finally {
    // Files and clock as every other run finds them.
    host(engine).hostReset()
  }
}
