// Tells workers in the middle of a message that something was found elsewhere: what they have not begun is better chosen
// anew. Without shared memory they hear of it with the next message.

import { hasSharedMemory } from '../engine/features.ts'

export class NewsSignal {
  /** Shared with workers; null where there is no such memory. */
  readonly words: Int32Array | null

  constructor(words: Int32Array | null = hasSharedMemory() ? new Int32Array(new SharedArrayBuffer(4)) : null) {
    this.words = words
  }

  /** Changes with everything that is found. */
  get count(): number {
    return this.words === null ? 0 : Atomics.load(this.words, 0)
  }

  raise(): void {
    if (this.words !== null) Atomics.add(this.words, 0, 1)
  }
}
