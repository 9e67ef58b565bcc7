// What each fuzzer keeps of a C library in so many CPU seconds, from an empty corpus: the inputs, for a judge to execute.
// The peers' start-up is given to them on top; ours is not counted either.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { AFL_ENVIRONMENT } from './aflpp.ts'
import { build } from './build.ts'
import { runCampaign } from './campaign.ts'
import { launch } from './launch.ts'
import type { CTarget } from './targets.ts'

export interface Grown {
  readonly inputs: readonly Uint8Array[]
  readonly cpuSeconds: number
}

export interface Grower {
  readonly name: string
  grow(target: CTarget, seed: number, cpuSeconds: number): Promise<Grown>
}

async function inFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzzbox-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function filesOf(folder: string): Uint8Array[] {
  const paths = readdirSync(folder).map((name) => join(folder, name))
  return paths.filter((path) => statSync(path).isFile()).map((path) => readFileSync(path))
}

export function ours(without: readonly string[]): Grower {
  return {
    name: 'fuzzbox',
    grow: (target, seed, cpuSeconds) =>
      inFolder(async (corpusOut) => {
        const { lengthMax } = target
        const module = build(target, 'wasm')
        const run = await runCampaign({ module, seed, lengthMax, cpuSeconds, corpusOut, without }, true)
        return { inputs: filesOf(corpusOut), cpuSeconds: run.cpuSeconds }
      }),
  }
}

export function libFuzzer(): Grower {
  return {
    name: 'libFuzzer',
    grow: (target, seed, cpuSeconds) =>
      inFolder(async (cwd) => {
        const corpus = join(cwd, 'corpus')
        mkdirSync(corpus)
        const words = [build(target, 'libfuzzer'), `-max_len=${target.lengthMax}`, `-seed=${seed}`, corpus]
        const start = await launch([...words, '-runs=1'], { cwd })
        const done = await launch(words, { cwd, cpuSecondsMax: cpuSeconds + start.cpuSeconds })
        return { inputs: filesOf(corpus), cpuSeconds: done.cpuSeconds - start.cpuSeconds }
      }),
  }
}

export function aflpp(): Grower {
  return {
    name: 'AFL++ with CmpLog',
    grow: (target, seed, cpuSeconds) =>
      inFolder(async (cwd) => {
        mkdirSync(join(cwd, 'in'))
        writeFileSync(join(cwd, 'in', 'one'), 'a')
        const words = (output: string, more: readonly string[]): string[] => {
          const limits = ['-G', String(target.lengthMax), '-s', String(seed), '-c', '0', ...more]
          return ['afl-fuzz', '-i', 'in', '-o', output, ...limits, '--', build(target, 'afl-cmplog')]
        }
        const env = { ...process.env, ...AFL_ENVIRONMENT }
        const start = await launch(words('start', ['-E', '1']), { cwd, env, cpuSecondsMax: 20 })
        const done = await launch(words('out', []), { cwd, env, cpuSecondsMax: cpuSeconds + start.cpuSeconds })
        const inputs = filesOf(join(cwd, 'out', 'default', 'queue'))
        return { inputs, cpuSeconds: done.cpuSeconds - start.cpuSeconds }
      }),
  }
}
