// A corpus may be a hundred thousand small files. An array buffer for each costs several times what is in it, and a path
// for each as much again; so small inputs share buffers, and a path is put together when somebody asks for it.

import type { SeedInput } from '../core/campaign/corpus.ts'

const SHARED_BUFFER_BYTES = 64 * 1024
/** Larger inputs have a buffer of their own, so that little of a shared one stays unused. */
const SHARED_INPUT_BYTES_MAX: number = SHARED_BUFFER_BYTES / 8

class PackedSeed implements SeedInput {
  readonly #folder: string
  readonly #file: string
  readonly #buffer: ArrayBuffer
  readonly #start: number
  readonly #length: number

  constructor(folder: string, file: string, bytes: Uint8Array<ArrayBuffer>) {
    this.#folder = folder
    this.#file = file
    this.#buffer = bytes.buffer
    this.#start = bytes.byteOffset
    this.#length = bytes.length
  }

  get name(): string {
    return this.#folder + this.#file
  }

  /** A view of a buffer that other inputs may share: who keeps or posts it takes a copy. */
  get bytes(): Uint8Array {
    return new Uint8Array(this.#buffer, this.#start, this.#length)
  }
}

export class SeedPacker {
  #shared: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  #used = 0

  /** Room for one input; what is not taken by `pack` is given again. */
  room(bytes: number): Uint8Array<ArrayBuffer> {
    if (bytes > SHARED_INPUT_BYTES_MAX) return new Uint8Array(bytes)
    if (this.#used + bytes > this.#shared.length) {
      this.#shared = new Uint8Array(SHARED_BUFFER_BYTES)
      this.#used = 0
    }
    return this.#shared.subarray(this.#used, this.#used + bytes)
  }

  /** The input that was written into the room given last; `folder` ends with a separator. */
  pack(folder: string, file: string, bytes: Uint8Array<ArrayBuffer>): SeedInput {
    if (bytes.buffer === this.#shared.buffer) this.#used += bytes.length
    return new PackedSeed(folder, file, bytes)
  }
}
