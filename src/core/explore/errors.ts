// Texts of exploring: what is wrong with a recipe or a file, and what a campaign only warns about.

import type { CorpusWarning } from '../campaign/corpus.ts'
import { FuzzboxError } from '../errors.ts'

const SHAPE = 'a recipe reads "seed=42 module=9f86d081…: 12@7021 -> 3@9951"'
const SHOWN = 60

export const exploreErrors = {
  workersLost: (losses: number, last: string): FuzzboxError =>
    new FuzzboxError(
      'E_WORKERS_LOST',
      `${losses} workers in a row were lost before they could run a timeline (${last}); try less --memory`,
    ),
  over: (): FuzzboxError => new FuzzboxError('E_EXPLORE_OVER', 'the exploration is over; start another one'),
  diverged: (name: string, draws: number, markCalls: number): FuzzboxError =>
    new FuzzboxError(
      'E_EXPLORE_DIVERGED',
      `${name} does not come by the moment after ${draws} draws and ${markCalls} calls of marks: ` +
        'the moment belongs to another build of it, or it depends on something besides its draws',
    ),
  memory: (bytes: number): FuzzboxError =>
    new FuzzboxError(
      'E_EXPLORE_MEMORY',
      `${bytes} bytes for snapshots cannot be had beside everything else in 4 GiB: ask for fewer`,
    ),
  reseeds: (count: number, limit: number): FuzzboxError =>
    new FuzzboxError('E_EXPLORE_RESEEDS', `a moment lies behind ${count} reseeds and ${limit} can be followed`),
  recipeEntry: (nth: number, entry: string, why: string): FuzzboxError =>
    new FuzzboxError('E_RECIPE', `entry ${nth} of the recipe, "${entry.slice(0, SHOWN)}", ${why}; ${SHAPE}`),
  resume: (name: string, why: string): FuzzboxError =>
    new FuzzboxError('E_RESUME', `the campaign ${name} cannot be gone on with: it ${why}`),
  recipeHead: (word: string): FuzzboxError =>
    new FuzzboxError(
      'E_RECIPE',
      `"${word.slice(0, SHOWN)}" before the colon is no seed=NUMBER or module=HASH that stands there once; ${SHAPE}`,
    ),
  recipeModule: (name: string, wanted: string, found: string): FuzzboxError =>
    new FuzzboxError(
      'E_RECIPE_MODULE',
      `the recipe belongs to the module ${wanted}…, ${name} is ${found}…: build the one it came from, or leave ` +
        'module=… out of the recipe to try it all the same',
    ),
} as const

export const exploreWarnings = {
  diverged: (number: number): CorpusWarning => ({
    code: 'W_DIVERGED',
    message:
      `timeline ${number} went another way when it was run again: the program depends on something that is neither ` +
      'its draws nor its memory, and recipes may not repeat what they found',
  }),
  notSaved: (name: string, why: string): CorpusWarning => ({
    code: 'W_NOT_SAVED',
    message: `${name} cannot be written (${why}): the exploration goes on, and can be gone on with from what was saved before`,
  }),
  momentLost: (why: string): CorpusWarning => ({
    code: 'W_MOMENT_LOST',
    message: `a moment cannot be come to again, so no more futures are run from it, nor from others that are lost: ${why}`,
  }),
} as const
