import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { readArtifactText } from './artifacts.ts'
import { BROWSER_SKIPPED, CHROMIUM_PATHS, CHROMIUM_VARIABLE, findChromium } from './chromium.ts'

test('there is a Chromium for the browser project', ({ skip }) => {
  const chromium = findChromium()
  if (chromium === null) return skip(BROWSER_SKIPPED)
  const { stdout } = spawnSync(chromium, ['--version'], { encoding: 'utf8' })
  expect(stdout).toMatch(/Chrom(e|ium) \d+/)
})

test('takes the Chromium that the environment names', () => {
  expect(findChromium({ [CHROMIUM_VARIABLE]: process.execPath })).toBe(process.execPath)
})

test('does not put another in the place of a named one that is missing', () => {
  expect(findChromium({ [CHROMIUM_VARIABLE]: '/nowhere/chromium' })).toBe(null)
})

test('the set-up script looks in the same places', async () => {
  const script = await readArtifactText('test/setup.sh')
  for (const path of [...CHROMIUM_PATHS, CHROMIUM_VARIABLE]) expect(script).toContain(path)
})
