// A recipe, run from the start of the program, and what became of what it is said to show.

import { failuresOf, type Failure } from './failures.ts'
import type { Recipe } from './recipe.ts'
import type { RunJob, Timeline, TimelineRunner } from './timelines.ts'

/** What a recipe is expected to show; null where nobody said. */
export interface Expected {
  readonly key: string | null
  readonly memoryHash: string | null
}

export interface Replay {
  readonly timeline: Timeline
  readonly failures: readonly Failure[]
  /**
   * `same`: the failure came again, and the program ended in the same state. `state`: it came again, but the state is
   * another. `other`: something else failed. `none`: nothing failed. `shorter`: the program ended before all reseeds.
   */
  readonly verdict: 'same' | 'state' | 'other' | 'none' | 'shorter'
}

export function recipeJob({ rootSeed, reseeds }: Pick<Recipe, 'rootSeed' | 'reseeds'>): RunJob {
  const from = { rootSeed, reseeds: [], draws: 0, markCalls: 0 }
  const nothing = { marks: [], features: new Uint32Array(0) }
  return { from, seeds: [null], ahead: reseeds, stopAtDiscovery: false, hashMemory: true, ...nothing }
}

export async function replayRecipe(runner: TimelineRunner, recipe: Recipe, expected: Expected): Promise<Replay> {
  const { timelines } = await runner.run(recipeJob(recipe))
  const timeline = timelines[0] as Timeline
  const failures = failuresOf(timeline)
  return { timeline, failures, verdict: verdictOf(recipe, timeline, failures, expected) }
}

function verdictOf(
  { reseeds }: Recipe,
  { end, memoryHash }: Timeline,
  failures: readonly Failure[],
  expected: Expected,
): Replay['verdict'] {
  const isThere = expected.key === null ? failures.length > 0 : failures.some(({ key }) => key === expected.key)
  if (isThere) return expected.memoryHash === null || expected.memoryHash === memoryHash ? 'same' : 'state'
  if (failures.length > 0) return 'other'
  return end.reseeds.length < reseeds.length ? 'shorter' : 'none'
}
