// Runs given inputs, each once or a few times, without fuzzing: the way back from a finding's file to its trap.

import { keyOf } from './findings/finding.ts'
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

/** What is known of a trap after a replay, in the form that reports show. */
export function recordOfReplay(
  { input, examined, elapsedMs }: Replayed,
  trap: Trap,
  { types }: PreparedTarget,
): FindingRecord {
  const executions = examined?.runs ?? 1
  return recordOf({ trap, key: keyOf(trap), input: input.bytes, executions, elapsedMs }, examined, types)
}
