import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
let folder: string

beforeEach(() => {
  mkdirSync(join(root, 'build'), { recursive: true })
  folder = mkdtempSync(join(root, 'build/closing-line-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** Runs vitest with the reporter under test on one file; resolves names from the repository's node_modules. */
function lastLineAndStatus(source: string): readonly [string | undefined, number | null] {
  writeFileSync(join(folder, 'sample.test.ts'), `import { test, expect } from 'vitest'\n${source}`)
  writeFileSync(join(folder, 'vitest.config.js'), 'export default {}')
  const reporters = ['default', join(root, 'test/support/closing-line.ts')].map((name) => `--reporter=${name}`)
  const cli = join(root, 'node_modules/vitest/vitest.mjs')
  const options = ['run', '--root', folder, ...reporters]
  const { stdout, status } = spawnSync(process.execPath, [cli, ...options], { cwd: folder, encoding: 'utf8' })
  return [stdout.trimEnd().split('\n').at(-1), status]
}

test('closes a green run with its counts', () => {
  const source = `test('a', () => {})\ntest('b', () => {})\ntest.todo('c')`
  expect(lastLineAndStatus(source)).toEqual(['2 passed, 0 failed, 1 skipped', 0])
})

test('closes a red run with its counts and a status of 1', () => {
  const source = `test('a', () => {})\ntest('b', () => { expect(1).toBe(2) })`
  expect(lastLineAndStatus(source)).toEqual(['1 passed, 1 failed, 0 skipped', 1])
})

test('counts a file that cannot be loaded as a failure', () => {
  expect(lastLineAndStatus(`throw new Error('on load')`)).toEqual(['0 passed, 1 failed, 0 skipped', 1])
})

test('counts an error that no test caught as a failure', () => {
  const source = `test('a', () => { void Promise.reject(new Error('lost')) })`
  expect(lastLineAndStatus(source)).toEqual(['1 passed, 1 failed, 0 skipped', 1])
})

test('takes a run in which nothing ran for a failure', () => {
  expect(lastLineAndStatus(`test.todo('later')`)).toEqual(['0 passed, 1 failed, 1 skipped', 1])
})
