// What forking costs. Forks alone are counted in the engine, whose results nobody reads, against a native program that
// forks and waits; whole timelines go through ExploreSandbox, results read, as an exploration does it.
import { spawnSync } from 'node:child_process'

import { buildNative } from './lib/build.ts'
import { calibrate, cpuNanoseconds } from './lib/calibrate.ts'
import { parseBenchOptions, selected, type BenchOptions } from './lib/options.ts'
import { row, save, type Row } from './lib/result.ts'
import {
  WRITE_ALL,
  exampleWasm,
  exploreLoop,
  forkLoop,
  forkProgram,
  prepareWasm,
  rootLoop,
  snapshotMebibytes,
} from './lib/simulations.ts'
import { textTable } from './lib/table.ts'
import { explore } from './explore.ts'
import { assemble } from './lib/wat.ts'

const WARM_UP_SECONDS = 0.5
const NATIVE_FORKS = 2000
const CHILDREN = 30
/** How many times a native fork. */
const GOALS = { written: 300, all: 100 } as const
/** Timelines per second of CPU, over everything that an exploration does. */
const TIMELINES = { maze: 50_000, dungeon: 25_000 } as const
const SNAPSHOTS_MEBIBYTES = 100
const PASS_COST = 1.25

const perSecond = (nanoseconds: number): number => 1e9 / nanoseconds

async function forks(options: BenchOptions): Promise<Row[]> {
  const native = buildNative('fork')
  const works = [await forkLoop(await forkWasm('')), await forkLoop(await forkWasm(WRITE_ALL))]
  const counts = works.map((work) => calibrate(work, options.seconds, WARM_UP_SECONDS))
  const [written, all, theirs]: number[][] = [[], [], []]
  for (let pair = 0; pair < options.pairs; pair++) {
    written!.push(perSecond(cpuNanoseconds(works[0]!, counts[0]!)))
    all!.push(perSecond(cpuNanoseconds(works[1]!, counts[1]!)))
    theirs!.push(perSecond(Number(spawnSync(native, [String(NATIVE_FORKS)], { encoding: 'utf8' }).stdout)))
  }
  const common = { metric: 'fork', unit: 'forks/s', peer: 'fork + waitpid', theirs: theirs! }
  return [
    row({ ...common, target: '128 KiB, 8 frames, written granules', ours: written!, goal: GOALS.written }),
    row({ ...common, target: '128 KiB, 8 frames, all of it', ours: all!, goal: GOALS.all }),
  ]
}

const forkWasm = async (after: string): Promise<Uint8Array> => await assemble('fork.wat', forkProgram(after))

async function timelines(name: 'maze' | 'dungeon', wasm: Uint8Array, options: BenchOptions): Promise<Row> {
  const work = await exploreLoop(await prepareWasm(wasm, name), CHILDREN)
  const count = calibrate(work, options.seconds, WARM_UP_SECONDS)
  const ours = Array.from({ length: options.pairs }, () => perSecond(cpuNanoseconds(work, count)))
  const theirs = ours.map(() => TIMELINES[name])
  return row({ target: name, metric: 'timelines', unit: 'timelines/s', ours, peer: 'the limit', theirs, goal: 1 })
}

async function passCost(wasm: Uint8Array, options: BenchOptions): Promise<Row> {
  const works = [
    await rootLoop(await prepareWasm(wasm, 'maze')),
    await rootLoop(await prepareWasm(wasm, 'maze', ['fork'])),
  ]
  const counts = works.map((work) => calibrate(work, options.seconds, WARM_UP_SECONDS))
  const [ours, theirs]: number[][] = [[], []]
  for (let pair = 0; pair < options.pairs; pair++) {
    ours!.push(cpuNanoseconds(works[0]!, counts[0]!) / 1000)
    theirs!.push(cpuNanoseconds(works[1]!, counts[1]!) / 1000)
  }
  const what = { target: 'maze', metric: 'run that never forks', unit: 'µs', peer: 'without the fork pass' }
  return row({ ...what, ours: ours!, theirs: theirs!, goal: PASS_COST })
}

async function memory(): Promise<Row> {
  const ours = [await snapshotMebibytes()]
  const what = { target: '1 MiB, 4 granules each', metric: '10,000 snapshots', unit: 'MiB', peer: 'the limit' }
  return row({ ...what, ours, theirs: [SNAPSHOTS_MEBIBYTES], goal: 1 })
}

export async function fork(words: string[]): Promise<void> {
  const options = parseBenchOptions('fork', words, { seconds: 0.5 })
  const rows: Row[] = []
  const skipped: string[] = []
  if (selected(options, 'fork')) rows.push(...(await forks(options)))
  for (const name of ['maze', 'dungeon'] as const) {
    if (!selected(options, name)) continue
    const wasm = exampleWasm(name)
    if (wasm === null) skipped.push(`${name}: clang-19 did not compile examples/simulations/${name}.c`)
    else {
      rows.push(await timelines(name, wasm, options))
      if (name === 'maze') rows.push(await passCost(wasm, options))
    }
  }
  if (selected(options, 'memory')) rows.push(await memory())
  rows.sort((a, b) => Number(a.met) - Number(b.met))
  console.log(textTable(rows))
  for (const line of skipped) console.log(`skipped: ${line}`)
  if (options.save) await save('fork', options.command, rows, skipped)
  // What is asked of forks and what is asked of whole explorations is one list.
  if (options.only.length === 0) await explore(options.save ? [] : ['--no-save'])
}
