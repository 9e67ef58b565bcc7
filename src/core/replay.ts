// Runs given inputs, each once or a few times, without fuzzing: the way back from a finding's file to its trap.

import { keyOf } from './findings/finding.ts'
import { recordOf } from './findings/record.ts'
import { WORKER_OPEN_MS_MAX } from './limits.ts'
import type { FindingRecord, SeedInput } from './campaign/corpus.ts'
import type { Outcome, Trap } from './outcome.ts'
import type { PreparedTarget } from './target/prepared.ts'
import type { ExamineReply, WorkerLink } from './worker/protocol.ts'
import { SupervisedWorker, WorkerLost } from './worker/supervised-worker.ts'

export interface ReplayOptions {
  readonly target: PreparedTarget
  readonly engine: Uint8Array
  readonly startWorker: () => WorkerLink
  /** How long one execution may show no end before its worker is given up; see patienceMsOf. */
  readonly patienceMs: number
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
      worker ??= await open(options)
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
export function recordOfReplay({ input, examined, elapsedMs }: Replayed, trap: Trap): FindingRecord {
  const executions = examined?.runs ?? 1
  return recordOf({ trap, key: keyOf(trap), input: input.bytes, executions, elapsedMs }, examined)
}

async function open(options: ReplayOptions): Promise<SupervisedWorker> {
  const { engine, target, startWorker, patienceMs } = options
  const worker = new SupervisedWorker(startWorker(), patienceMs)
  const start = { engine, target, seedLow: 0, seedHigh: 0, corpusBytes: 1024 * 1024, dictionary: [] }
  try {
    await worker.open(start, WORKER_OPEN_MS_MAX)
    return worker
  } catch (error) {
    await worker.terminate()
    throw error
  }
}
