// A trap that the sandbox caught: plain to drop when it repeats one that is known, worked out only when somebody asks.
import { TRAP_PLACES_MAX } from './limits.ts'
import type { ReadTrap } from './link/trap-reader.ts'
import type { Outcome, TrapKind } from './outcome.ts'

/** A trap that ended a run; `key` and `outcome` are worked out when they are read, because most traps are duplicates. */
export interface CaughtTrap {
  readonly kind: TrapKind
  /** Equal for traps of the same kind at the same place: cheap, and enough to drop duplicates. */
  readonly key: string
  readonly input: Uint8Array
  readonly outcome: Outcome
}

export class SandboxTrap implements CaughtTrap {
  readonly #read: ReadTrap
  readonly input: Uint8Array
  readonly #path: string
  readonly #places: Map<string, string>
  /** In the compares build, of an input that the other one has run; or in a mutator of the target's. No input trapped. */
  readonly isAside: boolean

  constructor(read: ReadTrap, input: Uint8Array, path: string, places: Map<string, string>, isAside: boolean) {
    this.isAside = isAside
    this.#read = read
    this.input = input
    this.#path = path
    this.#places = places
  }

  get kind(): TrapKind {
    return this.#read.kind
  }

  get isExit0(): boolean {
    return this.#read.isExit0
  }

  get key(): string {
    let place = this.#places.get(this.#path)
    if (place === undefined) {
      place = this.#read.place
      if (this.#places.size >= TRAP_PLACES_MAX) this.#places.clear()
      this.#places.set(this.#path, place)
    }
    return place
  }

  get outcome(): Outcome {
    return this.#read.outcome
  }
}
