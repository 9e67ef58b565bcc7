import { fileURLToPath } from 'node:url'

import { build } from './build.ts'
import { launch } from './launch.ts'
import type { FuzzRun } from './run.ts'
import type { CTarget } from './targets.ts'

const script = fileURLToPath(new URL('fuzz-once.ts', import.meta.url))

/** One turn of fuzzbox on the Wasm build of a target; see fuzz-once.ts for what is timed. */
export async function runFuzzbox(
  target: CTarget,
  seeds: string | null,
  seconds: number,
  seed: number,
): Promise<FuzzRun> {
  const words = [build(target, 'wasm'), seeds ?? '-', String(seconds), String(seed), String(target.lengthMax)]
  const done = await launch([process.execPath, script, ...words])
  if (done.status !== 0) throw new Error(`fuzzbox stopped at ${target.name}:\n${done.stderr.slice(-2000)}`)
  return JSON.parse(done.stdout) as FuzzRun
}
