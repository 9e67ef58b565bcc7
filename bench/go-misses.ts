// Five bugs that Go's fuzzer does not find, or finds and loses. Both get the same CPU time for each seed of their
// generators, and Go goes first, because what it used is then given to ours. A miss stays one: it counts with all
// executions and all the time it was given.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { build, installed } from './lib/build.ts'
import { runCampaign } from './lib/campaign.ts'
import { goBytes } from './lib/go-corpus.ts'
import { buildGo, goVersion, runGo } from './lib/go.ts'
import { parseBenchOptions, selected } from './lib/options.ts'
import { row, save, type Row } from './lib/result.ts'
import { textTable } from './lib/table.ts'
import { missTarget } from './lib/targets.ts'

interface Miss {
  readonly name: string
  readonly about: string
  readonly goTest: string
  readonly lengthMax: number
  readonly seed: string
  /** The seed as the parameters of Go's test. */
  readonly goSeed: readonly string[]
}

const bytes = (text: string): string => goBytes(Buffer.from(text))
/** One byte from the deep bug: it is met first, and what becomes of it is up to whoever shrinks it. */
const LONG_SEED = ' !DOCTYPE html SYSTEM 1'

const MISSES: readonly Miss[] = [
  {
    name: 'magic',
    about: 'u32 == 0xdeadbeef',
    goTest: 'FuzzMagic',
    lengthMax: 64,
    seed: 'seed',
    goSeed: [bytes('seed')],
  },
  {
    name: 'number',
    about: 'int64 == 123456',
    goTest: 'FuzzNumber',
    lengthMax: 8,
    seed: '\0'.repeat(8),
    goSeed: ['int64(0)'],
  },
  {
    name: 'long',
    about: 'length > 10,000',
    goTest: 'FuzzLong',
    lengthMax: 65_536,
    seed: 'seed',
    goSeed: [bytes('seed')],
  },
  {
    name: 'two',
    about: 'two byte strings',
    goTest: 'FuzzTwo',
    lengthMax: 64,
    seed: 'aaaabbbb',
    goSeed: [bytes('aaaa'), bytes('bbbb')],
  },
  {
    name: 'deep',
    about: 'deep bug beside a shallow one',
    goTest: 'FuzzDeep',
    lengthMax: 64,
    seed: LONG_SEED,
    goSeed: [bytes(LONG_SEED)],
  },
]

interface Trial {
  readonly found: boolean
  readonly executions: number
  readonly cpuSeconds: number
}

async function ourTrial(miss: Miss, seed: number, cpuSeconds: number): Promise<Trial> {
  const module = build(missTarget(miss.name, miss.lengthMax), 'wasm')
  const seeds = mkdtempSync(join(tmpdir(), 'fuzzbox-bench-'))
  try {
    writeFileSync(join(seeds, 'seed'), miss.seed, 'latin1')
    const { lengthMax } = miss
    const run = await runCampaign({ module, seeds, seed, lengthMax, cpuSeconds, stopAt: 'bug' }, true)
    return run.found ? { ...run.found, found: true } : { ...run, found: false }
  } finally {
    rmSync(seeds, { recursive: true, force: true })
  }
}

interface GoTrial extends Trial {
  /** It went on to the end of its time. */
  readonly lasted: boolean
}

/** Go has found it where its last word, after shrinking, still is the bug that is asked for. */
async function goTrial(miss: Miss, program: string, seed: number, seconds: number): Promise<GoTrial> {
  const request = { program, test: miss.goTest, seed, seeds: [miss.goSeed] }
  const run = await runGo({ ...request, fuzzTime: `${seconds}s` })
  const found = run.status !== 0 && /panic: bug/.test(run.log)
  const lasted = run.status === 0
  // What ends at another bug has given away the rest of its time.
  const cpuSeconds = found || lasted ? run.cpuSeconds : Math.max(seconds, run.cpuSeconds)
  return { found, lasted, executions: run.executions, cpuSeconds }
}

function rowsOf(miss: Miss, go: string, ours: readonly Trial[], theirs: readonly Trial[]): Row[] {
  const target = `${miss.name}: ${miss.about}`
  const count = (trials: readonly Trial[]): number => trials.filter(({ found }) => found).length
  const against = (metric: string, unit: string, value: (trial: Trial) => number): Row =>
    row({ target, metric, unit, ours: ours.map(value), peer: go, theirs: theirs.map(value), goal: null })
  const found = { target, metric: 'seeds that find it', unit: 'seeds', ours: [count(ours)] }
  return [
    row({ ...found, peer: 'all seeds', theirs: [ours.length], goal: 1 }),
    row({ ...found, peer: go, theirs: [count(theirs)], goal: null }),
    against('to the finding, a miss with all it had', 'executions', ({ executions }) => executions),
    against('to the finding, a miss with all it had', 'CPU seconds', ({ cpuSeconds }) => cpuSeconds),
  ]
}

export async function goMisses(words: string[]): Promise<void> {
  const options = parseBenchOptions('go-misses', words, { seconds: 5 })
  const version = goVersion()
  if (!version) throw new Error('Go is not installed: run sh bench/setup.sh go, or leave go-misses out')
  if (!installed('clang-19')) throw new Error('clang-19 is not installed: run bench/setup.sh, or leave go-misses out')
  const program = buildGo('misses')
  const rows: Row[] = []
  for (const miss of MISSES) {
    if (!selected(options, miss.name)) continue
    const ours: Trial[] = []
    const theirs: Trial[] = []
    for (let seed = 1; seed <= options.pairs; seed++) {
      // Go's time is the clock's, and on a shared machine less of it is the CPU's: what it had is then given to ours.
      const theirTrial = await goTrial(miss, program, seed, options.seconds)
      theirs.push(theirTrial)
      ours.push(await ourTrial(miss, seed, theirTrial.lasted ? theirTrial.cpuSeconds : options.seconds))
    }
    const measured = rowsOf(miss, `Go (${version})`, ours, theirs)
    console.log(`${textTable(measured)}\n`)
    rows.push(...measured)
  }
  if (options.save) await save('go-misses', options.command, rows, [])
}
