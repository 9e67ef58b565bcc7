import { expect, it } from 'vitest'
import { minimizeRecipe } from '../../../src/core/explore/minimize-recipe.ts'
import {
  demandModule,
  formatRecipe,
  formatReseeds,
  parseRecipe,
  parseReseeds,
} from '../../../src/core/explore/recipe.ts'
import { replayRecipe } from '../../../src/core/explore/replay-recipe.ts'
import { adaptive, explored, MODULE_HASH } from './explored.ts'
import { cascade } from './programs.ts'
import { ScriptedRunner } from './scripted-runner.ts'

const FULL = `seed=42 module=9f86d081884c7d65: 12@18446744073709551615 -> 0@7`

it('writes and reads recipes', () => {
  expect(formatRecipe(parseRecipe(FULL))).toBe(FULL)
  expect(formatReseeds(parseReseeds('  1@2 ->  3@4 '))).toBe('1@2 -> 3@4')
  expect(parseReseeds('')).toEqual([])
  expect(parseRecipe('5@6')).toEqual({ rootSeed: 0n, moduleHash: null, reseeds: [{ draws: 5, seed: 6n }] })
})

it.each([
  ['12', 'no "@"'],
  ['1@2 -> x@3', 'entry 2'],
  ['1@-3', 'a seed of 64 bits'],
  ['1@18446744073709551616', 'a seed of 64 bits'],
  ['seed=x: 1@2', '"seed=x"'],
  ['seed=1 seed=2: 1@2', '"seed=2"'],
  ['module=12: 1@2', '"module=12"'],
])('says what is wrong with the recipe "%s"', (text, why) => {
  expect(() => parseRecipe(text)).toThrow(expect.objectContaining({ code: 'E_RECIPE' }) as Error)
  expect(() => parseRecipe(text)).toThrow(why)
})

it('refuses another module', () => {
  expect(() => demandModule(parseRecipe(FULL), 'sim', '00'.repeat(32))).toThrow(
    expect.objectContaining({ code: 'E_RECIPE_MODULE' }) as Error,
  )
  expect(() => demandModule(parseRecipe(FULL), 'sim', MODULE_HASH)).not.toThrow()
})

it('verifies that a replay did what it did before, and says where it did not', async () => {
  const { found } = await explored(cascade, { stopOnFinding: true })
  const { recipe: text, key, memoryHash } = found[0]!
  const recipe = parseRecipe(text)
  const runner = new ScriptedRunner(cascade)
  const verdict = async (changes: Partial<typeof recipe>, expected = { key, memoryHash }): Promise<string> =>
    (await replayRecipe(runner, { ...recipe, ...changes }, expected)).verdict
  expect(await verdict({})).toBe('same')
  expect(await verdict({}, { key, memoryHash: 'another' })).toBe('state')
  expect(await verdict({}, { key: 'another', memoryHash })).toBe('other')
  expect(await verdict({ reseeds: [{ draws: 1, seed: 1n }] })).not.toBe('same')
})

it('shortens a recipe and keeps the same failure', async () => {
  const settings = { stopOnFinding: true, seed: 3n, maxDepth: 8, adaptive: adaptive(4, 4, 20, 15) }
  const { found } = await explored(cascade, settings)
  const recipe = parseRecipe(found[0]!.recipe)
  const [first, ...rest] = recipe.reseeds
  const padded = { ...recipe, reseeds: [{ ...first!, seed: 99n }, { draws: 0, seed: first!.seed }, ...rest] }
  const runner = new ScriptedRunner(cascade)
  const options = { runner, key: found[0]!.key, runsMax: 500, signal: null }
  const smaller = await minimizeRecipe(options, padded)
  expect(smaller.recipe.reseeds.length).toBeLessThan(padded.reseeds.length)
  const again = await replayRecipe(runner, smaller.recipe, { key: found[0]!.key, memoryHash: null })
  expect(again.verdict).toBe('same')
})

it('begins with the seed that comes before any draw', async () => {
  const runner = new ScriptedRunner((simulation) => simulation.always(simulation.below(4) !== 0, 'never a zero'))
  const failing = async (seed: bigint): Promise<string | null> => {
    const { failures } = await replayRecipe(runner, parseRecipe(`seed=${seed}:`), { key: null, memoryHash: null })
    return failures[0]?.key ?? null
  }
  let seed = 1n
  while ((await failing(seed)) === null) seed++
  const options = { runner, key: (await failing(seed))!, runsMax: 100, signal: null }
  const { recipe } = await minimizeRecipe(options, parseRecipe(`seed=0: 0@${seed}`))
  expect(recipe).toMatchObject({ rootSeed: seed, reseeds: [] })
})

it('keeps nothing of a recipe that does not fail', async () => {
  const runner = new ScriptedRunner(() => {})
  const options = { runner, key: 'some key', runsMax: 10, signal: null }
  expect((await minimizeRecipe(options, parseRecipe('seed=1:'))).timeline).toBeNull()
})
