// A finding that is not told yet: how small its input has become, what that may still cost, and who works on it.

import type { Trap } from '../outcome.ts'
import type { ShrinkReply } from '../worker/protocol.ts'
import type { Met } from './record.ts'

export class PendingFinding implements Met {
  readonly trap: Trap
  readonly key: string
  readonly executions: number
  readonly elapsedMs: number
  readonly isRegression: boolean
  readonly #original: Uint8Array
  /** The shortest so far. */
  input: Uint8Array
  /** What the shrinking job of the present owner began with. */
  start: Uint8Array
  path: string | null
  /** Index of the seat that works on it. */
  owner: number | null = null
  /** A lost worker left it behind: no seat's worker is asked about it. */
  isElsewhere = false
  /** A turn for it is under way. */
  isBusy = false
  losses = 0
  executionsLeft: number
  msLeft: number
  #done: boolean
  #held: number

  /** `limits` null: it is not shrunk. `held` executions are reserved for examining it. */
  constructor(
    met: Met,
    limits: { readonly minimizeMs: number; readonly minimizeRuns: number } | null,
    path: string | null,
    held: number,
  ) {
    this.trap = met.trap
    this.key = met.key
    this.executions = met.executions
    this.elapsedMs = met.elapsedMs
    this.#original = met.input
    this.input = met.input
    this.start = met.input
    this.path = path
    this.isRegression = path !== null
    this.executionsLeft = limits?.minimizeRuns ?? 0
    this.msLeft = limits?.minimizeMs ?? 0
    this.#done = limits === null
    this.#held = held
  }

  get mayShrink(): boolean {
    return !this.#done && this.executionsLeft > 0 && this.msLeft > 0
  }

  shrunk(reply: ShrinkReply, ms: number): void {
    this.input = reply.input
    this.executionsLeft -= reply.executions
    this.msLeft -= ms
    this.#done ||= reply.done
  }

  /** The shrunk input did something else when it was examined. False where there is no other input to fall back to. */
  backToOriginal(): boolean {
    if (this.input === this.#original) return false
    this.input = this.#original
    this.#done = true
    return true
  }

  /** Whoever takes it up next goes on from the shortest. */
  workerLost(): void {
    this.isBusy = false
    this.owner = null
    this.start = this.input
    this.losses++
  }

  /** The executions that were reserved for it, once. */
  takeHeld(): number {
    const held = this.#held
    this.#held = 0
    return held
  }
}
