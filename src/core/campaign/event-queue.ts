// Events between a campaign and whoever reads them: bounded, and never a reason for the campaign to wait. When the
// reader is slow, old status and input events go first; findings, warnings and the end are kept.

import type { SessionEvent } from './events.ts'
import { EVENTS_QUEUED_MAX } from '../limits.ts'

export class EventQueue implements AsyncIterable<SessionEvent> {
  readonly #events: SessionEvent[] = []
  readonly #queuedMax: number
  #wake: (() => void) | null = null
  #closed = false
  #error: unknown = null

  constructor(queuedMax: number = EVENTS_QUEUED_MAX) {
    this.#queuedMax = queuedMax
  }

  push(event: SessionEvent): void {
    if (this.#events.length >= this.#queuedMax) this.#dropOne()
    this.#events.push(event)
    this.#wake?.()
  }

  close(error: unknown = null): void {
    this.#closed = true
    this.#error = error
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SessionEvent, void, undefined> {
    for (;;) {
      const event = this.#events.shift()
      if (event) yield event
      else if (this.#error) throw this.#error
      else if (this.#closed) return
      else {
        await new Promise<void>((resolve) => (this.#wake = resolve))
        this.#wake = null
      }
    }
  }

  #dropOne(): void {
    const index = this.#events.findIndex((event) => event.type === 'status' || event.type === 'input')
    this.#events.splice(Math.max(0, index), 1)
  }
}
