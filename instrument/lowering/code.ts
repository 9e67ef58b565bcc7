// Machine code as bytes: what the lowering puts in place of the instructions that name the target's memory.
import { unsignedLeb } from '../sections/bytes.ts'
import type { Operand } from './accesses.ts'

const TYPE_BYTES: Readonly<Record<Operand, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b }

/** Signed LEB128 of 32 bits. */
function signedLeb(value: number): number[] {
  const out: number[] = []
  for (let rest = value | 0; ; rest >>= 7) {
    const low = rest & 0x7f
    if (rest >> 6 === 0 || rest >> 6 === -1) return [...out, low]
    out.push(low | 0x80)
  }
}

/** Bytes that grow at their end. */
export class CodeWriter {
  #bytes = new Uint8Array(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  append(bytes: Uint8Array | readonly number[]): void {
    const end = this.#length + bytes.length
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(2 * end)
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = larger
    }
    this.#bytes.set(bytes, this.#length)
    this.#length = end
  }

  /** A view, good until more is appended. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }
}

/** Variables that a function gets on top of its own, each made when it is first asked for. */
export class Scratch {
  readonly #first: number
  readonly #indices: Map<string, number> = new Map()
  readonly #types: number[] = []

  /** `first`: how many variables the function has, parameters included. */
  constructor(first: number) {
    this.#first = first
  }

  /** The variable of that type and number. */
  local(type: Operand, number = 0): number {
    const key = `${type} ${number}`
    let index = this.#indices.get(key)
    if (index === undefined) {
      index = this.#first + this.#types.length
      this.#indices.set(key, index)
      this.#types.push(TYPE_BYTES[type])
    }
    return index
  }

  /** Declarations for the head of the function, one a variable. */
  declarations(): number[][] {
    return this.#types.map((type) => [1, type])
  }
}

// ── instructions ────────────────────────────────────────────────────────────────────────────────────────────────────

export const get = (local: number): number[] => [0x20, ...unsignedLeb(local)]
export const set = (local: number): number[] => [0x21, ...unsignedLeb(local)]
export const tee = (local: number): number[] => [0x22, ...unsignedLeb(local)]
export const i32 = (value: number): number[] => [0x41, ...signedLeb(value)]
/** A constant below 2^53 that is not negative. */
export const i64 = (value: number): number[] => {
  const bytes = unsignedLeb(value)
  // The sign is the second highest bit of the last byte.
  return bytes.at(-1)! & 0x40 ? [0x42, ...bytes.slice(0, -1), bytes.at(-1)! | 0x80, 0] : [0x42, ...bytes]
}
export const loadWord = (address: number): number[] => [...i32(0), 0x28, 2, ...unsignedLeb(address)]
export const loadWordAsLong = (address: number): number[] => [...i32(0), 0x35, 2, ...unsignedLeb(address)]

export const OP = {
  unreachable: 0x00,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  drop: 0x1a,
  add: 0x6a,
  and: 0x71,
  sub: 0x6b,
  shl: 0x74,
  shrU: 0x76,
  gtU: 0x4b,
  leU: 0x4d,
  addLong: 0x7c,
  gtULong: 0x56,
  extendU: 0xad,
  nothing: 0x40,
  i32: 0x7f,
  storeWord: 0x36,
} as const

/** An access that lies beyond every memory: the trap that the standard asks for, in the words of the engine at hand. */
export const TRAP: readonly number[] = [...i32(0), 0x28, 0, ...unsignedLeb(0xffff_ffff), OP.drop]
/** Traps where the top of the stack is not zero. */
export const TRAP_IF: readonly number[] = [OP.if, OP.nothing, ...TRAP, OP.end]
