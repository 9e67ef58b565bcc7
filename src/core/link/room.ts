// Where a target's memory lies in the engine's, in the layout with one memory.
import { PAGE_BYTES } from '../../../assembly/abi.ts'
import { lowerToOneMemory, type Placement } from '../../../instrument/lowering/lower.ts'
import type { Engine } from '../engine/engine.ts'
import type { PreparedTarget } from '../target/prepared.ts'

export class TargetRoom {
  readonly #engine: Engine
  readonly #place: Placement

  private constructor(engine: Engine, place: Placement) {
    this.#engine = engine
    this.#place = place
  }

  /**
   * Room for as much as the target's memory may ever hold; null where it has none. `sizeWord` is the word of the control
   * block that holds its present size. Throws E_ENGINE_MEMORY.
   */
  static reserve(engine: Engine, { module }: PreparedTarget, sizeWord: number): TargetRoom | null {
    if (module.map.memory === null) return null
    const { pagesInitial, pagesMax } = module.map.memory
    return new TargetRoom(engine, {
      base: engine.reservePages(pagesMax),
      sizeWord,
      bytesInitial: pagesInitial * PAGE_BYTES,
      bytesMax: pagesMax * PAGE_BYTES,
    })
  }

  /** A module, the target or its harness, that finds the target's memory here. */
  lower(wasm: Uint8Array): Uint8Array {
    return lowerToOneMemory(wasm, this.#place)
  }

  /** Bytes that the memory has at present. */
  bytes(): number {
    return this.#engine.word(this.#place.sizeWord)
  }

  /** What an instance that is about to come finds: zeros, as many as its module declares. */
  clear(): void {
    const { base, sizeWord, bytesInitial } = this.#place
    this.#engine.bytes().fill(0, base, base + this.bytes())
    this.#engine.setWord(sizeWord, bytesInitial)
  }
}
