import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ExploreEndEvent } from '../../../src/core/explore/events.ts'
import type { ExploreSettings } from '../../../src/core/explore/settings.ts'
import { demandSettings, readCampaign, type CampaignStore } from '../../../src/core/explore/saved-campaign.ts'
import { CampaignFile } from '../../../src/node/campaign-file.ts'
import { adaptive, explored, MODULE_HASH, type Explored } from './explored.ts'
import { cascade, maze } from './programs.ts'

const MAZE: Partial<ExploreSettings> = {
  ...{ maxDepth: 30, globalEnergy: 1_500, adaptive: adaptive(20, 60, 150, 600), selfCheckEvery: 64 },
  ...{ deterministic: true, seeds: 2 },
}

class Shelf implements CampaignStore {
  readonly name = 'the shelf'
  text: string | null = null
  async read(): Promise<string | null> {
    return this.text
  }
  async write(text: string): Promise<void> {
    this.text = text
  }
}

/** Explores until `timelines`, if they are given, and keeps the campaign. */
async function onwards(
  store: CampaignStore,
  settings: Partial<ExploreSettings>,
  timelines = Infinity,
): Promise<Explored> {
  const saved = await readCampaign(store, MODULE_HASH)
  const abort = new AbortController()
  const emit = (event: { type: string; timelines?: number }): void => {
    if (event.type === 'mark' && event.timelines! >= timelines) abort.abort()
  }
  return await explored(maze, settings, 1, { saved, store, signal: abort.signal, emit })
}

/** What does not depend on snapshots, nor on who ran what. */
function lasting({ fromReplay: _, fromSnapshot: __, reason: ___, ...end }: ExploreEndEvent): object {
  return end
}

it('goes on in the middle of a root seed as if it had never been broken off', async () => {
  const [whole, shelf] = [await explored(maze, MAZE), new Shelf()]
  const first = await onwards(shelf, MAZE, 60)
  expect(first.end.reason).toBe('stopped')
  expect(first.end.timelines).toBeLessThan(whole.end.timelines / 4)
  const second = await onwards(shelf, MAZE, 400)
  expect(second.end.timelines).toBeGreaterThan(first.end.timelines)
  const { end } = await onwards(shelf, MAZE)
  expect(whole.end.findings).toBe(1)
  expect(lasting(end)).toEqual(lasting(whole.end))
})

it('is over when it was over, unless there is more to do', async () => {
  const shelf = new Shelf()
  const once = await onwards(shelf, { ...MAZE, seeds: 1 })
  expect((await onwards(shelf, { ...MAZE, seeds: 1 })).end.timelines).toBe(once.end.timelines)
  expect((await onwards(shelf, MAZE)).end.seedsDone).toBe(2)
})

it('depth first begins the root seed anew that was broken off, and keeps those that were done', async () => {
  const settings = { ...MAZE, frontier: 'depth-first', globalEnergy: 100, seeds: 3 } as const
  const [whole, shelf] = [await explored(maze, settings), new Shelf()]
  await explored(maze, { ...settings, runs: 150 }, 1, { store: shelf })
  expect((await readCampaign(shelf, MODULE_HASH))?.nth).toBe(1)
  expect(lasting((await onwards(shelf, settings)).end)).toEqual(lasting(whole.end))
})

it('with many workers that work freely counts every timeline and all energy once', async () => {
  const shelf = new Shelf()
  const settings = { ...MAZE, deterministic: false, seeds: 1, selfCheckEvery: 0 }
  await explored(maze, { ...settings, runs: 500 }, 3, { store: shelf })
  const saved = await readCampaign(shelf, MODULE_HASH)
  const { end } = await explored(maze, settings, 3, { saved, store: shelf })
  expect(end.timelines).toBeGreaterThan(500)
  expect(end.timelines - 1 + end.energyLeft).toBe(1_500)
})

it('refuses what is no campaign, one of another module, and one with other options', async () => {
  const shelf = new Shelf()
  await explored(cascade, { ...MAZE, globalEnergy: 20 }, 1, { store: shelf })
  const saved = (await readCampaign(shelf, MODULE_HASH))!
  await expect(readCampaign(shelf, 'f'.repeat(64))).rejects.toMatchObject({ code: 'E_RESUME' })
  expect(() => demandSettings(saved, { ...saved.settings, maxDepth: 31 }, shelf.name)).toThrow(
    'was begun with maxDepth 30, not 31',
  )
  for (const text of ['', '{"format":"fuzzbox exploration"}', '{"a":{"word":"x"}}']) {
    shelf.text = text
    await expect(readCampaign(shelf, MODULE_HASH)).rejects.toMatchObject({ code: 'E_RESUME' })
  }
})

it('explores all the same where the campaign cannot be written, and says so once', async () => {
  const shelf = new Shelf()
  shelf.write = async () => await Promise.reject(new Error('no room'))
  const { events, end } = await explored(cascade, { seeds: 3, globalEnergy: 20 }, 1, { store: shelf })
  expect(end.seedsDone).toBe(3)
  expect(events.flatMap((event) => (event.type === 'warning' ? [event.code] : []))).toEqual(['W_NOT_SAVED'])
})

it('keeps a campaign in a file, and nothing beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fuzzbox-resume-'))
  const file = new CampaignFile(join(folder, 'campaign.json'))
  expect(await file.read()).toBeNull()
  const { end } = await explored(cascade, { globalEnergy: 50 }, 1, { store: file })
  expect(readdirSync(folder)).toEqual(['campaign.json'])
  expect((await readCampaign(file, MODULE_HASH))?.exploration.numbers.timelines).toBe(end.timelines)
  rmSync(folder, { recursive: true })
})
