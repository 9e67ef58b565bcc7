// Events between a campaign and whoever reads them: bounded, and never a reason for the campaign to wait. When the
// reader is slow, old status and input events go first; findings, warnings and the end are kept.

import type { SessionEvent } from './events.ts'
import { EVENTS_QUEUED_MAX } from '../limits.ts'

/** Events that a later one makes good for. */
const OF_THE_MOMENT: ReadonlySet<string> = new Set(['status', 'input', 'mark'])

export class EventQueue<Event extends { readonly type: string } = SessionEvent> implements AsyncIterable<Event> {
  readonly #events: Event[] = []
  readonly #queuedMax: number
  /** Readers that wait; whoever comes first takes an event, the others wait on. */
  readonly #waiting: (() => void)[] = []
  #closed = false
  #error: unknown = null

  constructor(queuedMax: number = EVENTS_QUEUED_MAX) {
    this.#queuedMax = queuedMax
  }

  push(event: Event): void {
    if (this.#events.length >= this.#queuedMax) this.#dropOne()
    this.#events.push(event)
    this.#wake()
  }

  close(error: unknown = null): void {
    this.#closed = true
    this.#error = error
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined> {
    for (;;) {
      const event = this.#events.shift()
      if (event) yield event
      else if (this.#error) throw this.#error
      else if (this.#closed) return
      else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }

  #dropOne(): void {
    const index = this.#events.findIndex((event) => OF_THE_MOMENT.has(event.type))
    this.#events.splice(Math.max(0, index), 1)
  }
}
