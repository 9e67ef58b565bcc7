// A campaign as its user holds it: an async iterable of events, a promise of the report, and a way to stop.

// Said in the declarations too, for programs that are compiled without it.
/// <reference lib="esnext.disposable" preserve="true" />

import { Coordinator, type CampaignOptions } from './campaign/coordinator.ts'
import { EventQueue } from './campaign/event-queue.ts'
import type { CoverageMap } from './campaign/coverage-map.ts'
import type { EndEvent, SessionEvent } from './campaign/events.ts'
import type { PreparedTarget } from './target/prepared.ts'

/** All of a campaign's options but those that the session itself provides. */
export type SessionOptions = Omit<CampaignOptions, 'emit' | 'signal'>

export class Session implements AsyncIterable<SessionEvent> {
  /** The end event; rejects with a FuzzboxError when the campaign could not run. */
  readonly done: Promise<EndEvent>
  /** The target as it was prepared: its map and its bytes, for reports. */
  readonly target: Promise<PreparedTarget>
  #coverage: CoverageMap | null = null
  readonly #queue: EventQueue = new EventQueue()
  readonly #abort: AbortController = new AbortController()

  /** `open` prepares what the campaign needs; it may fail, and then so does the session. */
  constructor(open: () => Promise<SessionOptions>, signal: AbortSignal | null = null) {
    const signals = signal ? [signal, this.#abort.signal] : [this.#abort.signal]
    const opened = open()
    this.target = opened.then((options) => options.target)
    this.done = this.#run(opened, AbortSignal.any(signals))
    // Who only iterates hears of the failure there.
    this.target.catch(() => {})
    this.done.catch(() => {})
  }

  /** Ends the campaign after the slice under way; `done` settles a moment later. */
  stop(): void {
    this.#abort.abort()
  }

  /** True for an edge of the target's map that some input has reached so far. */
  hasReached(edge: number): boolean {
    return this.#coverage?.hasReached(edge) ?? false
  }

  [Symbol.asyncIterator](): AsyncIterator<SessionEvent> {
    return this.#queue[Symbol.asyncIterator]()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
    await this.done
  }

  async #run(opened: Promise<SessionOptions>, signal: AbortSignal): Promise<EndEvent> {
    try {
      const options = await opened
      const coordinator = new Coordinator({ ...options, signal, emit: (event) => this.#queue.push(event) })
      this.#coverage = coordinator.coverage
      const end = await coordinator.run()
      this.#queue.close()
      return end
    } catch (error) {
      this.#queue.close(error)
      throw error
    }
  }
}
