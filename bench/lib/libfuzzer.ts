// One turn of libFuzzer, at its defaults. Its start-up, a few milliseconds, is measured by a turn of one execution and
// taken off, because ours is not counted either.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { build } from './build.ts'
import { launch } from './launch.ts'
import type { FuzzRun } from './run.ts'
import type { CTarget } from './targets.ts'

function statistic(log: string, pattern: RegExp): number {
  const found = [...log.matchAll(pattern)].at(-1)?.[1]
  if (found === undefined) throw new Error(`libFuzzer printed no ${pattern.source}:\n${log.slice(-2000)}`)
  return Number(found)
}

export async function runLibFuzzer(
  target: CTarget,
  seeds: string | null,
  seconds: number,
  seed: number,
): Promise<FuzzRun> {
  const program = build(target, 'libfuzzer')
  const corpus = mkdtempSync(join(tmpdir(), 'fuzzbox-bench-'))
  const words = [program, `-max_len=${target.lengthMax}`, `-seed=${seed}`, '-print_final_stats=1', corpus]
  try {
    if (seeds) cpSync(seeds, corpus, { recursive: true })
    const start = await launch([...words, '-runs=1'], { cwd: corpus })
    const done = await launch([...words, `-max_total_time=${seconds}`], { cwd: corpus })
    if (done.status !== 0) throw new Error(`libFuzzer stopped at ${target.name}:\n${done.stderr.slice(-2000)}`)
    return {
      executions: statistic(done.stderr, /number_of_executed_units: (\d+)/g),
      wallSeconds: done.wallSeconds - start.wallSeconds,
      cpuSeconds: done.cpuSeconds - start.cpuSeconds,
      inputBytes: statistic(done.stderr, /input_bytes: (\d+)/g),
      edges: statistic(done.stderr, / cov: (\d+) /g),
      edgesTotal: statistic(done.stderr, /Loaded 1 modules {3}\((\d+) inline/g),
    }
  } finally {
    rmSync(corpus, { recursive: true, force: true })
  }
}
