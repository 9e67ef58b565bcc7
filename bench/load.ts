// A corpus of many small files: from the start to the end of the warm-up, and peak memory of the whole process, beside
// libFuzzer and Go reading and executing the same inputs once. The module comes out of the cache.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { build, installed } from './lib/build.ts'
import { buildGo, goVersion, launchGo } from './lib/go.ts'
import { goBytes, goCorpusFile } from './lib/go-corpus.ts'
import { eachJsonInput } from './lib/json-corpus.ts'
import { launch, type Launched } from './lib/launch.ts'
import { parseBenchOptions, selected } from './lib/options.ts'
import { ROOT } from './lib/paths.ts'
import { row, save, type Row } from './lib/result.ts'
import { textTable } from './lib/table.ts'
import { SMALL_TARGETS } from './lib/targets.ts'

/** Files in memory, where the system has them: it is reading that is measured, not a disk. */
const MEMORY_FOLDER = '/dev/shm'
const FILES = 100_000
const FILE_BYTES = 200
const SECONDS_GOAL = 5
const MEGABYTES_GOAL = 300
const GO_TEST = 'FuzzJSON'

interface Loaded extends Launched {
  /** From the campaign's start until everything was run once. */
  readonly warmUpSeconds: number
}

/** The part of an event that is read here. */
interface SaidEvent {
  readonly type: string
  readonly phase?: string
  readonly elapsedMs: number
}

/** The first status is told when the warm-up is over; where statuses name a phase, the first of fuzzing. */
function warmUpSeconds(lines: string): number {
  const events = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as SaidEvent)
  const status = events.find(({ type, phase }) => type === 'status' && (phase === undefined || phase === 'fuzz'))
  if (!status) throw new Error(`fuzzbox told of no end of its warm-up:\n${lines.slice(-2000)}`)
  return status.elapsedMs / 1000
}

function writeCorpora(raw: string, go: string | null): void {
  mkdirSync(raw)
  if (go) mkdirSync(go, { recursive: true })
  eachJsonInput(FILES, FILE_BYTES, (input, index) => {
    const name = index.toString(16).padStart(8, '0')
    writeFileSync(`${raw}/${name}`, input)
    if (go) writeFileSync(`${go}/${name}`, goCorpusFile([goBytes(input)]))
  })
}

async function expectSuccess(what: string, launched: Promise<Launched>): Promise<Launched> {
  const done = await launched
  if (done.status !== 0)
    throw new Error(`${what} ended with ${done.status}: ${done.stdout}${done.stderr}`.slice(0, 4000))
  return done
}

export async function load(words: string[]): Promise<void> {
  const options = parseBenchOptions('load', words, { seconds: 0 })
  if (!installed('clang-19')) throw new Error('clang-19 is not installed: run bench/setup.sh, or leave load out')
  const target = SMALL_TARGETS.find(({ name }) => name === 'json')!
  // On a busy machine Go, which asks its other process for each file, takes minutes: `--only libFuzzer` leaves it out.
  const installedGo = goVersion()
  const version = selected(options, 'Go') ? installedGo : null
  const skipped = version ? [] : [installedGo ? 'Go: not asked for' : 'Go: not installed, run sh bench/setup.sh go']
  const folder = mkdtempSync(join(existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir(), 'fuzzbox-bench-'))
  const raw = join(folder, 'corpus')
  const goCache = join(folder, 'go')
  const env = { ...process.env, FUZZBOX_CACHE: join(folder, 'cache') }
  const fuzzbox = [process.execPath, `${ROOT}bin/fuzzbox.js`, 'run', build(target, 'wasm')]
  const settings = ['--runs', '0', '--workers', '1', '--max-len', '4096', '--json']
  const read = async (corpus: string): Promise<Loaded> => {
    const running = launch([...fuzzbox, corpus, ...settings], { cwd: folder, env, oneCore: false })
    const done = await expectSuccess('fuzzbox', running)
    return { ...done, warmUpSeconds: warmUpSeconds(done.stdout) }
  }
  const libFuzzer = [build(target, 'libfuzzer'), '-runs=0', '-max_len=4096', raw]
  const goProgram = version ? buildGo('records') : ''
  const turns = { ours: [] as Loaded[], libFuzzer: [] as Launched[], go: [] as Launched[] }
  try {
    writeCorpora(raw, version ? join(goCache, GO_TEST) : null)
    await read(join(folder, 'none'))
    for (let pair = 0; pair < options.pairs; pair++) {
      const works = [
        async () => turns.ours.push(await read(raw)),
        async () => turns.libFuzzer.push(await expectSuccess('libFuzzer', launch(libFuzzer, { oneCore: false }))),
      ]
      if (version) {
        const goWork = launchGo.bind(null, goProgram, GO_TEST, `${FILES}x`, goCache, {
          cwd: folder,
          seed: 1,
          oneCore: false,
        })
        works.push(async () => turns.go.push(await expectSuccess('Go', goWork())))
      }
      for (const work of pair % 2 === 0 ? works : works.toReversed()) await work()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const rows = rowsOf(turns, version)
  console.log(textTable(rows))
  for (const line of skipped) console.log(`skipped ${line}`)
  if (options.save) await save('load', options.command, rows, skipped)
}

type Turns = Readonly<Record<'libFuzzer' | 'go', readonly Launched[]>> & { readonly ours: readonly Loaded[] }

function rowsOf({ ours, libFuzzer, go }: Turns, version: string | null): Row[] {
  const target = `${FILES.toLocaleString('en-US')} files of ${FILE_BYTES} bytes`
  const megabytes = ({ rssKiB }: Launched): number => (rssKiB * 1024) / 1e6
  const limit = (metric: string, unit: string, value: (run: Loaded) => number, most: number): Row =>
    row({ target, metric, unit, ours: ours.map(value), peer: 'the limit', theirs: ours.map(() => most), goal: 1 })
  const against = (peer: string, runs: readonly Launched[]): Row[] => {
    const compare = (metric: string, unit: string, value: (run: Launched) => number): Row =>
      row({ target, metric, unit, ours: ours.map(value), peer, theirs: runs.map(value), goal: null })
    return [
      compare('whole process, wall', 's', ({ wallSeconds }) => wallSeconds),
      compare('whole process, CPU', 's', ({ cpuSeconds }) => cpuSeconds),
      compare('peak memory', 'MB', megabytes),
    ]
  }
  return [
    limit('warm-up, wall', 's', (run) => run.warmUpSeconds, SECONDS_GOAL),
    limit('peak memory, coordinator and worker', 'MB', megabytes, MEGABYTES_GOAL),
    ...against('libFuzzer', libFuzzer),
    // Go has two processes; the operating system tells the peak of the larger one.
    ...(version ? against(`Go (${version}), encoding/json`, go) : []),
  ]
}
