// What a verb needs that runs inputs outside a campaign: the target, prepared, and a way to start workers.

import { prepareRequestOf } from '../core/fuzz.ts'
import type { RunnerOptions } from '../core/worker/runner.ts'
import { nodeRuntime } from '../node/runtime.ts'
import type { Values } from './command-line.ts'
import { patienceOf, targetOptions } from './target-options.ts'

export async function runnerOptions(targetPath: string, values: Values): Promise<RunnerOptions> {
  const engine = nodeRuntime.engine()
  engine.catch(() => {})
  const target = await nodeRuntime.prepare(targetPath, prepareRequestOf(targetOptions(values)))
  return { target, engine: await engine, startWorker: () => nodeRuntime.startWorker(), patienceMs: patienceOf(values) }
}
