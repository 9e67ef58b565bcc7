// Runs given inputs, each once or a few times, without fuzzing: the way back from a finding's file to its trap.

import { keyOf } from './findings/finding.ts'
import { isPrepared, prepareRequestOf, timeoutMsOf, type FuzzOptions } from './fuzz.ts'
import { REPRODUCE_RUNS, patienceMsOf } from './limits.ts'
import type { Runtime } from './runtime.ts'
import { recordOf } from './findings/record.ts'
import type { FindingRecord, SeedInput } from './campaign/corpus.ts'
import type { Outcome, Trap } from './outcome.ts'
import type { PreparedTarget } from './target/prepared.ts'
import type { ExamineReply } from './worker/protocol.ts'
import { openRunner, type RunnerOptions } from './worker/runner.ts'
import { WorkerLost, type SupervisedWorker } from './worker/supervised-worker.ts'

export interface ReplayOptions extends RunnerOptions {
  /** How often each input is run. */
  readonly runs: number
}

/** `replay({ module, inputs, … })`: the options of `fuzz` that decide what an input does. */
export interface ReplayRequest extends Pick<
  FuzzOptions,
  'module' | 'entry' | 'types' | 'harness' | 'imports' | 'limits'
> {
  readonly inputs: readonly (Uint8Array | SeedInput)[]
  /** How often each is run, to see whether it always ends in the same way. */
  readonly runs?: number
}

export interface Replayed {
  readonly input: SeedInput
  readonly outcome: Outcome
  /** Null for an input that lost the worker. */
  readonly examined: ExamineReply | null
  readonly elapsedMs: number
}

/** One result an input, in order; an input that hangs or kills its worker is a result like the others. */
export async function* replayInputs(options: ReplayOptions, inputs: readonly SeedInput[]): AsyncGenerator<Replayed> {
  let worker: SupervisedWorker | null = null
  try {
    for (const input of inputs) {
      worker ??= await openRunner(options)
      const startMs = performance.now()
      const bytes = input.bytes.slice(0, options.target.inputMax)
      try {
        const request = { input: bytes, runs: options.runs, executionsMax: Infinity }
        const examined = await worker.call((api) => api.examine(request))
        yield { input, outcome: examined.outcome, examined, elapsedMs: performance.now() - startMs }
      } catch (error) {
        if (!(error instanceof WorkerLost)) throw error
        await worker.terminate()
        worker = null
        yield { input, outcome: error.outcome, examined: null, elapsedMs: performance.now() - startMs }
      }
    }
  } finally {
    await worker?.terminate()
  }
}

/** Replays in `runtime`; the runtimes export it as `replay`, bound to themselves. */
export async function* replayIn(runtime: Runtime, request: ReplayRequest): AsyncGenerator<Replayed> {
  const { module, inputs, runs = REPRODUCE_RUNS, ...options } = request
  const engine = runtime.engine()
  engine.catch(() => {})
  const target = isPrepared(module) ? module : await runtime.prepare(module, prepareRequestOf(options))
  const named = inputs.map((input, index) => {
    return input instanceof Uint8Array ? { name: `input ${index}`, bytes: input } : input
  })
  const patienceMs = patienceMsOf(timeoutMsOf(options))
  const runner = { target, engine: await engine, startWorker: () => runtime.startWorker(), patienceMs, runs }
  yield* replayInputs(runner, named)
}

/** What is known of a trap after a replay, in the form that reports show. */
export function recordOfReplay(
  { input, examined, elapsedMs }: Replayed,
  trap: Trap,
  { types }: PreparedTarget,
): FindingRecord {
  const executions = examined?.runs ?? 1
  return recordOf({ trap, key: keyOf(trap), input: input.bytes, executions, elapsedMs }, examined, types)
}
