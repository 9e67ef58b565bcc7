// A session that may turn out to be another's: it is begun here, and where its target is not plain it goes on in the complete
// runner, before anything has happened in it.

import type { SessionEvent } from '../../core/campaign/events.ts'
import type { Session } from '../../core/session.ts'
import type { PreparedTarget } from '../../core/target/prepared.ts'

/** All that a session is to who holds it. */
export type RunnerSession = Pick<
  Session,
  'done' | 'target' | 'stop' | 'hasReached' | typeof Symbol.asyncIterator | typeof Symbol.asyncDispose
>

/** Why a session ends here before it began. */
export class NotPlain extends Error {
  readonly target: PreparedTarget

  constructor(target: PreparedTarget) {
    super('the target is not plain')
    this.target = target
  }
}

export class PassedOnSession implements RunnerSession {
  readonly done: Session['done']
  readonly target: Session['target']
  readonly #settled: Promise<RunnerSession>
  #current: RunnerSession
  #isStopped = false

  /** `passOn` goes on with the target where `first` gives up by NotPlain. */
  constructor(first: RunnerSession, passOn: (target: PreparedTarget) => Promise<RunnerSession>) {
    this.#current = first
    this.#settled = first.target.then(
      () => first,
      async (error: unknown) => {
        if (!(error instanceof NotPlain)) return first
        this.#current = await passOn(error.target)
        if (this.#isStopped) this.#current.stop()
        return this.#current
      },
    )
    this.target = this.#settled.then(({ target }) => target)
    this.done = this.#settled.then(({ done }) => done)
    // Who only iterates hears of the failure there.
    this.target.catch(() => {})
    this.done.catch(() => {})
  }

  stop(): void {
    this.#isStopped = true
    this.#current.stop()
  }

  hasReached(edge: number): boolean {
    return this.#current.hasReached(edge)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SessionEvent, void, undefined> {
    yield* await this.#settled
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
    await this.done
  }
}
