// A fixed corpus, executed again and again without mutation: what inserted code costs, pass by pass, over plain Wasm,
// and what Wasm with counters costs over native code with counters.
import { readFileSync } from 'node:fs'

import type { PassName } from '../instrument/types.ts'
import { calibrate, cpuNanoseconds } from './lib/calibrate.ts'
import { build } from './lib/build.ts'
import { fixedCorpus, packCorpus } from './lib/corpus.ts'
import { launch } from './lib/launch.ts'
import { instrumentWithout, load } from './lib/modules.ts'
import { parseBenchOptions, selected, type BenchOptions } from './lib/options.ts'
import { replayDriver } from './lib/replay-driver.ts'
import { row, save, type Row } from './lib/result.ts'
import { textTable } from './lib/table.ts'
import { libraryTargets, SMALL_TARGETS, type CTarget } from './lib/targets.ts'

interface Variant {
  readonly name: string
  /** Null: the module as it came. */
  readonly without: readonly PassName[] | null
  readonly goal: number | null
}

const VARIANTS: readonly Variant[] = [
  { name: 'plain Wasm', without: null, goal: null },
  { name: 'edges with fuel', without: ['limits', 'pages'], goal: 1.3 },
  { name: 'pages', without: ['limits', 'edges'], goal: 1.2 },
  { name: 'limits and depth', without: ['pages', 'edges'], goal: null },
  { name: 'all passes', without: [], goal: 1.5 },
]
const WARM_UP_SECONDS = 0.5

const ENTRY = { kind: 'buffer', exportName: 'LLVMFuzzerTestOneInput' } as const

interface Timed {
  /** CPU nanoseconds per execution of one turn. */
  turn(): number
}

/** A replay that has been warmed up, with a number of rounds that lasts about `seconds`. */
async function timed(
  wasm: Uint8Array,
  variant: Variant,
  inputs: readonly Uint8Array[],
  seconds: number,
): Promise<Timed> {
  const module = variant.without ? instrumentWithout(wasm, variant.without, ENTRY) : { wasm }
  const { exports, clear } = load(module)
  const replay = await replayDriver(exports, inputs)
  const replayCleared = (rounds: number): void => {
    clear()
    replay(rounds)
  }
  const rounds = calibrate(replayCleared, seconds, WARM_UP_SECONDS)
  return { turn: () => cpuNanoseconds(replayCleared, rounds) / inputs.length }
}

async function native(target: CTarget, corpus: string, rounds: number): Promise<number> {
  const done = await launch([build(target, 'counters'), corpus, String(rounds), '1'])
  if (done.status !== 0) throw new Error(`${target.name} stopped: ${done.stderr}`)
  return Number(done.stdout)
}

async function measure(target: CTarget, options: BenchOptions): Promise<Row[]> {
  const inputs = await fixedCorpus(target)
  const corpus = packCorpus(target, inputs)
  const wasm = readFileSync(build(target, 'wasm'))
  const replays = []
  for (const variant of VARIANTS) replays.push(await timed(wasm, variant, inputs, options.seconds))
  const nativeFirst = await native(target, corpus, Math.ceil(2000 / inputs.length))
  const nativeRounds = Math.ceil((options.seconds * 1e9) / (nativeFirst + 1) / inputs.length)
  const times: number[][] = VARIANTS.map(() => [])
  const nativeTimes: number[] = []
  for (let pair = 0; pair < options.pairs; pair++) {
    replays.forEach((replay, index) => times[index]!.push(replay.turn()))
    nativeTimes.push(await native(target, corpus, nativeRounds))
  }
  const [plain, ...rest] = times
  const common = { target: target.name, unit: 'ns/execution' }
  return [
    ...rest.map((ours, index) => {
      const { name: metric, goal } = VARIANTS[index + 1]!
      return row({ ...common, metric, ours, peer: 'plain Wasm', theirs: plain!, goal })
    }),
    row({
      ...common,
      metric: 'all passes',
      ours: rest.at(-1)!,
      peer: 'native, 8-bit counters',
      theirs: nativeTimes,
      goal: null,
    }),
    row({
      ...common,
      metric: 'plain Wasm',
      ours: plain!,
      peer: 'native, 8-bit counters',
      theirs: nativeTimes,
      goal: null,
    }),
  ]
}

export async function replay(words: string[]): Promise<void> {
  const options = parseBenchOptions('replay', words, { seconds: 0.3 })
  const { targets, missing } = libraryTargets()
  const rows: Row[] = []
  for (const target of [...SMALL_TARGETS, ...targets]) {
    if (!selected(options, target.name)) continue
    const measured = await measure(target, options)
    console.log(`${rows.length ? '\n' : ''}${textTable(measured)}`)
    rows.push(...measured)
  }
  const skipped = missing.map((name) => `${name}: its source is missing, run bench/setup.sh`)
  for (const line of skipped) console.log(`skipped ${line}`)
  if (options.save) await save('replay', options.command, rows, skipped)
}
