// A target and its engine, linked and started: what whoever runs it needs before the first run, and when an instance has to
// be replaced by a fresh one.
import { CONTROL_FUEL, CONTROL_TARGET_BYTES } from '../../../assembly/abi.ts'
import { ADDED } from '../../../instrument/types.ts'
import { Engine } from '../engine/engine.ts'
import { memoryLayout } from '../engine/features.ts'
import { linkErrors } from './errors.ts'
import type { PreparedTarget } from '../target/prepared.ts'
import { instrumentedConnector } from './instrumented.ts'
import { layoutOf } from './layout.ts'
import { compileInstrumented, type Program } from './program.ts'
import { TargetRoom } from './room.ts'
import { moduleKeyOf, withStackLimit } from './stack.ts'
import { host, startProgram, type Guard, type StartedProgram } from './start.ts'
import { TrapReader } from './trap-reader.ts'

export class LinkedTarget {
  readonly engine: Engine
  readonly program: Program
  readonly reader: TrapReader
  /** Where the target's memory lies in the engine's; null where it is one of its own. */
  readonly #room: TargetRoom | null
  #started!: StartedProgram
  /** Real bytes of the target's memory when it had started. */
  #memoryBytes = 0

  private constructor(engine: Engine, program: Program, room: TargetRoom | null) {
    this.engine = engine
    this.program = program
    this.#room = room
    this.reader = new TrapReader(engine)
  }

  /** Links and initialises the target; E_INIT_TRAP, E_INPUT_PLACE, E_LINK, E_NO_MULTI_MEMORY, E_NO_SIMD. */
  static async open(
    engineWasm: Uint8Array,
    prepared: PreparedTarget,
    corpusBytes: number,
    shared: boolean,
    beforeStart: (engine: Engine) => void = () => {},
  ): Promise<LinkedTarget> {
    const layout = memoryLayout(prepared.layout)
    const engine = await Engine.open(engineWasm, layoutOf(prepared, corpusBytes), shared)
    const room = layout === 'single' ? TargetRoom.reserve(engine, prepared, CONTROL_TARGET_BYTES) : null
    const program = await compileInstrumented(prepared, shared, room)
    const linked = new LinkedTarget(engine, program, room)
    engine.setWord(CONTROL_FUEL, prepared.limits.fuel)
    host(engine).hostStdin(prepared.entry.kind === 'command' ? 1 : 0)
    // No slot is filled yet: calling the target traps in the engine itself.
    const engineKey = moduleKeyOf(() => engine.exports.runOnce(0))
    beforeStart(engine)
    linked.start()
    const peek = linked.#started.target.instance.exports[ADDED.peek] as (address: number) => number
    linked.reader.keys = { engine: engineKey, target: moduleKeyOf(() => peek(-1)) }
    return linked
  }

  /** A fresh instance, in place of the one before. */
  start(): void {
    const connector = instrumentedConnector(this.program, this.engine, 0, this.#room)
    this.#started = withStackLimit(() => startProgram(this.program, this.engine, connector, this.guard))
    this.#memoryBytes = this.#realMemoryBytes()
  }

  /** What lies between the size that the target sees and the real one does not trap, so an instance that grew is replaced. */
  hasGrown(): boolean {
    return this.#realMemoryBytes() > this.#memoryBytes
  }

  /** A trap before the first input is the user's to mend, not a finding. */
  readonly guard: Guard = (where, work) => {
    try {
      return work()
    } catch (error) {
      const { name } = this.program.prepared
      const trap = this.reader.read(error, this.program)
      this.reader.clear()
      if (trap?.outcome.kind === 'trap') throw linkErrors.initialise(name, where, trap.outcome.message)
      if (isRefusal(error)) throw linkErrors.link(name, error.message, error)
      throw error
    }
  }

  #realMemoryBytes(): number {
    return this.#room?.bytes() ?? this.#started.target.memory?.buffer.byteLength ?? 0
  }
}

/** An import that is wrong, or, in words that every engine has its own of, whose module nobody has. */
function isRefusal(error: unknown): error is Error {
  return error instanceof WebAssembly.LinkError || (error instanceof TypeError && /import/i.test(error.message))
}
