// A shorter recipe that fails in the same way. Every candidate is run from the start and kept only if the same failure
// came; of two that do, fewer reseeds are better, then fewer draws.
//
//   drop     12@a -> 3@b -> 9@c   ─►  12@a -> 9@c        reseeds in runs of half, a quarter … one
//   merge    12@a -> 3@b -> 9@c   ─►  12@a -> 12@c       the same, and the stream before goes on for as long
//   shorten  12@a -> 9@c          ─►  6@a -> 9@c         fewer draws before a reseed
//   adopt    seed=1: 0@a -> 9@c   ─►  seed=a: 9@c        what is reseeded before any draw began with that seed

import { failuresOf } from './failures.ts'
import { recipeJob } from './replay-recipe.ts'
import type { Recipe } from './recipe.ts'
import type { Reseed, Timeline, TimelineRunner } from './timelines.ts'

export interface MinimizedRecipe {
  readonly recipe: Recipe
  /** Timelines that were run. */
  readonly runs: number
  /** What the shortest one came to; null where the recipe does not fail in this way at all. */
  readonly timeline: Timeline | null
  readonly ended: 'smallest' | 'runs' | 'stopped'
}

export interface MinimizeRecipeOptions {
  readonly runner: TimelineRunner
  /** The failure to keep. */
  readonly key: string
  readonly runsMax: number
  readonly signal: AbortSignal | null
}

export async function minimizeRecipe(options: MinimizeRecipeOptions, recipe: Recipe): Promise<MinimizedRecipe> {
  const search = new Search(options, recipe)
  if (!(await search.try(recipe.reseeds))) return { recipe, runs: search.runs, timeline: null, ended: search.ended }
  for (let before = -1; before !== search.improvements && !search.isOver;) {
    before = search.improvements
    await search.drop()
    await search.shorten()
    await search.adopt()
  }
  return { recipe: search.best, runs: search.runs, timeline: search.timeline, ended: search.ended }
}

class Search {
  readonly #options: MinimizeRecipeOptions
  best: Recipe
  timeline: Timeline | null = null
  runs = 0
  improvements = 0

  constructor(options: MinimizeRecipeOptions, recipe: Recipe) {
    this.#options = options
    this.best = recipe
  }

  get isOver(): boolean {
    return this.ended !== 'smallest'
  }

  get ended(): MinimizedRecipe['ended'] {
    if (this.#options.signal?.aborted) return 'stopped'
    return this.runs >= this.#options.runsMax ? 'runs' : 'smallest'
  }

  /** Runs a candidate; what of it led to the failure is the best from now on, where it is better. */
  async try(reseeds: readonly Reseed[], rootSeed: bigint = this.best.rootSeed): Promise<boolean> {
    if (this.isOver) return false
    this.runs++
    const { runner, key } = this.#options
    const { timelines } = await runner.run(recipeJob({ rootSeed, reseeds }))
    const failure = failuresOf(timelines[0] as Timeline).find((candidate) => candidate.key === key)
    if (!failure) return false
    // Reseeds after the failure, and those that never came, led to nothing.
    const used = reseeds.slice(0, failure.moment.reseeds.length)
    if (this.timeline !== null && !isBetter(used, this.best.reseeds)) return false
    this.best = { ...this.best, rootSeed, reseeds: used }
    this.timeline = timelines[0] as Timeline
    this.improvements++
    return true
  }

  async adopt(): Promise<void> {
    const [first, ...others] = this.best.reseeds
    if (first?.draws === 0) await this.try(others, first.seed)
  }

  async drop(): Promise<void> {
    for (let length = Math.max(1, this.best.reseeds.length >> 1); length >= 1 && !this.isOver; length >>= 1) {
      for (let at = this.best.reseeds.length - length; at >= 0 && !this.isOver; at -= length) {
        const { reseeds } = this.best
        if (at + length > reseeds.length) continue
        const without = [...reseeds.slice(0, at), ...reseeds.slice(at + length)]
        if (!(await this.try(without))) await this.try(merged(reseeds, at, length))
      }
    }
  }

  async shorten(): Promise<void> {
    for (let at = 0; at < this.best.reseeds.length && !this.isOver; at++) {
      for (let step = this.best.reseeds[at]!.draws; step >= 1 && !this.isOver;) {
        const { reseeds } = this.best
        const reseed = reseeds[at]
        if (reseed === undefined) return
        const draws = reseed.draws - step
        const isShorter = draws >= 0 && (await this.try(reseeds.with(at, { draws, seed: reseed.seed })))
        step = isShorter ? Math.min(step, draws) : step >> 1
      }
    }
  }
}

/** The reseeds from `at` on are left out, and their draws are made before the one that follows. */
function merged(reseeds: readonly Reseed[], at: number, length: number): Reseed[] {
  const out = reseeds.slice(at, at + length).reduce((sum, { draws }) => sum + draws, 0)
  const [next, ...rest] = reseeds.slice(at + length)
  const after = next ? [{ draws: next.draws + out, seed: next.seed }, ...rest] : []
  return [...reseeds.slice(0, at), ...after]
}

function isBetter(a: readonly Reseed[], b: readonly Reseed[]): boolean {
  return a.length < b.length || (a.length === b.length && drawsOf(a) < drawsOf(b))
}

function drawsOf(reseeds: readonly Reseed[]): number {
  return reseeds.reduce((sum, { draws }) => sum + draws, 0)
}
