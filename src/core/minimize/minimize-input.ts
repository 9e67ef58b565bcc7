// One input made smaller while it keeps what it does. The search is the Shrinker's; each candidate is one question to a
// worker, so one that hangs or kills the worker is an answer like the others, and the best so far is always at hand.

import { campaignErrors } from '../campaign/errors.ts'
import { candidatesFor } from '../findings/shrink-typed.ts'
import { Shrinker } from '../findings/shrink.ts'
import type { Measured } from '../worker/protocol.ts'
import { openRunner, type RunnerOptions } from '../worker/runner.ts'
import { WorkerLost, type SupervisedWorker } from '../worker/supervised-worker.ts'
import { goalOf, meets, type Goal } from './goal.ts'

export interface MinimizeOptions extends RunnerOptions {
  /** For an input that returns: keep how often each edge ran as well, in buckets. */
  readonly exact: boolean
  readonly timeMs: number
  /** Executions; null for no limit. */
  readonly runs: number | null
  readonly signal: AbortSignal | null
  /** Told of the goal before the search, and of each input that is better than the one before. */
  readonly onGoal: (goal: Goal) => void
  readonly onBetter: (best: Uint8Array) => void
}

export type MinimizeEnd = 'smallest' | 'time' | 'runs' | 'stopped'

export interface Minimized {
  readonly best: Uint8Array
  /** Null where it was stopped before anything was known. */
  readonly goal: Goal | null
  readonly executions: number
  readonly ended: MinimizeEnd
}

/** Throws E_INPUT_UNSTABLE for an input that does not do the same twice. */
export async function minimizeInput(options: MinimizeOptions, input: Uint8Array): Promise<Minimized> {
  const asker = new Asker(options)
  const stop = (): void => void asker.close()
  options.signal?.addEventListener('abort', stop)
  try {
    return await search(options, asker, input)
  } finally {
    options.signal?.removeEventListener('abort', stop)
    await asker.close()
  }
}

async function search(options: MinimizeOptions, asker: Asker, input: Uint8Array): Promise<Minimized> {
  const startMs = performance.now()
  const first = await asker.ask(input)
  if (first === null) return { best: input, goal: null, executions: 0, ended: 'stopped' }
  const goal = goalOf(first, options.exact)
  options.onGoal(goal)
  const again = await asker.ask(input)
  if (again !== null && !meets(goal, again)) throw campaignErrors.inputUnstable(options.target.name)
  const shrinker = new Shrinker(input, options.runs ?? Number.MAX_SAFE_INTEGER, candidatesFor(options.target.types))
  let ended: MinimizeEnd = 'smallest'
  for (let candidate = shrinker.candidate; candidate !== null; candidate = shrinker.candidate) {
    if (performance.now() - startMs >= options.timeMs) {
      ended = 'time'
      break
    }
    const measured = await asker.ask(candidate)
    if (measured === null) {
      ended = 'stopped'
      break
    }
    const before = shrinker.best
    shrinker.answer(meets(goal, measured))
    if (shrinker.best !== before) options.onBetter(shrinker.best)
  }
  const searched = asker.executions - 2
  if (ended === 'smallest' && options.runs !== null && searched >= options.runs) ended = 'runs'
  return { best: shrinker.best, goal, executions: asker.executions, ended }
}

/** One worker at a time, replaced when it is lost. */
class Asker {
  readonly #options: MinimizeOptions
  #worker: SupervisedWorker | null = null
  executions = 0

  constructor(options: MinimizeOptions) {
    this.#options = options
  }

  /** Null when the search was stopped. */
  async ask(input: Uint8Array): Promise<Measured | null> {
    if (this.#options.signal?.aborted) return null
    try {
      const worker = (this.#worker ??= await openRunner(this.#options))
      const { measured } = await worker.call((api) => api.measure([input]))
      this.executions++
      return measured[0] ?? null
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error
      if (this.#options.signal?.aborted) return null
      this.executions++
      await this.close()
      return { outcome: error.outcome, features: new Uint32Array(0), cost: 0 }
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }
}
