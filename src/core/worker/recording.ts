// The flight recorder: what the host reads of a worker through the engine's shared memory, at any time and without being
// answered, also when the worker hangs or is dead. The engine writes down each input before it runs it.
//
//   control block   phase        whether a call of the target is under way: without one there is no input to speak of
//                   executions   moves while the worker gets on
//                   length       of the input at INPUT_BASE
//
// A worker has two engines at most, the campaign's and the one in which findings are looked at, and runs one at a time:
// the one with a call under way is the one that is meant.

import {
  CONTROL_EXECUTIONS,
  CONTROL_INPUT_LENGTH,
  CONTROL_PHASE,
  INPUT_BASE,
  INPUT_MAX,
  PHASE_IDLE,
} from '../../../assembly/abi.ts'

export class Recording {
  #views: readonly DataView[] = []

  /** Takes another engine's memory into account; null where it is not shared. */
  add(memory: SharedArrayBuffer | null): void {
    if (memory && !this.#views.some((view) => view.buffer === memory)) {
      this.#views = [...this.#views, new DataView(memory)]
    }
  }

  /** Engines that are being recorded. */
  get count(): number {
    return this.#views.length
  }

  /** Executions begun in all engines; null where nothing is recorded. */
  get executions(): bigint | null {
    if (this.#views.length === 0) return null
    return this.#views.reduce((sum, view) => sum + view.getBigUint64(CONTROL_EXECUTIONS, true), 0n)
  }

  /** A copy of the input of the execution under way; null where none is, or nothing is recorded. */
  input(): Uint8Array | null {
    const view = this.#views.find((candidate) => candidate.getUint32(CONTROL_PHASE, true) !== PHASE_IDLE)
    if (!view) return null
    const length = Math.min(view.getUint32(CONTROL_INPUT_LENGTH, true), INPUT_MAX)
    return new Uint8Array(new Uint8Array(view.buffer, INPUT_BASE, length))
  }

  /** Lets go of the memories: they are large, and the worker may be long gone. */
  forget(): void {
    this.#views = []
  }
}
