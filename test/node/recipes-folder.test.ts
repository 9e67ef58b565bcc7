import { mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RecipeRecord } from '../../src/core/explore/finding-desk.ts'
import type { SessionPlace } from '../../src/core/runtime.ts'
import { RecipesFolder } from '../../src/node/recipes-folder.ts'

const record = (key: string, recipe = 'seed=1 module=9f86d081884c7d65:'): RecipeRecord => {
  const failed = { kind: 'violation', key, message: key, details: '', frames: [], path: [] } as const
  const met = { depth: 0, draws: 9, timelines: 1, elapsedMs: 5, memoryHash: null }
  return { ...failed, ...met, recipe, reproduced: 0, reproduceRuns: 0 }
}

test('keeps two failures of one timeline apart, and one finding in one place', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fuzzbox-recipes-'))
  const place = { target: { name: 'sim', hash: 'aa' }, module: 'sim.wasm', seed: 1, replayArguments: [] }
  const store = new RecipesFolder(folder, place as unknown as SessionPlace)
  const first = await store.write(record('overrun'), null)
  const second = await store.write(record('too long'), null)
  expect(first.path).not.toBe(second.path)
  const again = await store.write({ ...record('overrun'), reproduced: 2, reproduceRuns: 2 }, first.path)
  expect(again.path).toBe(first.path)
  expect(readdirSync(folder)).toHaveLength(4)
  const keys = [first, second].map(({ path }) => JSON.parse(readFileSync(`${path}.json`, 'utf8')).key as string)
  expect(keys).toEqual(['overrun', 'too long'])
})
