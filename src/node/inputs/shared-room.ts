// Room for many small inputs: an array buffer for each would cost several times what is in it, and a corpus may be a
// hundred thousand files. What lies in a shared buffer is a view; who posts or keeps it for long takes a copy.

/** Gives the bytes that an input of this size is read into. */
export type Room = (bytes: number) => Uint8Array<ArrayBuffer>

const SHARED_BYTES = 64 * 1024
/** Larger inputs have a buffer of their own, so that little of a shared one stays unused. */
const SHARED_INPUT_BYTES_MAX: number = SHARED_BYTES / 8

export const roomOfItsOwn: Room = (bytes) => new Uint8Array(bytes)

export class SharedRoom {
  #buffer: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  #used = 0

  /** The same room again and again, until `keep` says that it is taken. */
  readonly room: Room = (bytes) => {
    if (bytes > SHARED_INPUT_BYTES_MAX) return roomOfItsOwn(bytes)
    if (this.#used + bytes > this.#buffer.length) {
      this.#buffer = new Uint8Array(SHARED_BYTES)
      this.#used = 0
    }
    return this.#buffer.subarray(this.#used, this.#used + bytes)
  }

  /** What was read into the room given last, and stays; anything else has a buffer already. */
  keep(bytes: Uint8Array): Uint8Array {
    if (bytes.buffer === this.#buffer.buffer) this.#used += bytes.length
    return bytes
  }
}
