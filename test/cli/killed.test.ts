// SIGKILL gives nobody a chance to clean up: whatever is on disk then must be whole, and the next run must start.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildWhenStale, fuzzbox } from './command.ts'

beforeAll(buildWhenStale, 120_000)

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'fuzzbox-killed-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const KILLS = 200
/** Kills from one empty corpus on; so the first runs write much, and the last ones read much. */
const KILLS_A_CORPUS = 5
/** Output after which a run is killed: from its first byte to about where finds become rare. */
const OUTPUT_BYTES_MAX = 3_000

/** A target with hundreds of ways, each of them easy to find, and a few that trap: files are written all the time. */
function manyWays(): string {
  const arm = (index: number): string => {
    const then = index % 50 === 7 ? '(unreachable)' : '(local.set 2 (i32.add (local.get 2) (i32.const 1)))'
    return `(if (i32.eq (i32.load8_u offset=${index % 8} (local.get 0)) (i32.const ${index})) (then ${then}))`
  }
  return `(module (memory (export "memory") 1)
    (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32) (local i32)
      ${Array.from({ length: 250 }, (_, index) => arm(index)).join('\n      ')}
      (i32.const 0)))`
}

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex')

/** Every file that is not a leftover of ours says by its name what it holds. */
function tornFiles(folder: string): string[] {
  const names = (path: string): string[] => {
    try {
      return readdirSync(path).filter((name) => !name.startsWith('.fuzzbox-'))
    } catch {
      return []
    }
  }
  const corpus = join(folder, 'fuzz/corpus/ways')
  const findings = join(folder, 'fuzz/findings/ways')
  const tornInputs = names(corpus).filter((name) => sha1(readFileSync(join(corpus, name))) !== name)
  const tornFindings = names(findings).filter((name) => {
    const bytes = readFileSync(join(findings, name))
    if (!name.endsWith('.json')) return name !== `crash-${sha1(bytes)}`
    return typeof (JSON.parse(bytes.toString()) as { key: unknown }).key !== 'string'
  })
  return [...tornInputs, ...tornFindings]
}

/** A fixed sequence of numbers below `below`: Lehmer's generator, so that a failure comes again. */
function* numbers(seed: number, below: number): Generator<number, never> {
  for (let state = seed; ; state = (state * 48_271) % 2_147_483_647) yield state % below
}

test(`a run that is killed at any of ${KILLS} moments leaves no torn file, and the next one starts`, async () => {
  // Two at a time, as there are two processors.
  const kill = async (chain: number): Promise<number> => {
    const folder = mkdtempSync(join(cwd, `chain-${chain}-`))
    writeFileSync(join(folder, 'ways.wat'), manyWays())
    const moments = numbers(1_000 + chain, OUTPUT_BYTES_MAX)
    let kills = 0
    for (let run = 0; kills < KILLS / 2; run++) {
      if (run % KILLS_A_CORPUS === 0) rmSync(join(folder, 'fuzz'), { recursive: true, force: true })
      const after = moments.next().value
      const words = ['run', 'ways.wat', '--json', '--workers', '1', '--seed', String(run)]
      const ended = await fuzzbox(words, {
        cwd: folder,
        onOutput: (stdout, _interrupt, kill) => void (stdout.length >= after && kill()),
      })
      // It never ends by itself, so whatever else ends it is a run that could not start.
      expect(ended).toMatchObject({ signal: 'SIGKILL', stderr: '' })
      expect(tornFiles(folder)).toEqual([])
      kills++
    }
    const last = await fuzzbox(['run', 'ways.wat', '--runs', '1000', '--json'], { cwd: folder })
    expect(last.stderr).toBe('')
    expect(last.stdout).toContain('"type":"end"')
    return kills
  }
  expect(await Promise.all([kill(0), kill(1)])).toEqual([KILLS / 2, KILLS / 2])
}, 600_000)
