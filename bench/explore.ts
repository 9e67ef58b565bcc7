// How soon an exploration finds a bug, seed by seed, and how many timelines a whole campaign runs in a second of CPU. The
// reference's figures are fixed: they were measured once, on the same rules and budgets, and are named as such.
import { parseArgs } from 'node:util'

import { campaignRate, firstBug, type Tried, type World } from './lib/explored.ts'
import { parseBenchOptions, selected, type BenchOptions } from './lib/options.ts'
import { row, save, type Row } from './lib/result.ts'
import { exampleWasm, prepareWasm } from './lib/simulations.ts'
import { textTable } from './lib/table.ts'
import type { ExploreOptions } from '../src/core/explore/explore.ts'

const PEER = 'moonpool-explorer 0.8.0'
const WORKERS = 2

interface Plan {
  readonly world: World
  readonly seeds: number
  /** Timelines that one seed may have. */
  readonly cap: number
  /** Of the reference: share of the seeds that find the bug, and the median of their timelines to it. */
  readonly reference: { readonly percent: number; readonly timelines: number; readonly perCpuSecond: number | null }
  /** What is asked for, in the units of the reference. */
  readonly goal: { readonly percent: number | null; readonly timelines: number | null; readonly perCpuSecond: number }
  /** Timelines of the campaign whose CPU time is taken. */
  readonly campaign: number
}

const plans = (seeds: number, cap: number): readonly Plan[] => [
  {
    world: 'maze',
    seeds,
    cap: Math.min(cap, 20_000),
    reference: { percent: 77.5, timelines: 327, perCpuSecond: 5_300 },
    goal: { percent: 95, timelines: 327, perCpuSecond: 50_000 },
    campaign: 400_000,
  },
  {
    world: 'dungeon',
    seeds,
    cap,
    reference: { percent: 100, timelines: 13_749, perCpuSecond: 2_790 },
    goal: { percent: null, timelines: 6_000, perCpuSecond: 25_000 },
    campaign: 200_000,
  },
]

/** Worlds at budgets so small that the order of splitting decides. */
const SMALL = [
  { world: 'cascade', cap: 1_000, percent: 26, goal: 60 },
  { world: 'floors', cap: 1_000, percent: 3, goal: 20 },
] as const

const SMALL_SEEDS = 100

const WAYS: readonly (readonly [name: string, change: Omit<ExploreOptions, 'module'>, hasGoal: boolean])[] = [
  ['', {}, true],
  [', not split at the start', { splitAtStart: false }, false],
  [', depth first', { frontier: 'depth-first' }, false],
]

async function tryAll(
  world: World,
  wasm: Uint8Array,
  seeds: number,
  cap: number,
  change: Omit<ExploreOptions, 'module'> = {},
): Promise<readonly Tried[]> {
  const target = await prepareWasm(wasm, world)
  const tried: Tried[] = []
  for (let seed = 1; seed <= seeds; seed++) tried.push(await firstBug(world, target, seed, cap, change))
  return tried
}

function shareRow(target: string, tried: readonly Tried[], percent: number, goal: number | null): Row {
  const ours = [(tried.filter(({ found }) => found).length / tried.length) * 100]
  const what = { target, metric: `of ${tried.length} seeds find the bug`, unit: '% of seeds', peer: PEER }
  return row({ ...what, ours, theirs: [percent], goal: goal === null ? null : goal / percent })
}

/** A seed that found nothing counts with all the timelines it had. */
function timelinesRow(target: string, tried: readonly Tried[], median: number, goal: number | null): Row {
  const ours = tried.map(({ timelines }) => timelines)
  const what = { target, metric: 'until the first bug', unit: 'timelines', peer: PEER }
  return row({ ...what, ours, theirs: ours.map(() => median), goal: goal === null ? null : goal / median })
}

async function large(plan: Plan, wasm: Uint8Array, pairs: number): Promise<Row[]> {
  const { world, reference, goal } = plan
  const tried = await tryAll(world, wasm, plan.seeds, plan.cap)
  const rows = [
    shareRow(world, tried, reference.percent, goal.percent),
    timelinesRow(world, tried, reference.timelines, goal.timelines),
  ]
  const ours: number[] = []
  for (let pair = 0; pair < pairs; pair++) ours.push(await campaignRate(world, wasm, WORKERS, plan.campaign))
  const rate = reference.perCpuSecond as number
  const what = { target: world, metric: `per CPU second, ${WORKERS} workers`, unit: 'timelines/s', peer: PEER }
  return [...rows, row({ ...what, ours, theirs: ours.map(() => rate), goal: goal.perCpuSecond / rate })]
}

async function small(options: BenchOptions, skipped: string[]): Promise<Row[]> {
  const rows: Row[] = []
  for (const { world, cap, percent, goal } of SMALL) {
    if (!selected(options, world)) continue
    const wasm = wasmOf(world, skipped)
    for (const [name, change, hasGoal] of wasm ? WAYS : []) {
      const tried = await tryAll(world, wasm as Uint8Array, SMALL_SEEDS, cap, change)
      rows.push(shareRow(`${world}${name}`, tried, percent, hasGoal ? goal : null))
    }
  }
  return rows
}

function wasmOf(world: World, skipped: string[]): Uint8Array | null {
  const wasm = exampleWasm(world)
  if (wasm === null) skipped.push(`${world}: clang-19 did not compile examples/simulations/${world}.c`)
  return wasm
}

export async function explore(words: string[]): Promise<void> {
  const own = { seeds: { type: 'string', default: '40' }, cap: { type: 'string', default: '100000' } } as const
  const { values, tokens } = parseArgs({ args: words, options: own, strict: false, tokens: true })
  const mine = new Set(
    tokens.flatMap((token) =>
      token.kind === 'option' && token.name in own ? [token.index, token.inlineValue ? -1 : token.index + 1] : [],
    ),
  )
  const shared = parseBenchOptions(
    'explore',
    words.filter((_, at) => !mine.has(at)),
    { seconds: 0 },
  )
  const options = { ...shared, command: ['npm run bench -- explore', ...words].join(' ') }
  const rows: Row[] = []
  const skipped: string[] = []
  for (const plan of plans(Number(values.seeds), Number(values.cap))) {
    if (!selected(options, plan.world)) continue
    const wasm = wasmOf(plan.world, skipped)
    if (wasm) rows.push(...(await large(plan, wasm, options.pairs)))
  }
  rows.push(...(await small(options, skipped)))
  rows.sort((a, b) => Number(a.met ?? true) - Number(b.met ?? true))
  console.log(textTable(rows))
  for (const line of skipped) console.log(`skipped: ${line}`)
  if (options.save) await save('explore', options.command, rows, skipped)
}
