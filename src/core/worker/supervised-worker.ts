// One worker under watch. Every call ends: with an answer, with the worker's death, or with the watchdog, which
// terminates a worker that has been in one and the same execution for too long.
//
//   call ──► answer                                       the usual way
//        ├─► something that is no answer                  terminate, WorkerLost(garbage)
//        ├─► died                                         WorkerLost(error | memory | exit, last input)
//        └─► every half watchdog: recording ─► it moved: wait
//                                           └► it did not: terminate, WorkerLost(hang, last input)
//
// The last input comes from the flight recorder (recording.ts), where there is one.

import { FuzzboxError } from '../errors.ts'
import type { Trap, TrapKind } from '../outcome.ts'
import type { OpenReply, Reply, WorkerApi, WorkerDeath, WorkerLink, WorkerStart } from './protocol.ts'
import { Recording } from './recording.ts'
import { checked } from './replies.ts'

/**
 * Beside its own deaths: it hangs, it answers what is no answer, it reports a bug of ours, or we have ended it.
 */
export type LossReason = WorkerDeath['reason'] | 'hang' | 'garbage' | 'internal' | 'terminated'

/** Losses of which nobody can say that the target had no part in them. */
const BY_TARGET: ReadonlySet<LossReason> = new Set(['hang', 'memory', 'exit', 'error'])

export class WorkerLost extends Error {
  readonly reason: LossReason
  /** What was running, where that could be read. */
  readonly input: Uint8Array | null
  /** Nothing had been asked of it. */
  readonly isIdle: boolean
  /** What it printed to its standard error in the end. */
  readonly lastWords: string

  constructor(
    reason: LossReason,
    message: string,
    input: Uint8Array | null,
    { isIdle = false, lastWords = '' }: { isIdle?: boolean; lastWords?: string } = {},
  ) {
    super(message)
    this.name = 'WorkerLost'
    this.reason = reason
    this.input = input
    this.isIdle = isIdle
    this.lastWords = lastWords
  }

  /** False for losses that are ours alone. */
  get isByTarget(): boolean {
    return BY_TARGET.has(this.reason)
  }

  /** What its last execution is taken for. */
  get outcome(): Trap {
    const kinds: Partial<Record<LossReason, TrapKind>> = { hang: 'timeout', memory: 'memory-limit' }
    const trap = kinds[this.reason] ?? 'worker-lost'
    return { kind: 'trap', trap, message: `${this.message}: the worker was replaced`, frames: [] }
  }
}

export class SupervisedWorker {
  readonly #link: WorkerLink
  readonly #api: WorkerApi
  readonly #watchdogMs: number
  readonly #recording: Recording = new Recording()
  /** Fails a call that waits; several may, and the worker answers them in their order. */
  readonly #waiting: Set<(lost: WorkerLost) => void> = new Set()
  #lost: WorkerLost | null = null

  constructor(link: WorkerLink, watchdogMs: number) {
    this.#link = link
    this.#api = checked(link.api)
    this.#watchdogMs = watchdogMs
    // Registered once: a `then` on this promise for each call would never be released.
    void link.died.then(({ reason, message, lastWords }) => {
      const isIdle = this.#waiting.size === 0
      this.#lose(new WorkerLost(reason, message, this.#recording.input(), { isIdle, lastWords: lastWords ?? '' }))
    })
  }

  /** Opens the target and begins to record. */
  async open(start: WorkerStart, patienceMs: number): Promise<OpenReply> {
    const opened = await this.call((api) => api.open(start), patienceMs)
    this.#recording.add(opened.memory)
    return opened
  }

  /** The answer's value; throws WorkerLost, or the FuzzboxError that the worker answered with. */
  async call<Value>(
    ask: (api: WorkerApi) => Promise<Reply<Value>>,
    patienceMs: number = this.#watchdogMs,
  ): Promise<Value> {
    if (this.#lost) throw this.#lost
    const stopWatching = this.#watch(patienceMs)
    let fail: (lost: WorkerLost) => void = () => {}
    try {
      const reply = await new Promise<Reply<Value>>((resolve, reject) => {
        fail = reject
        this.#waiting.add(fail)
        // Whatever else goes wrong on the way is as little an answer as one of the wrong shape.
        ask(this.#api).then(resolve, (error: unknown) => reject(this.#giveUp('garbage', messageOf(error), null)))
      })
      if (reply.ok) return reply.value
      if (reply.error.code !== 'E_INTERNAL') throw new FuzzboxError(reply.error.code, reply.error.message)
      throw this.#giveUp('internal', reply.error.message, reply.input)
    } finally {
      this.#waiting.delete(fail)
      stopWatching()
    }
  }

  /** A call that may open the second engine: its memory has to be known before anything runs there. */
  async callAside<Value>(ask: (api: WorkerApi) => Promise<Reply<Value>>): Promise<Value> {
    if (this.#recording.count === 1) this.#recording.add((await this.call((api) => api.aside())).memory)
    return await this.call(ask)
  }

  async terminate(): Promise<void> {
    this.#lose(new WorkerLost('terminated', 'it was terminated', null))
    await this.#link.terminate()
  }

  /** The first loss is the one that counts. */
  #lose(lost: WorkerLost): WorkerLost {
    this.#lost ??= lost
    this.#recording.forget()
    for (const fail of this.#waiting) fail(this.#lost)
    return this.#lost
  }

  /** Loses a worker that is still there. */
  #giveUp(reason: LossReason, message: string, input: Uint8Array | null): WorkerLost {
    const lost = this.#lose(new WorkerLost(reason, message, input))
    void this.#link.terminate()
    return lost
  }

  #watch(patienceMs: number): () => void {
    let last: bigint | null | undefined
    const look = (): void => {
      const { executions } = this.#recording
      if (executions === last) {
        this.#giveUp('hang', `one execution did not end within ${patienceMs / 1_000} s`, this.#recording.input())
        return
      }
      last = executions
      timer = setTimeout(look, patienceMs / 2)
    }
    let timer = setTimeout(look, patienceMs / 2)
    return () => clearTimeout(timer)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
