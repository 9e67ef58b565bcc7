// Executions of the layout with one memory against the one with two: same target, same seed, so the same inputs, in one
// process and in turn.
import { readFileSync } from 'node:fs'

import type { MemoryLayout } from '../src/core/engine/features.ts'
import { Sandbox } from '../src/core/sandbox.ts'
import { prepareTarget } from '../src/core/target/prepare.ts'
import { build } from './lib/build.ts'
import { calibrate, cpuNanoseconds } from './lib/calibrate.ts'
import { parseBenchOptions, selected, type BenchOptions } from './lib/options.ts'
import { ROOT } from './lib/paths.ts'
import { row, save, type Row } from './lib/result.ts'
import { textTable } from './lib/table.ts'
import { libraryTargets, SMALL_TARGETS, type CTarget } from './lib/targets.ts'

const GOAL = 0.5
const TARGETS = ['parser', 'json']
const WARM_UP_SECONDS = 1

async function open(target: CTarget, layout: MemoryLayout): Promise<(count: number) => void> {
  const path = build(target, 'wasm')
  const source = { kind: 'wasm', name: path, bytes: readFileSync(path) } as const
  const prepared = await prepareTarget(source, { inputMax: target.lengthMax, layout })
  const engine = readFileSync(`${ROOT}build/engine.wasm`)
  const sandbox = await Sandbox.open(engine, prepared, { seedLow: 1, seedHigh: 0, corpusBytes: 64 << 20 })
  sandbox.addInput(new Uint8Array(0))
  return (count) => {
    for (let left = count; left > 0;) {
      const { ended, executions } = sandbox.slice(left)
      if (ended === 'trap') throw new Error(`${target.name} trapped`)
      if (ended === 'state-lost') sandbox.renewInstance()
      sandbox.drainDiscoveries()
      left -= executions
    }
  }
}

async function measure(target: CTarget, goal: number | null, options: BenchOptions): Promise<Row> {
  const single = await open(target, 'single')
  const two = await open(target, 'two')
  const count = calibrate(two, options.seconds, WARM_UP_SECONDS)
  calibrate(single, options.seconds, WARM_UP_SECONDS)
  const perSecond = (work: (count: number) => void): number => 1e9 / cpuNanoseconds(work, count)
  const ours: number[] = []
  const theirs: number[] = []
  for (let pair = 0; pair < options.pairs; pair++) {
    const turns = [() => ours.push(perSecond(single)), () => theirs.push(perSecond(two))]
    for (const turn of pair % 2 === 0 ? turns : turns.toReversed()) turn()
  }
  return row({
    target: target.name,
    metric: 'executions per CPU second, one memory',
    unit: '1/s',
    ours,
    peer: 'two memories',
    theirs,
    goal,
  })
}

export async function layout(words: string[]): Promise<void> {
  const options = parseBenchOptions('layout', words, { seconds: 1 })
  const { targets, missing } = libraryTargets()
  const rows: Row[] = []
  for (const target of [...SMALL_TARGETS.filter(({ name }) => TARGETS.includes(name)), ...targets]) {
    if (!selected(options, target.name)) continue
    rows.push(await measure(target, target.library ? null : GOAL, options))
    console.log(`${textTable(rows.slice(-1))}\n`)
  }
  const skipped = missing.map((name) => `${name}: its source is missing, run bench/setup.sh`)
  if (options.save) await save('layout', options.command, rows, skipped)
}
