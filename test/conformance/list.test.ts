// The list of promises beside this file names tests: each of them is there.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const TESTS = join(import.meta.dirname, '..')
const list = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')

/** Where a file of the list lies: beside it, or below test/. */
function textOf(name: string): string | null {
  const places = [TESTS, import.meta.dirname].flatMap((folder) =>
    ['', '.node', '.browser'].map((kind) => join(folder, `${name}${kind}.test.ts`)),
  )
  const path = places.find((place) => existsSync(place))
  return path === undefined ? null : readFileSync(path, 'utf8').replaceAll("\\'", "'")
}

const named = list
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .flatMap((line) => line.split('|').at(-2)!.split(';'))
  .flatMap((part) => {
    const file = /^\s*`([\w/-]+)`/.exec(part)?.[1]
    return file === undefined ? [] : [{ file, names: [...part.matchAll(/"([^"]+)"/g)].map(([, name]) => name!) }]
  })

test('every test that the list of promises names is there', () => {
  const missing = named.flatMap(({ file, names }) => {
    const text = textOf(file)
    if (text === null) return [file]
    return names.filter((name) => !text.includes(name)).map((name) => `${file}: "${name}"`)
  })
  expect(missing).toEqual([])
  expect(named.length).toBeGreaterThan(60)
})
