// Executions per second of fuzzbox, libFuzzer and AFL++ on the same C source, with the same seeds and the same longest
// input, in turn, on one core.
import { runAflpp } from './lib/aflpp.ts'
import { installed } from './lib/build.ts'
import { runLibFuzzer } from './lib/libfuzzer.ts'
import { parseBenchOptions, selected, type BenchOptions } from './lib/options.ts'
import { runFuzzbox } from './lib/ours.ts'
import { row, save, type Row } from './lib/result.ts'
import type { FuzzRun } from './lib/run.ts'
import { seedFolder } from './lib/seeds.ts'
import { geometricMean } from './lib/statistics.ts'
import { textTable } from './lib/table.ts'
import { libraryTargets, SMALL_TARGETS, type CTarget } from './lib/targets.ts'

const LIBRARIES_MEAN_GOAL = 1.5
const LIBRARIES_WORST_GOAL = 1
/** AFL++ is so far away on the small targets that two of them tell enough. */
const AFL_TARGETS = ['empty', 'json']

interface Work {
  readonly name: string
  readonly target: CTarget
  readonly seeds: string | null
  readonly goal: number | null
  readonly afl: boolean
}

interface Turns {
  readonly ours: FuzzRun[]
  readonly libFuzzer: FuzzRun[]
  readonly afl: FuzzRun[]
}

const perCpuSecond = (run: FuzzRun): number => run.executions / run.cpuSeconds

function works(libraries: readonly CTarget[], afl: boolean): Work[] {
  const small = SMALL_TARGETS.map((target) => {
    return { name: target.name, target, seeds: null, goal: target.goal, afl: afl && AFL_TARGETS.includes(target.name) }
  })
  const seeded = (target: CTarget, seeds: boolean): Work => ({
    name: `${target.name}, ${seeds ? 'seeds' : 'no seeds'}`,
    target,
    seeds: seeds ? seedFolder(target.name) : null,
    goal: LIBRARIES_WORST_GOAL,
    afl: afl && seeds,
  })
  return [...small, ...libraries.flatMap((target) => [seeded(target, false), seeded(target, true)])]
}

/** The order of the programs turns around from pair to pair. */
async function measure(work: Work, options: BenchOptions): Promise<Turns> {
  const turns: Turns = { ours: [], libFuzzer: [], afl: [] }
  const { target, seeds, afl } = work
  for (let pair = 0; pair < options.pairs; pair++) {
    const seed = pair + 1
    const programs = [
      async () => turns.ours.push(await runFuzzbox(target, seeds, options.seconds, seed)),
      async () => turns.libFuzzer.push(await runLibFuzzer(target, seeds, options.seconds, seed)),
      async () => afl && turns.afl.push(await runAflpp(target, seeds, options.seconds, seed)),
    ]
    for (const program of pair % 2 === 0 ? programs : programs.toReversed()) await program()
  }
  return turns
}

function rowsOf(work: Work, turns: Turns): Row[] {
  const against = (peer: string, theirs: readonly FuzzRun[]) => {
    return (metric: string, unit: string, value: (run: FuzzRun) => number, goal: number | null = null): Row =>
      row({ target: work.name, metric, unit, ours: turns.ours.map(value), peer, theirs: theirs.map(value), goal })
  }
  const libFuzzer = against('libFuzzer', turns.libFuzzer)
  const rows = [
    libFuzzer('executions per CPU second', '1/s', perCpuSecond, work.goal),
    libFuzzer('executions per second', '1/s', (run) => run.executions / run.wallSeconds),
    libFuzzer('input bytes', 'B/s', (run) => run.inputBytes / run.cpuSeconds),
    libFuzzer('edges reached, own builds', 'edges', (run) => run.edges),
  ]
  if (turns.afl.length === 0) return rows
  return [...rows, against('AFL++', turns.afl)('executions per CPU second', '1/s', perCpuSecond)]
}

/** All libraries, with seeds and without, in one number for each pair. */
function meanRow(libraries: readonly Turns[], pairs: number): Row {
  const mean = (side: 'ours' | 'libFuzzer'): number[] =>
    Array.from({ length: pairs }, (_, pair) =>
      geometricMean(libraries.map((turns) => perCpuSecond(turns[side][pair]!))),
    )
  return row({
    target: 'C libraries, geometric mean',
    metric: 'executions per CPU second',
    unit: '1/s',
    ours: mean('ours'),
    peer: 'libFuzzer',
    theirs: mean('libFuzzer'),
    goal: LIBRARIES_MEAN_GOAL,
  })
}

export async function throughput(words: string[]): Promise<void> {
  const options = parseBenchOptions('throughput', words, { seconds: 5 })
  if (!installed('clang-19')) throw new Error('clang-19 is not installed: run bench/setup.sh, or leave throughput out')
  const afl = installed('afl-clang-fast')
  const { targets, missing } = libraryTargets()
  const skipped = missing.map((name) => `${name}: its source is missing, run bench/setup.sh`)
  if (!afl) skipped.push('AFL++: not installed, run bench/setup.sh')
  const rows: Row[] = []
  const libraries: Turns[] = []
  for (const work of works(targets, afl)) {
    if (!selected(options, work.name)) continue
    const turns = await measure(work, options)
    if (work.target.library) libraries.push(turns)
    const measured = rowsOf(work, turns)
    console.log(`${textTable(measured)}\n`)
    rows.push(...measured)
  }
  // A mean over some of them would look like the goal's.
  if (libraries.length > 0 && options.only.length === 0) rows.push(meanRow(libraries, options.pairs))
  console.log(textTable(rows.slice(-1)))
  for (const line of skipped) console.log(`skipped ${line}`)
  if (options.save) await save('throughput', options.command, rows, skipped)
}
