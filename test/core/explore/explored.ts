// A whole exploration of a scripted program, and all that it said.
import { Explorer, type ExplorerOptions } from '../../../src/core/explore/explorer.ts'
import type { ExploreEndEvent, ExploreEvent, ExploreFindingEvent } from '../../../src/core/explore/events.ts'
import { MemoryRecipes } from '../../../src/core/explore/finding-desk.ts'
import { EXPLORE_DEFAULTS, type AdaptiveSettings, type ExploreSettings } from '../../../src/core/explore/settings.ts'
import { ScriptedRunner } from './scripted-runner.ts'
import type { Program } from './simulation.ts'

export interface Explored {
  readonly end: ExploreEndEvent
  readonly events: readonly ExploreEvent[]
  readonly found: readonly ExploreFindingEvent[]
  readonly runners: readonly ScriptedRunner[]
  readonly explorer: Explorer
}

export const MODULE_HASH: string = '9f86d081884c7d65'.repeat(4)

/** Batch, least, most, own energy of a mark. */
export function adaptive(
  batchSize: number,
  minTimelines: number,
  maxTimelines: number,
  energy: number,
): AdaptiveSettings {
  return { batchSize, minTimelines, maxTimelines, perMarkEnergy: energy, warmMinTimelines: null }
}

export async function explored(
  program: Program,
  settings: Partial<ExploreSettings> = {},
  workers = 1,
  changes: Partial<ExplorerOptions> = {},
): Promise<Explored> {
  const events: ExploreEvent[] = []
  const runners = Array.from({ length: workers }, () => new ScriptedRunner(program))
  const explorer = new Explorer({
    settings: { ...EXPLORE_DEFAULTS, seeds: 1, selfCheckEvery: 0, ...settings },
    runners,
    edges: 0,
    moduleHash: MODULE_HASH,
    findings: new MemoryRecipes(),
    timeMs: null,
    signal: null,
    emit: (event) => events.push(event),
    ...changes,
  })
  const end = await explorer.run()
  return { end, events, found: end.found, runners, explorer }
}

/** Of so many root seeds, those that found something, and in which timeline, in rising order. */
export async function successes(
  program: Program,
  settings: Partial<ExploreSettings>,
  seeds: number,
): Promise<readonly number[]> {
  const firsts: number[] = []
  for (let seed = 0; seed < seeds; seed++) {
    const { found } = await explored(program, { ...settings, seed: BigInt(seed), stopOnFinding: true })
    if (found[0]) firsts.push(found[0].timelines)
  }
  return firsts.sort((a, b) => a - b)
}
