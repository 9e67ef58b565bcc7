// SIGKILL gives nobody a chance to clean up: whatever is on disk then must be whole, and the next run must start.
// test/node/killed.test.ts does the same, more often, to a process that does nothing but write.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { numbers, tornFiles } from '../node/torn-files.ts'
import { buildWhenStale, fuzzbox } from './command.ts'

beforeAll(buildWhenStale, 120_000)

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'fuzzbox-killed-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const KILLS = 40
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
      expect(tornFiles(join(folder, 'fuzz/corpus/ways'), join(folder, 'fuzz/findings/ways'))).toEqual([])
      kills++
    }
    const last = await fuzzbox(['run', 'ways.wat', '--runs', '1000', '--json'], { cwd: folder })
    expect(last.stderr).toBe('')
    expect(last.stdout).toContain('"type":"end"')
    return kills
  }
  expect(await Promise.all([kill(0), kill(1)])).toEqual([KILLS / 2, KILLS / 2])
}, 600_000)
