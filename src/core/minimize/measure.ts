// Runs many inputs once each, in several workers, and tells of each what it reached. An input that hangs or kills its
// worker is a result like the others, and the inputs that were with it are run again.

import { MEASURE_INPUTS_MAX } from '../limits.ts'
import type { Measured } from '../worker/protocol.ts'
import { openRunner, type RunnerOptions } from '../worker/runner.ts'
import { WorkerLost, type SupervisedWorker } from '../worker/supervised-worker.ts'

export interface MeasureOptions extends RunnerOptions {
  readonly workers: number
  /** Ends the work early; inputs under way are not told of. */
  readonly signal: AbortSignal | null
}

/** Something with bytes to run; what else it is, the caller knows. */
export interface Measurable {
  readonly bytes: Uint8Array
}

/** Takes inputs as workers ask for them, and calls `tell` once for each, in no particular order. */
export async function measureInputs<Input extends Measurable>(
  options: MeasureOptions,
  inputs: Iterator<Input>,
  tell: (input: Input, measured: Measured) => void,
): Promise<void> {
  const runners = Array.from({ length: Math.max(1, options.workers) }, () => new Runner(options, inputs, tell))
  const stop = (): void => runners.forEach((runner) => void runner.close())
  options.signal?.addEventListener('abort', stop)
  try {
    await Promise.all(runners.map((runner) => runner.run()))
  } finally {
    options.signal?.removeEventListener('abort', stop)
    await Promise.all(runners.map((runner) => runner.close()))
  }
}

class Runner<Input extends Measurable> {
  readonly #options: MeasureOptions
  readonly #inputs: Iterator<Input>
  readonly #tell: (input: Input, measured: Measured) => void
  #worker: SupervisedWorker | null = null

  constructor(options: MeasureOptions, inputs: Iterator<Input>, tell: (input: Input, measured: Measured) => void) {
    this.#options = options
    this.#inputs = inputs
    this.#tell = tell
  }

  async run(): Promise<void> {
    for (;;) {
      const batch = this.#take()
      if (batch.length === 0) return
      try {
        await this.#measure(batch)
      } catch (error) {
        if (!(error instanceof WorkerLost)) throw error
        if (this.#stopped) return
        await this.close()
        await this.#alone(batch)
      }
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }

  get #stopped(): boolean {
    return this.#options.signal?.aborted === true
  }

  #take(): Input[] {
    const batch: Input[] = []
    while (batch.length < MEASURE_INPUTS_MAX && !this.#stopped) {
      const next = this.#inputs.next()
      if (next.done) break
      batch.push(next.value)
    }
    return batch
  }

  /** Leaves in `batch` what has not been told when it throws. */
  async #measure(batch: Input[]): Promise<void> {
    while (batch.length > 0 && !this.#stopped) {
      const worker = (this.#worker ??= await openRunner(this.#options))
      const bytes = batch.map((input) => input.bytes)
      const { measured } = await worker.call((api) => api.measure(bytes))
      for (const result of measured) this.#tell(batch.shift() as Input, result)
    }
  }

  /** One of these lost the worker: one at a time shows which. */
  async #alone(batch: readonly Input[]): Promise<void> {
    for (const input of batch) {
      try {
        await this.#measure([input])
      } catch (error) {
        if (!(error instanceof WorkerLost)) throw error
        if (this.#stopped) return
        await this.close()
        this.#tell(input, { outcome: error.outcome, features: new Uint32Array(0), cost: 0 })
      }
    }
  }
}
