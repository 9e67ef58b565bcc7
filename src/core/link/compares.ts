// The compares build as the engine gets it: said to exist when a sandbox is opened, linked when the engine first wants an
// instance, and again when one cannot be restored. What goes wrong with it costs the campaign nothing but its help.
import { CONTROL_COMPARES_BYTES, SLOT_COMPARES } from '../../../assembly/abi.ts'
import type { Engine } from '../engine/engine.ts'
import type { PreparedTarget } from '../target/prepared.ts'
import { memoryLayout } from '../engine/features.ts'
import { instrumentedConnector } from './instrumented.ts'
import { compileCompares, type Program } from './program.ts'
import { TargetRoom } from './room.ts'
import { withStackLimit } from './stack.ts'
import { startProgram, type Guard } from './start.ts'

export class ComparesLink {
  readonly #engine: Engine
  readonly #prepared: PreparedTarget
  readonly #shared: boolean
  #program: Program | null = null
  /** Where its memory lies in the engine's; null where it is one of its own. */
  #room: TargetRoom | null = null

  constructor(engine: Engine, prepared: PreparedTarget, shared: boolean) {
    this.#engine = engine
    this.#prepared = prepared
    this.#shared = shared
  }

  /** Tells the engine, before it is ready, what there is: tokens of the module, and compares that can be logged. */
  offer(hasTokens: boolean): void {
    const { module, harness, compareSites } = this.#prepared
    const tokens = new Set(hasTokens ? [...(harness?.map.tokens ?? []), ...module.map.tokens] : [])
    this.#engine.writeStaticTokens([...tokens].map(fromHex))
    this.#engine.exports.setCompares(compareSites)
  }

  /** Links an instance, or lets the engine know that there will be none. Runs start-up code, never the entry. */
  link(guard: Guard): void {
    const engine = this.#engine
    engine.exports.beginCompares()
    try {
      const program = (this.#program ??= this.#compile())
      if (program === null) return engine.exports.comparesRefused()
      const connector = instrumentedConnector(program, engine, SLOT_COMPARES, this.#room)
      withStackLimit(() => startProgram(program, engine, connector, guard))
    } catch {
      return engine.exports.comparesRefused()
    }
    engine.exports.comparesReady()
  }

  #compile(): Program | null {
    if (memoryLayout(this.#prepared.layout) === 'single')
      this.#room ??= TargetRoom.reserve(this.#engine, this.#prepared, CONTROL_COMPARES_BYTES)
    return compileCompares(this.#prepared, this.#shared, this.#room)
  }
}

function fromHex(token: string): Uint8Array {
  return Uint8Array.from(token.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}
