// What a program under exploration calls, written as plain functions of TypeScript: draws from a stream that can be
// reseeded in the middle, and marks. It counts both, and tells whoever listens of each mark before it counts.

import type { MarkKind, MarkName, MarkState } from '../../../src/core/explore/timelines.ts'

/** Thrown by a program that fails in a way of its own. */
export class ScriptedTrap extends Error {
  readonly trap: 'unreachable' | 'timeout' | 'memory-limit'

  constructor(trap: ScriptedTrap['trap'], message: string) {
    super(message)
    this.trap = trap
  }
}

export interface Met {
  readonly id: string
  readonly name: MarkName
  /** Of a comparison the left side, of `sometimesAll` how many hold, else 1 where the condition holds. */
  readonly value: bigint
  readonly passes: boolean
  readonly quality: readonly bigint[]
  readonly details: string
}

export type Program = (simulation: Simulation) => void

/** Hears of each mark, in the middle of the program. */
export type Listener = (met: Met, simulation: Simulation) => void

/** Small, fast, and a function of its seed: sfc32, seeded through 64 bits of splitmix. */
export class Simulation {
  draws = 0
  markCalls = 0
  /** All draws since the start, reseeds or not: what this costs. */
  fuel = 0
  /** What a memory would hold: programs write their state here. */
  readonly memory: number[] = []
  readonly #listen: Listener
  readonly #beforeDraw: (simulation: Simulation) => void
  #a = 0
  #b = 0
  #c = 0
  #counter = 1

  constructor(seed: bigint, listen: Listener, beforeDraw: (simulation: Simulation) => void = () => {}) {
    this.#listen = listen
    this.#beforeDraw = beforeDraw
    this.reseed(seed)
  }

  reseed(seed: bigint): void {
    this.#a = Number(seed & 0xffff_ffffn) | 0
    this.#b = Number((seed >> 32n) & 0xffff_ffffn) | 0
    this.#c = 0x9e37_79b9 | 0
    this.#counter = 1
    for (let round = 0; round < 12; round++) this.#next()
    this.draws = 0
    this.markCalls = 0
  }

  u32(): number {
    this.#beforeDraw(this)
    this.draws++
    this.fuel++
    return this.#next() >>> 0
  }

  below(most: number): number {
    return Math.floor((this.u32() / 2 ** 32) * most)
  }

  f64(): number {
    return this.u32() / 2 ** 32
  }

  always(condition: boolean, message: string, details = ''): void {
    this.#mark('always', message, condition, { details })
  }

  unreachable(message: string, details = ''): void {
    this.#mark('unreachable', message, true, { details })
  }

  sometimes(condition: boolean, message: string): void {
    this.#mark('sometimes', message, condition)
  }

  reachable(message: string): void {
    this.#mark('reachable', message, true)
  }

  sometimesGt(left: number, right: number, message: string): void {
    this.#mark('sometimes-gt', message, left > right, { value: BigInt(left) })
  }

  sometimesLt(left: number, right: number, message: string): void {
    this.#mark('sometimes-lt', message, left < right, { value: BigInt(left) })
  }

  alwaysLe(left: number, right: number, message: string): void {
    this.#mark('always-le', message, left <= right, { value: BigInt(left) })
  }

  sometimesAll(conditions: readonly boolean[], message: string): void {
    const value = BigInt(conditions.filter(Boolean).length)
    this.#mark('sometimes-all', message, conditions.every(Boolean), { value })
  }

  each(message: string, keys: readonly number[], quality: readonly number[] = []): void {
    this.#mark('each', message, true, { keys: keys.map(BigInt), quality: quality.map(BigInt) })
  }

  #mark(
    kind: MarkKind,
    message: string,
    passes: boolean,
    more: { value?: bigint; keys?: bigint[]; quality?: bigint[]; details?: string } = {},
  ): void {
    this.markCalls++
    const { value = passes ? 1n : 0n, keys = [], quality = [], details = '' } = more
    const name = { kind, message, keys }
    this.#listen({ id: idOf(name), name, value, passes, quality, details }, this)
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum
  }
}

const IDS = new Map<string, string>()

/** 64 bits over kind, message and keys, in hex. */
export function idOf({ kind, message, keys }: MarkName): string {
  const text = `${kind}|${message}|${keys.join(',')}`
  let id = IDS.get(text)
  if (id === undefined) {
    let hash = 0xcbf2_9ce4_8422_2325n
    for (const character of text) {
      hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0)!)) * 0x100_0000_01b3n)
    }
    id = hash.toString(16).padStart(16, '0')
    IDS.set(text, id)
  }
  return id
}

/** A mark of which nothing is known. */
export function unseen(id: string, name: MarkName): MarkState {
  return { id, name, discovered: false, passes: 0, fails: 0, watermark: null, frontier: 0, quality: [] }
}
