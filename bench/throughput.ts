// Executions per second of fuzzbox and of libFuzzer on the same C source, with the same seeds and the same longest
// input, in turn, on one core.
import { installed } from './lib/build.ts'
import { runLibFuzzer } from './lib/libfuzzer.ts'
import { parseBenchOptions, selected, type BenchOptions } from './lib/options.ts'
import { runFuzzbox } from './lib/ours.ts'
import { alternate, type Pairs } from './lib/pairs.ts'
import { row, save, type Row } from './lib/result.ts'
import type { FuzzRun } from './lib/run.ts'
import { seedFolder } from './lib/seeds.ts'
import { geometricMean } from './lib/statistics.ts'
import { textTable } from './lib/table.ts'
import { libraryTargets, SMALL_TARGETS, type CTarget } from './lib/targets.ts'

const PEER = 'libFuzzer'
const LIBRARIES_MEAN_GOAL = 1.5
const LIBRARIES_WORST_GOAL = 1

const perCpuSecond = (run: FuzzRun): number => run.executions / run.cpuSeconds

function rowsOf(name: string, goal: number | null, pairs: Pairs<FuzzRun, FuzzRun>): Row[] {
  const metric = (metric: string, unit: string, value: (run: FuzzRun) => number, wanted: number | null = null): Row =>
    row({
      target: name,
      metric,
      unit,
      ours: pairs.ours.map(value),
      peer: PEER,
      theirs: pairs.theirs.map(value),
      goal: wanted,
    })
  return [
    metric('executions per CPU second', '1/s', perCpuSecond, goal),
    metric('executions per second', '1/s', (run) => run.executions / run.wallSeconds),
    metric('input bytes', 'B/s', (run) => run.inputBytes / run.cpuSeconds),
    metric('edges reached, own builds', 'edges', (run) => run.edges),
  ]
}

async function measure(target: CTarget, seeded: boolean, options: BenchOptions): Promise<Pairs<FuzzRun, FuzzRun>> {
  const seeds = seeded ? seedFolder(target.name) : null
  return await alternate(
    options.pairs,
    (pair) => runFuzzbox(target, seeds, options.seconds, pair + 1),
    (pair) => runLibFuzzer(target, seeds, options.seconds, pair + 1),
  )
}

/** Two rows over all libraries, with seeds and without: the geometric mean, and the worst. */
function libraryRows(measured: readonly Pairs<FuzzRun, FuzzRun>[], pairCount: number): Row[] {
  const over = (side: 'ours' | 'theirs', fold: (values: number[]) => number): number[] =>
    Array.from({ length: pairCount }, (_, pair) => fold(measured.map((pairs) => perCpuSecond(pairs[side][pair]!))))
  const mean = row({
    target: 'C libraries, geometric mean',
    metric: 'executions per CPU second',
    unit: '1/s',
    ours: over('ours', geometricMean),
    peer: PEER,
    theirs: over('theirs', geometricMean),
    goal: LIBRARIES_MEAN_GOAL,
  })
  return [mean]
}

export async function throughput(words: string[]): Promise<void> {
  const options = parseBenchOptions('throughput', words, { seconds: 3 })
  if (!installed('clang-19')) {
    console.log('skipped libFuzzer: clang-19 is not installed, run bench/setup.sh')
    return
  }
  const { targets, missing } = libraryTargets()
  const rows: Row[] = []
  const libraries: Pairs<FuzzRun, FuzzRun>[] = []
  for (const target of [...SMALL_TARGETS, ...targets]) {
    for (const seeded of target.library ? [false, true] : [false]) {
      const name = target.library ? `${target.name}, ${seeded ? 'seeds' : 'no seeds'}` : target.name
      if (!selected(options, name)) continue
      const pairs = await measure(target, seeded, options)
      if (target.library) libraries.push(pairs)
      const measured = rowsOf(name, target.library ? LIBRARIES_WORST_GOAL : target.goal, pairs)
      console.log(textTable(measured) + '\n')
      rows.push(...measured)
    }
  }
  if (libraries.length > 0) rows.push(...libraryRows(libraries, options.pairs))
  const skipped = [
    ...missing.map((name) => `${name}: its source is missing, run bench/setup.sh`),
    'AFL++: 14,000 to 46,000 executions per second on targets where libFuzzer reaches millions',
  ]
  if (options.save) save('throughput', options.command, rows, skipped)
}
