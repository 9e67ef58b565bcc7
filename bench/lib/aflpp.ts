// One turn of AFL++ at its defaults, with the persistent mode and shared-memory input that its libFuzzer driver brings.
// CPU time is that of the fuzzer and of the target's process together.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { build } from './build.ts'
import { launch } from './launch.ts'
import type { FuzzRun } from './run.ts'
import type { CTarget } from './targets.ts'

export const AFL_ENVIRONMENT: Readonly<Record<string, string>> = {
  AFL_SKIP_CPUFREQ: '1',
  AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES: '1',
  AFL_NO_UI: '1',
  AFL_NO_AFFINITY: '1',
}

/** AFL++ wants at least one seed: an empty folder becomes one byte. */
export async function runAflpp(target: CTarget, seeds: string | null, seconds: number, seed: number): Promise<FuzzRun> {
  const program = build(target, 'afl')
  const folder = mkdtempSync(join(tmpdir(), 'fuzzbox-bench-'))
  const input = join(folder, 'in')
  const output = join(folder, 'out')
  try {
    mkdirSync(input)
    if (seeds) cpSync(seeds, input, { recursive: true })
    else writeFileSync(join(input, 'one'), 'a')
    const limits = ['-V', String(Math.ceil(seconds)), '-G', String(target.lengthMax), '-s', String(seed)]
    const words = ['afl-fuzz', '-i', input, '-o', output, ...limits, '--', program]
    const done = await launch(words, { cwd: folder, env: { ...process.env, ...AFL_ENVIRONMENT } })
    if (done.status !== 0) throw new Error(`AFL++ stopped at ${target.name}:\n${done.stdout.slice(-2000)}`)
    const text = readFileSync(join(output, 'default', 'fuzzer_stats'), 'utf8')
    const statistic = (name: string): number => Number(new RegExp(`^${name} *: (\\d+)`, 'm').exec(text)?.[1])
    return {
      executions: statistic('execs_done'),
      wallSeconds: done.wallSeconds,
      cpuSeconds: done.cpuSeconds,
      inputBytes: Number.NaN,
      edges: statistic('edges_found'),
      edgesTotal: statistic('total_edges'),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
