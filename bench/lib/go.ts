// Go's own fuzzer on test binaries that `go test -c -fuzz` builds: one worker, one processor, no modules from elsewhere.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { goCorpusFile, readGoCorpusFile } from './go-corpus.ts'
import { launch, type Launched } from './launch.ts'
import { BUILD, CACHE, TARGETS } from './paths.ts'

const SOURCES = `${TARGETS}go/`

/** "go1.19.8", or null where Go is missing. */
export function goVersion(): string | null {
  const done = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' })
  return done.status === 0 ? done.stdout.trim() : null
}

/** Builds the tests of a folder of targets/go with coverage counters; returns the path of the program. */
export function buildGo(name: string): string {
  const program = `${BUILD}${name}.go`
  const folder = `${SOURCES}${name}/`
  const newest = Math.max(...readdirSync(folder).map((file) => statSync(folder + file).mtimeMs))
  if (existsSync(program) && statSync(program).mtimeMs >= newest) return program
  const env = { ...process.env, GOCACHE: `${CACHE}go/cache`, GOFLAGS: '-mod=mod', GOPROXY: 'off' }
  const words = ['test', '-c', '-fuzz=.', '-o', program, `./${name}`]
  const done = spawnSync('go', words, { cwd: SOURCES, env, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`go ${words.join(' ')} failed:\n${done.stderr}`)
  return program
}

export interface GoRequest {
  readonly program: string
  /** Name of the fuzz test. */
  readonly test: string
  /** As `-fuzztime` takes it: "5s" or "1000x". */
  readonly fuzzTime: string
  readonly seed: number
  /** Values of the parameters, as they stand in a corpus file: `[]byte("…")`. Written to testdata. */
  readonly seeds: readonly (readonly string[])[]
}

export interface GoRun extends Launched {
  readonly executions: number
  /** All that Go printed. */
  readonly log: string
  /** First parameter of every input that it started from or kept, where that is a []byte. */
  readonly inputs: readonly Uint8Array[]
}

/** One turn in a folder of its own, which is gone afterwards. The exit code of a finding is no error. */
export async function runGo({ program, test, fuzzTime, seed, seeds }: GoRequest): Promise<GoRun> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzzbox-bench-'))
  const testdata = join(folder, 'testdata', 'fuzz', test)
  const cache = join(folder, 'cache')
  try {
    mkdirSync(testdata, { recursive: true })
    mkdirSync(cache)
    seeds.forEach((values, index) => writeFileSync(join(testdata, `seed${index}`), goCorpusFile(values)))
    const done = await launchGo(program, test, fuzzTime, cache, { cwd: folder, seed, oneCore: true })
    const folders = [testdata, join(cache, test)].filter((path) => existsSync(path))
    const files = folders.flatMap((path) => readdirSync(path).map((name) => readFileSync(join(path, name), 'latin1')))
    const inputs = files.map((file) => readGoCorpusFile(file)[0]).filter((input) => input !== undefined)
    return { ...done, executions: executionsOf(done), log: done.stdout, inputs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs a fuzz test with its generated corpus in `cache`. */
export async function launchGo(
  program: string,
  test: string,
  fuzzTime: string,
  cache: string,
  { cwd, seed, oneCore }: { readonly cwd: string; readonly seed: number; readonly oneCore: boolean },
): Promise<Launched> {
  const flags = ['-test.run=^$', `-test.fuzz=^${test}$`, `-test.fuzztime=${fuzzTime}`, `-test.fuzzcachedir=${cache}`]
  const env = { ...process.env, ...(oneCore ? { GOMAXPROCS: '1' } : {}), GODEBUG: `fuzzseed=${seed}` }
  return await launch([program, ...flags, '-test.parallel=1'], { cwd, env, oneCore })
}

/** From its last status line; not a number where it ended at a finding before there was one. */
function executionsOf({ status, stdout, stderr }: Launched): number {
  const executions = Number([...`${stdout}\n${stderr}`.matchAll(/ execs: (\d+) /g)].at(-1)?.[1] ?? 0)
  return executions === 0 && status !== 0 ? Number.NaN : executions
}
