// What package.json promises to people who install the package.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { root } from './tidy/files.ts'

function pathsIn(entry: unknown): readonly string[] {
  if (typeof entry === 'string') return [entry]
  return Object.values(entry as object).flatMap(pathsIn)
}

test('every file that package.json names is there once `npm run build` has run', () => {
  const named = [...pathsIn(manifest.exports), ...pathsIn(manifest.bin), ...manifest.files, 'LICENSE', 'README.md']
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('the package exports what its documentation names', () => {
  const load = (name: string): readonly string[] => {
    const program = `console.log(JSON.stringify(Object.keys(await import(${JSON.stringify(name)}))))`
    const options = ['--input-type=module', '--eval', program]
    return JSON.parse(execFileSync(process.execPath, options, { cwd: root, encoding: 'utf8' })) as string[]
  }
  expect(load('fuzzbox')).toEqual(expect.arrayContaining(['fuzz', 'FuzzboxError']))
  expect(load('fuzzbox/node')).toContain('fuzz')
  expect(load('fuzzbox/browser')).toContain('fuzz')
})

test('versions that generated code depends on are pinned', () => {
  for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
})
