// One worker under watch. Every call ends: with an answer, with the worker's death, or with the watchdog, which
// terminates a worker that has been in one and the same execution for too long.
//
//   call ──► answer                                       the usual way
//        ├─► died                                         WorkerLost(error | memory | exit)
//        └─► every half watchdog: probe ─► it moved: wait
//                                       └► it did not:    terminate, WorkerLost(hang, last input)

import { FuzzboxError } from '../errors.ts'
import type { Trap } from '../outcome.ts'
import type { Reply, WorkerApi, WorkerDeath, WorkerLink } from './protocol.ts'

export class WorkerLost extends Error {
  readonly reason: 'hang' | WorkerDeath['reason']
  /** What was running, where that could be read. */
  readonly input: Uint8Array | null

  constructor(reason: 'hang' | WorkerDeath['reason'], message: string, input: Uint8Array | null) {
    super(message)
    this.name = 'WorkerLost'
    this.reason = reason
    this.input = input
  }

  /** What its last execution is taken for. */
  get outcome(): Trap {
    const trap = this.reason === 'memory' ? 'memory-limit' : 'timeout'
    return { kind: 'trap', trap, message: `${this.message}: the worker was replaced`, frames: [] }
  }
}

export class SupervisedWorker {
  readonly #link: WorkerLink
  readonly #watchdogMs: number
  /** Fails a call that waits; several may, and the worker answers them in their order. */
  readonly #waiting: Set<(lost: WorkerLost) => void> = new Set()
  #lost: WorkerLost | null = null

  constructor(link: WorkerLink, watchdogMs: number) {
    this.#link = link
    this.#watchdogMs = watchdogMs
    // Registered once: a `then` on this promise for each call would never be released.
    void link.died.then((death) => this.#lose(new WorkerLost(death.reason, death.message, null)))
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
        ask(this.#link.api).then(resolve, reject)
      })
      if (reply.ok) return reply.value
      if (reply.error.code !== 'E_INTERNAL') throw new FuzzboxError(reply.error.code, reply.error.message)
      throw this.#lose(new WorkerLost('error', reply.error.message, reply.input))
    } finally {
      this.#waiting.delete(fail)
      stopWatching()
    }
  }

  async terminate(): Promise<void> {
    this.#lose(new WorkerLost('exit', 'it was terminated', null))
    await this.#link.terminate()
  }

  #lose(lost: WorkerLost): WorkerLost {
    this.#lost ??= lost
    for (const fail of this.#waiting) fail(this.#lost)
    return this.#lost
  }

  #watch(patienceMs: number): () => void {
    let last: number | null | undefined
    let watching = true
    const look = async (): Promise<void> => {
      const probe = await this.#link.probe()
      if (!watching) return
      const executions = probe?.executions ?? null
      if (executions === last) {
        const message = `one execution did not end within ${patienceMs / 1_000} s`
        this.#lose(new WorkerLost('hang', message, probe?.input ?? null))
        await this.#link.terminate()
        return
      }
      last = executions
      timer = setTimeout(look, patienceMs / 2)
    }
    let timer = setTimeout(look, patienceMs / 2)
    return () => {
      watching = false
      clearTimeout(timer)
    }
  }
}
