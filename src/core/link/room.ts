// Where a target's memory lies in the engine's, in the layout with one memory.
import { PAGE_BYTES } from '../../../assembly/abi.ts'
import { lowerToOneMemory, type Placement } from '../../../instrument/lowering/lower.ts'
import type { Engine } from '../engine/engine.ts'
import { hasBottomTypes } from '../engine/features.ts'
import type { PreparedTarget } from '../target/prepared.ts'

export class TargetRoom {
  readonly #engine: Engine
  /** Null where the target has no memory. */
  readonly #place: Placement | null

  private constructor(engine: Engine, place: Placement | null) {
    this.#engine = engine
    this.#place = place
  }

  /**
   * Room for as much as the target's memory may ever hold. `sizeWord` is the word of the control block that holds its
   * present size. Throws E_ENGINE_MEMORY.
   */
  static reserve(engine: Engine, { module }: PreparedTarget, sizeWord: number): TargetRoom {
    if (module.map.memory === null) return new TargetRoom(engine, null)
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
    return lowerToOneMemory(wasm, this.#place, !hasBottomTypes())
  }

  /** Bytes that the memory has at present. */
  bytes(): number {
    return this.#place === null ? 0 : this.#engine.word(this.#place.sizeWord)
  }

  /** What an instance that is about to come finds: zeros, as many as its module declares. */
  clear(): void {
    if (this.#place === null) return
    const { base, sizeWord, bytesInitial } = this.#place
    this.#engine.bytes().fill(0, base, base + this.bytes())
    this.#engine.setWord(sizeWord, bytesInitial)
  }
}
