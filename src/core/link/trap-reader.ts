// Reads a caught exception and the control block into a trap. The stack is parsed only when somebody wants the frames:
// most traps repeat one that is known.
import {
  CONTROL_DETAIL,
  CONTROL_MESSAGE,
  CONTROL_MESSAGE_BYTES,
  CONTROL_REASON,
  REASON_EXIT,
} from '../../../assembly/abi.ts'
import type { Engine } from '../engine/engine.ts'
import { MESSAGE_CHARACTERS_MAX } from '../limits.ts'
import type { Outcome, TrapKind } from '../outcome.ts'
import { printable } from '../printable.ts'
import { readFrames, type ModuleKeys } from './frames.ts'
import type { Program } from './program.ts'
import { placeOf } from './stack.ts'
import { classify, type Classified } from './traps.ts'

export interface ReadTrap {
  readonly kind: TrapKind
  /** The way out of a program that ended well. */
  readonly isExit0: boolean
  /** Equal for traps of the same kind at the same place. */
  readonly place: string
  readonly outcome: Outcome
}

export class TrapReader {
  readonly #engine: Engine
  #keys: ModuleKeys = { engine: '', target: '' }

  constructor(engine: Engine) {
    this.#engine = engine
  }

  set keys(keys: ModuleKeys) {
    this.#keys = keys
  }

  /** To be called before the engine recovers. Null for an exception that is no trap. */
  read(error: unknown, program: Program): ReadTrap | null {
    const engine = this.#engine
    const reason = engine.word(CONTROL_REASON)
    const detail = engine.word(CONTROL_DETAIL)
    const classified = classify(error, { reason, detail, message: this.#message() }, (index) =>
      importName(program, index),
    )
    if (classified === null) return null
    return new LazyTrap(classified, error, reason === REASON_EXIT && detail === 0, program, this.#keys)
  }

  /** After a trap that the engine does not recover from. */
  clear(): void {
    for (const word of [CONTROL_REASON, CONTROL_DETAIL, CONTROL_MESSAGE_BYTES]) this.#engine.setWord(word, 0)
  }

  #message(): string {
    const engine = this.#engine
    const bytes = engine.word(CONTROL_MESSAGE_BYTES)
    if (bytes === 0) return ''
    const start = engine.word(CONTROL_MESSAGE)
    return printable(new TextDecoder().decode(engine.bytes().slice(start, start + bytes)), MESSAGE_CHARACTERS_MAX)
  }
}

class LazyTrap implements ReadTrap {
  readonly kind: TrapKind
  readonly isExit0: boolean
  readonly #message: string
  readonly #error: unknown
  readonly #program: Program
  readonly #keys: ModuleKeys
  #outcome: Outcome | null = null

  constructor({ kind, message }: Classified, error: unknown, isExit0: boolean, program: Program, keys: ModuleKeys) {
    this.kind = kind
    this.isExit0 = isExit0
    this.#message = message
    this.#error = error
    this.#program = program
    this.#keys = keys
  }

  get place(): string {
    return `${this.kind} ${placeOf(this.#stack())}`
  }

  get outcome(): Outcome {
    this.#outcome ??= {
      kind: 'trap',
      trap: this.kind,
      message: this.#message,
      frames: readFrames(this.#stack(), this.#program, this.#keys),
    }
    return this.#outcome
  }

  /** A WebAssembly.Exception has no stack in most engines. */
  #stack(): string {
    const stack = (this.#error as { stack?: unknown } | null)?.stack
    return typeof stack === 'string' ? stack : ''
  }
}

/** Target and harness number their imports apart; the first that has a stub of that number is meant. */
function importName(program: Program, index: number): string {
  for (const module of [program.target, program.harness]) {
    const item = module?.map.imports[index]
    if (item?.kind === 'stub') return `${item.module}.${item.name}`
  }
  return `number ${index}`
}
