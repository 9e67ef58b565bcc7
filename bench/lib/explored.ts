// Whole explorations of an example simulation: one seed to its first bug, and a campaign with workers against its CPU time.
import knobs from '../../examples/simulations/knobs.json' with { type: 'json' }
import { Explorer } from '../../src/core/explore/explorer.ts'
import { ExploreSandbox } from '../../src/core/explore/explore-sandbox.ts'
import { settingsOf, type ExploreOptions } from '../../src/core/explore/explore.ts'
import { MemoryRecipes } from '../../src/core/explore/finding-desk.ts'
import type { PreparedTarget } from '../../src/core/target/prepared.ts'
import { explore } from '../../src/node/index.ts'
import { engineWasm } from './simulations.ts'

export type World = 'maze' | 'dungeon' | 'cascade' | 'floors'

/** What one seed came to: timelines to the first bug, or all that it had. */
export interface Tried {
  readonly found: boolean
  readonly timelines: number
}

/** The knobs that the reference ships for a world. */
const shipped = (world: World): Omit<ExploreOptions, 'module'> => knobs[world]

/** Explores one root seed until the first bug, the end of its energy, or `cap` timelines. */
export async function firstBug(
  world: World,
  target: PreparedTarget,
  seed: number,
  cap: number,
  change: Omit<ExploreOptions, 'module'> = {},
): Promise<Tried> {
  const settings = settingsOf({ ...shipped(world), seeds: 1, runs: cap, stopOnFinding: true, seed, ...change })
  const runner = await ExploreSandbox.open(engineWasm(), target, { shared: false })
  const explorer = new Explorer({
    settings,
    runners: [runner],
    edges: target.module.map.edges,
    moduleHash: target.hash,
    findings: new MemoryRecipes(),
    timeMs: null,
    signal: null,
    emit: () => {},
  })
  const { found, timelines } = await explorer.run()
  return found[0] ? { found: true, timelines: found[0].timelines } : { found: false, timelines }
}

/** Timelines per second of CPU of a whole campaign: host, workers, replays and checks; its preparation is not counted. */
export async function campaignRate(world: World, wasm: Uint8Array, workers: number, runs: number): Promise<number> {
  const { seeds: _, ...endless } = shipped(world)
  const session = explore({ ...endless, module: wasm, findings: new MemoryRecipes(), runs, workers, seed: 1 })
  await session.explorer
  const before = process.cpuUsage()
  const { timelines } = await session.done
  const { user, system } = process.cpuUsage(before)
  return timelines / ((user + system) / 1e6)
}
