// SIGKILL gives nobody a chance to clean up: whatever is on disk then must be whole. test/cli/killed.test.ts does the
// same to whole campaigns, which take longer to start and write less.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'
import { numbers, tornFiles } from './torn-files.ts'

const WRITER = fileURLToPath(new URL('./writes-for-ever.ts', import.meta.url))
const KILLS = 200
/** Files begun before a kill: at the first one folders are made, at the last ones everything is there already. */
const FILES_MAX = 40

test(`a process that writes inputs and findings leaves no torn file when it is killed at any of ${KILLS} moments`, async () => {
  // One file of JavaScript starts three times as fast as modules from which types have to be taken. It lies as deep in the
  // package as what it is made of, which looks for package.json from there.
  const program = fileURLToPath(
    new URL(`../../node_modules/.cache/fuzzbox/writes-for-ever-${process.pid}.mjs`, import.meta.url),
  )
  await (await rolldown({ input: WRITER, platform: 'node' })).write({ file: program })
  // Two at a time, as there are two processors.
  const kill = async (chain: number): Promise<number> => {
    const folder = mkdtempSync(join(tmpdir(), 'fuzzbox-writes-'))
    const [corpus, findings] = [join(folder, 'corpus'), join(folder, 'findings')]
    const moments = numbers(1_000 + chain, FILES_MAX)
    let kills = 0
    for (; kills < KILLS / 2; kills++) {
      const ended = await killedAfter(moments.next().value, [program, corpus, findings])
      expect(ended).toEqual({ signal: 'SIGKILL', stderr: '' })
      expect(tornFiles(corpus, findings)).toEqual([])
    }
    rmSync(folder, { recursive: true })
    return kills
  }
  expect(await Promise.all([kill(0), kill(1)])).toEqual([KILLS / 2, KILLS / 2])
  rmSync(program)
}, 300_000)

async function killedAfter(
  bytes: number,
  words: readonly string[],
): Promise<{ signal: string | null; stderr: string }> {
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [written, stderr] = [0, '']
  child.stdout.on('data', (chunk: Buffer) => {
    written += chunk.length
    if (written > bytes) child.kill('SIGKILL')
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return await new Promise((resolve) => child.on('close', (_code, signal) => resolve({ signal, stderr })))
}
