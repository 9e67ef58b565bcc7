// Instrumenting real modules in a process of its own, against the npm package's wasm-opt reading and writing the same
// module: seconds of CPU, peak memory, and how much the module grows.
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { build, installed } from './lib/build.ts'
import { launch, type Launched } from './lib/launch.ts'
import { parseBenchOptions, selected } from './lib/options.ts'
import { alternate } from './lib/pairs.ts'
import { BUILD, CACHE, ROOT } from './lib/paths.ts'
import { row, save, type Row } from './lib/result.ts'
import { textTable } from './lib/table.ts'
import { libraryTargets, SMALL_TARGETS } from './lib/targets.ts'

const TIME_GOAL = 4
/** Against this much memory, at most; for the largest module alone. */
const MEMORY_GOAL_MIB = 1024
const LARGE_BYTES = 10 * 1024 * 1024

const script = fileURLToPath(new URL('lib/instrument-once.ts', import.meta.url))
const wasmOpt = `${ROOT}node_modules/binaryen/bin/wasm-opt`

function modules(): string[] {
  const packages = [
    `${ROOT}build/examples/llhttp.wasm`,
    `${ROOT}node_modules/source-map/lib/mappings.wasm`,
    `${ROOT}node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm`,
    `${CACHE}npm/node_modules/esbuild-wasm/esbuild.wasm`,
  ]
  const built = installed('clang-19')
    ? [...SMALL_TARGETS, ...libraryTargets().targets].map((t) => build(t, 'wasm'))
    : []
  return [...built, ...packages]
}

async function succeed(words: readonly string[]): Promise<Launched> {
  const done = await launch(words)
  if (done.status !== 0) throw new Error(`${words.join(' ')} ended with ${done.status}: ${done.stderr.slice(-2000)}`)
  return done
}

async function measure(path: string, pairs: number): Promise<Row[]> {
  const bytes = statSync(path).size
  const name = `${path.replace(/.*\//, '')}, ${Math.round(bytes / 1000).toLocaleString('en-US')} KB`
  const ours = `${BUILD}instrumented.wasm`
  const theirs = `${BUILD}rewritten.wasm`
  const times = await alternate(
    pairs,
    () => succeed([process.execPath, script, path, ours]),
    () => succeed([process.execPath, wasmOpt, '--all-features', path, '-o', theirs]),
  )
  const mib = ({ rssKiB }: Launched): number => rssKiB / 1024
  const common = { target: name, peer: 'wasm-opt' }
  const rows = [
    row({
      ...common,
      metric: 'CPU time of the process',
      unit: 's',
      ours: times.ours.map((done) => done.cpuSeconds),
      theirs: times.theirs.map((done) => done.cpuSeconds),
      goal: TIME_GOAL,
    }),
    row({
      ...common,
      metric: 'peak memory',
      unit: 'MiB',
      ours: times.ours.map(mib),
      theirs: times.theirs.map(mib),
      goal: null,
    }),
    row({
      target: name,
      metric: 'size',
      unit: 'bytes',
      ours: [statSync(ours).size],
      peer: 'the original',
      theirs: [bytes],
      goal: null,
    }),
  ]
  if (bytes < LARGE_BYTES) return rows
  const limit = times.ours.map(() => MEMORY_GOAL_MIB)
  const memory = { target: name, metric: 'peak memory', unit: 'MiB', ours: times.ours.map(mib) }
  return [...rows, row({ ...memory, peer: 'the limit', theirs: limit, goal: 1 })]
}

export async function instrument(words: string[]): Promise<void> {
  const options = parseBenchOptions('instrument', words, { seconds: 0 })
  const rows: Row[] = []
  const skipped: string[] = []
  for (const path of modules()) {
    if (!selected(options, path)) continue
    if (!existsSync(path)) {
      skipped.push(`${path.replace(/.*\//, '')}: run bench/setup.sh and examples/llhttp/extract.ts`)
      continue
    }
    const measured = await measure(path, options.pairs)
    console.log(textTable(measured) + '\n')
    rows.push(...measured)
  }
  for (const line of skipped) console.log(`skipped ${line}`)
  if (options.save) await save('instrument', options.command, rows, skipped)
}
