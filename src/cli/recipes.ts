// `fuzzbox replay --recipe` and `fuzzbox minimize --recipe`: one timeline of a simulation, repeated or made shorter.

import { existsSync, readFileSync } from 'node:fs'
import { EVENTS_VERSION } from '../core/campaign/events.ts'
import { openRunners } from '../core/explore/explore.ts'
import { minimizeRecipe } from '../core/explore/minimize-recipe.ts'
import { demandModule, formatRecipe, parseRecipe, type Recipe } from '../core/explore/recipe.ts'
import { rewindRecipe } from '../core/explore/rewind-finding.ts'
import { replayRecipe, type Expected, type Replay } from '../core/explore/replay-recipe.ts'
import { EXIT_CODES, exitCodeOf } from '../core/findings/finding.ts'
import { SHRINK_EXECUTIONS_MAX } from '../core/limits.ts'
import { formatCount } from '../core/units.ts'
import { nodeErrors } from '../node/errors.ts'
import { isFile } from '../node/inputs/list-inputs.ts'
import { nodeRuntime } from '../node/runtime.ts'
import { readRegularFile } from '../node/regular-file.ts'
import { onInterrupt } from '../node/signals.ts'
import { rewindLines } from '../report/rewind-text.ts'
import type { Values } from './command-line.ts'
import { standardError, standardOutput } from './console.ts'
import { simulationOptions } from './explore.ts'

const VERDICTS: Readonly<Record<Replay['verdict'], string>> = {
  same: 'the same failure, and the program ended as it did then',
  state: 'DIVERGED: the same failure, but the program ended in another state',
  other: 'DIVERGED: something else failed than what the recipe was kept for',
  none: 'DIVERGED: nothing failed',
  shorter: 'DIVERGED: the program ended before all reseeds of the recipe had come',
}

interface Asked {
  readonly recipe: Recipe
  readonly expected: Expected
}

/** Returns the exit code: that of what failed; 1 where the recipe did not do what it did before. */
export async function replayOfRecipe(target: string, given: string, values: Values): Promise<number> {
  const { recipe, expected } = readRecipe(given)
  const { runners, target: prepared } = await openRunners(nodeRuntime, simulationOptions(target, values), 1)
  try {
    demandModule(recipe, prepared.name, prepared.hash)
    const replay = await replayRecipe(runners[0]!, recipe, expected)
    const { failures, verdict, timeline } = replay
    const text = formatRecipe({ ...recipe, moduleHash: prepared.hash })
    const graph = values['rewind-graph'] === true ? await rewindRecipe(runners, recipe, expected.key, null) : null
    if (values.json === true) {
      const { memoryHash } = timeline
      const failed = failures.map(({ kind, key, message, details }) => ({ kind, key, message, details }))
      const about = { recipe: text, verdict, failures: failed, memoryHash, ...(graph && { rewind: graph }) }
      standardOutput.write(`${JSON.stringify({ type: 'replay', version: EVENTS_VERSION, ...about })}\n`)
    } else {
      const lines = failures.map(({ kind, message, details }) => `  ${kind}: ${message}${details && ` (${details})`}`)
      const all = [text, ...lines, `  ${VERDICTS[verdict]}`, ...(graph ? ['', ...rewindLines(graph)] : [])]
      standardOutput.write(`${all.join('\n')}\n`)
    }
    if (verdict !== 'same' && (expected.key !== null || failures.length > 0)) return EXIT_CODES.error
    return exitCodeOf(failures.map(({ kind }) => kind))
  } finally {
    await Promise.all(runners.map((runner) => runner.close()))
  }
}

export async function minimizeOfRecipe(target: string, given: string, values: Values): Promise<number> {
  const { recipe, expected } = readRecipe(given)
  const abort = new AbortController()
  const stopListening = onInterrupt(() => abort.abort())
  const { runners, target: prepared } = await openRunners(nodeRuntime, simulationOptions(target, values), 1)
  try {
    demandModule(recipe, prepared.name, prepared.hash)
    const runner = runners[0]!
    const key = expected.key ?? (await replayRecipe(runner, recipe, expected)).failures[0]?.key ?? null
    const runsMax = typeof values['minimize-runs'] === 'number' ? values['minimize-runs'] : SHRINK_EXECUTIONS_MAX
    const found = key && (await minimizeRecipe({ runner, key, runsMax, signal: abort.signal }, recipe))
    if (!found || found.timeline === null) {
      standardError.write('fuzzbox: the recipe does not fail in this module, so there is nothing to keep\n')
      return EXIT_CODES.error
    }
    const text = formatRecipe({ ...found.recipe, moduleHash: prepared.hash })
    if (values.json === true) {
      const about = { key, recipe: text, before: recipe.reseeds.length, after: found.recipe.reseeds.length }
      const how = { runs: found.runs, ended: found.ended }
      standardOutput.write(`${JSON.stringify({ type: 'minimize', version: EVENTS_VERSION, ...about, ...how })}\n`)
    } else {
      const counts = `${recipe.reseeds.length} → ${found.recipe.reseeds.length} reseeds after ${formatCount(found.runs)} runs`
      standardError.write(`minimize: ${counts}\n`)
      standardOutput.write(`${text}\n`)
    }
    return EXIT_CODES.clean
  } finally {
    stopListening()
    await Promise.all(runners.map((runner) => runner.close()))
  }
}

/** A recipe as text, or the path of a file that holds one; what is known of a file stands beside it. */
function readRecipe(given: string): Asked {
  // Whoever names a file that is not there should not be told about the form of recipes.
  if (!isFile(given) && given !== '' && !/[@=:]/.test(given)) throw nodeErrors.inputMissing(given)
  if (!isFile(given)) return { recipe: parseRecipe(given), expected: { key: null, memoryHash: null } }
  const recipe = parseRecipe(new TextDecoder().decode(readRegularFile(given)))
  return { recipe, expected: expectedOf(`${given}.json`) }
}

/** Written by fuzzbox, or by anybody: every field is looked at before it is believed. */
function expectedOf(path: string): Expected {
  const nothing = { key: null, memoryHash: null }
  if (!existsSync(path)) return nothing
  try {
    const about = JSON.parse(readFileSync(path, 'utf8')) as { key?: unknown; memoryHash?: unknown }
    const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
    return { key: text(about.key), memoryHash: text(about.memoryHash) }
  } catch {
    return nothing
  }
}
