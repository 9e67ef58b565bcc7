import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildWhenStale, fuzzbox, targetPath } from './command.ts'

beforeAll(buildWhenStale, 120_000)

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'fuzzbox-traces-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

test('whatever does not fuzz leaves nothing in the folder: doctor, replay, list and clean', async () => {
  writeFileSync(join(cwd, 'input'), 'harmless')
  const exits = targetPath('hostile/exits.wat')
  for (const words of [['doctor', exits], ['replay', exits, 'input'], ['run', exits, 'input'], ['list'], ['clean']]) {
    expect(await fuzzbox(words, { cwd })).toMatchObject({ code: 0 })
  }
  expect(readdirSync(cwd)).toEqual(['input'])
})

test.each([
  ['--runs', '-1'],
  ['--time', '-3s'],
  ['--workers', '0'],
  ['--minimize-runs', '-5'],
  ['--minimize-time', 'soon'],
  ['--until-stable', '0x'],
])('a value that makes no sense is refused in one sentence: %s %s', async (option, value) => {
  const ended = await fuzzbox(['run', targetPath('hostile/exits.wat'), `${option}=${value}`], { cwd })
  expect(ended.code).toBe(2)
  expect(ended.stderr.trim().split('\n')).toHaveLength(1)
  expect(ended.stderr).toMatch(/\[E_(USAGE|OPTION)\]/)
})
