// The inputs of a merge, each content once, with the files that hold it. Bytes are read when an input is run, and again
// when it is copied: in between only what it reached is kept.

import { createHash } from 'node:crypto'
import type { JournalEntry } from './journal.ts'
import type { InputFile, Skipped } from '../inputs/input-file.ts'

export interface PooledInput {
  readonly id: string
  /** At least one; those of the corpus that is merged into come first. */
  readonly files: InputFile[]
  /** True for what lies in the corpus that is merged into. */
  readonly isOwn: boolean
  measured: JournalEntry | null
}

/** An input on its way to a worker. */
export interface Unmeasured {
  readonly pooled: PooledInput
  readonly bytes: Uint8Array
}

export class InputPool {
  readonly inputs: Map<string, PooledInput> = new Map()
  readonly skipped: Skipped
  /** Inputs that are longer than the largest, and are run and kept cut short. */
  cut = 0
  /** Inputs that an earlier merge had measured. */
  resumed = 0
  readonly #inputMax: number

  constructor(inputMax: number, skipped: Skipped) {
    this.#inputMax = inputMax
    this.skipped = skipped
  }

  /** Reads files one after the other; yields what `known` does not have. */
  *unmeasured(
    own: readonly InputFile[],
    others: readonly InputFile[],
    known: ReadonlyMap<string, JournalEntry>,
  ): Generator<Unmeasured> {
    for (const [files, isOwn] of [[own, true] as const, [others, false] as const]) {
      for (const file of files) {
        const whole = this.skipped.read(file)
        if (whole === null) continue
        if (whole.length > this.#inputMax) this.cut++
        const bytes = whole.subarray(0, this.#inputMax)
        const pooled = this.#add(file, bytes, isOwn)
        if (pooled.files.length > 1) continue
        pooled.measured = known.get(pooled.id) ?? null
        if (pooled.measured === null) yield { pooled, bytes }
        else this.resumed++
      }
    }
  }

  /** The bytes again, from the first file that still holds them; null where none does. */
  bytesOf(pooled: PooledInput): Uint8Array | null {
    for (const file of pooled.files) {
      const bytes = this.#again(file)
      if (bytes !== null && sha1Of(bytes) === pooled.id) return bytes
    }
    return null
  }

  /** False for a file that has changed since it was run. */
  holds(file: InputFile, pooled: PooledInput): boolean {
    const bytes = this.#again(file)
    return bytes !== null && sha1Of(bytes) === pooled.id
  }

  #again(file: InputFile): Uint8Array | null {
    return this.skipped.read(file)?.subarray(0, this.#inputMax) ?? null
  }

  #add(file: InputFile, bytes: Uint8Array, isOwn: boolean): PooledInput {
    const id = sha1Of(bytes)
    let pooled = this.inputs.get(id)
    if (!pooled) {
      pooled = { id, files: [], isOwn, measured: null }
      this.inputs.set(id, pooled)
    }
    pooled.files.push(file)
    return pooled
  }
}

function sha1Of(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex')
}
