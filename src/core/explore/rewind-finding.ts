// The graph of rewind-graph.ts for what an exploration found, and for what a recipe shows.

import type { Exploration } from './exploration.ts'
import type { ExploreDesk } from './finding-desk.ts'
import type { Failure } from './failures.ts'
import type { ManyRunner } from './lanes.ts'
import { parseRecipe, type Recipe } from './recipe.ts'
import { replayRecipe } from './replay-recipe.ts'
import { rewindGraph, startsOfPath, startsOfRecipe, type RewindGraph } from './rewind-graph.ts'
import { START_ID, pathTo } from './tree.ts'

/** Of the first finding; null where there is none. */
export async function rewindFinding(
  runners: readonly ManyRunner[],
  desk: ExploreDesk,
  exploration: Exploration,
  signal: AbortSignal | null,
): Promise<RewindGraph | null> {
  const [first] = desk.told
  if (first === undefined) return null
  const met = desk.met.get(first.key)
  // What an earlier part of the campaign found is not in the tree of this one.
  if (met === undefined) return await rewindRecipe(runners, parseRecipe(first.recipe), first.key, signal)
  const steps = pathTo(met.node.split).map(({ moment, markId }) => ({ moment, mark: wordsFor(exploration, markId) }))
  return await rewindGraph(runners, met.failure, startsOfPath(met.failure.moment, steps), signal)
}

/** Null where the recipe does not fail; `key` is null for the first failure that it shows. */
export async function rewindRecipe(
  runners: readonly ManyRunner[],
  recipe: Recipe,
  key: string | null,
  signal: AbortSignal | null,
): Promise<RewindGraph | null> {
  const { failures } = await replayRecipe(runners[0] as ManyRunner, recipe, { key, memoryHash: null })
  const failure: Failure | undefined = failures.find((one) => key === null || one.key === key)
  return failure ? await rewindGraph(runners, failure, startsOfRecipe(failure.moment), signal) : null
}

function wordsFor({ marks }: Exploration, markId: string): string {
  if (markId === START_ID) return 'start'
  const name = marks.get(markId)?.name
  if (!name) return ''
  return name.keys.length > 0 ? `${name.message} [${name.keys.join(', ')}]` : name.message
}
