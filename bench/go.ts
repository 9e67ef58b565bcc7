// Go's fuzzer and ours on twins of one program: executions per second, and what each has reached of the program after
// the same CPU time. Go goes first in each pair, because what it used is then given to ours. Both corpora are executed
// by one native build of the C twin, whose counters judge them.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { build, installed } from './lib/build.ts'
import { runCampaign, type CampaignRun } from './lib/campaign.ts'
import { edgesOf } from './lib/edges.ts'
import { goBytes } from './lib/go-corpus.ts'
import { buildGo, goVersion, runGo, type GoRun } from './lib/go.ts'
import { parseBenchOptions, selected } from './lib/options.ts'
import { TARGETS } from './lib/paths.ts'
import { row, save, type Row } from './lib/result.ts'
import { seedFolder, seedsOf } from './lib/seeds.ts'
import { textTable } from './lib/table.ts'
import { RECORDS, type CTarget } from './lib/targets.ts'

const SPEED_GOAL = 50
const EDGES_GOAL = 1

interface Work {
  readonly name: string
  readonly module: string
  readonly seeded: boolean
}

interface Turn {
  readonly ours: CampaignRun
  readonly theirs: GoRun
  readonly theirCpuSeconds: number
  readonly ourEdges: number
  readonly theirEdges: number
}

async function turn(target: CTarget, program: string, work: Work, seconds: number, seed: number): Promise<Turn> {
  const seeds = work.seeded ? seedsOf(target.name).map((input) => [goBytes(input)]) : []
  const request = { program, test: 'FuzzRecords', seed, seeds }
  const start = await runGo({ ...request, fuzzTime: '1x' })
  const theirs = await runGo({ ...request, fuzzTime: `${seconds}s` })
  const cpuSeconds = theirs.cpuSeconds - start.cpuSeconds
  const corpusOut = mkdtempSync(join(tmpdir(), 'fuzzbox-bench-'))
  try {
    const { module } = work
    const seedsFolder = work.seeded ? seedFolder(target.name) : null
    const { lengthMax } = target
    const ours = await runCampaign({ module, seeds: seedsFolder, seed, lengthMax, cpuSeconds, corpusOut }, true)
    const inputs = readdirSync(corpusOut).map((name) => readFileSync(join(corpusOut, name)))
    const ourEdges = await edgesOf(target, inputs)
    return { ours, theirs, theirCpuSeconds: cpuSeconds, ourEdges, theirEdges: await edgesOf(target, theirs.inputs) }
  } finally {
    rmSync(corpusOut, { recursive: true, force: true })
  }
}

function rowsOf(name: string, peer: string, turns: readonly Turn[], seconds: number): Row[] {
  const compare = (
    metric: string,
    unit: string,
    ours: (turn: Turn) => number,
    theirs: (turn: Turn) => number,
    goal: number | null,
  ): Row => row({ target: name, metric, unit, ours: turns.map(ours), peer, theirs: turns.map(theirs), goal })
  return [
    compare(
      'executions per CPU second',
      '1/s',
      ({ ours }) => ours.executions / ours.cpuSeconds,
      ({ theirs, theirCpuSeconds }) => theirs.executions / theirCpuSeconds,
      SPEED_GOAL,
    ),
    compare(
      'executions per second',
      '1/s',
      ({ ours }) => ours.executions / ours.wallSeconds,
      ({ theirs }) => theirs.executions / seconds,
      null,
    ),
    compare(
      'edges of the C twin, same CPU time',
      'edges',
      ({ ourEdges }) => ourEdges,
      ({ theirEdges }) => theirEdges,
      EDGES_GOAL,
    ),
  ]
}

export async function go(words: string[]): Promise<void> {
  const options = parseBenchOptions('go', words, { seconds: 5 })
  const version = goVersion()
  if (!version) throw new Error('Go is not installed: run sh bench/setup.sh go, or leave go out')
  if (!installed('clang-19')) throw new Error('clang-19 is not installed: run bench/setup.sh, or leave go out')
  const program = buildGo('records')
  const c = build(RECORDS, 'wasm')
  const works: readonly Work[] = [
    { name: 'records in C, no seeds', module: c, seeded: false },
    { name: 'records in C, seeds', module: c, seeded: true },
    { name: 'records in AssemblyScript, no seeds', module: `${TARGETS}records.ts`, seeded: false },
  ]
  const rows: Row[] = []
  for (const work of works) {
    if (!selected(options, work.name)) continue
    const turns: Turn[] = []
    for (let seed = 1; seed <= options.pairs; seed++)
      turns.push(await turn(RECORDS, program, work, options.seconds, seed))
    const measured = rowsOf(work.name, `Go (${version})`, turns, options.seconds)
    console.log(`${textTable(measured)}\n`)
    rows.push(...measured)
  }
  if (options.save) await save('go', options.command, rows, [])
}
