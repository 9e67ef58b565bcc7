// `fuzzbox merge`: corpus minimisation, shown as it goes. Ctrl-C ends it; the next start goes on from there.

import { EVENTS_VERSION } from '../core/campaign/events.ts'
import { EXIT_CODES } from '../core/findings/finding.ts'
import { STATUS_EVERY_MS, WORKERS_MAX } from '../core/limits.ts'
import { formatCount, formatSize } from '../core/units.ts'
import { merge as mergeCorpus, type Merged, type MergeProgress } from '../node/merge/merge.ts'
import { nodeRuntime } from '../node/runtime.ts'
import { INTERRUPTED, onInterrupt } from '../node/signals.ts'
import type { CommandLine, Values } from './command-line.ts'
import { valuesFor } from './companions.ts'
import { standardError, standardOutput } from './console.ts'
import { cliErrors } from './errors.ts'
import { runnerOptions } from './runner-options.ts'

const FAILING_SHOWN = 10

/** Returns the exit code. */
export async function merge({ operands, values: given }: CommandLine): Promise<number> {
  const [target, corpus, ...places] = operands
  if (target === undefined) throw cliErrors.noTarget('merge')
  if (corpus === undefined) throw cliErrors.noCorpus()
  const inPlace = given['in-place'] === true
  if (places.length === 0 && !inPlace) throw cliErrors.nothingToMerge(target, corpus)
  const values = valuesFor(target, given)
  const workers = workersOf(values)
  const abort = new AbortController()
  const stopListening = onInterrupt(() => abort.abort())
  try {
    const runner = await runnerOptions(target, values)
    const onProgress = progressLine(values)
    const merged = await mergeCorpus({ ...runner, workers, corpus, places, inPlace, signal: abort.signal, onProgress })
    if (merged === null) {
      standardError.write('fuzzbox: stopped; the same command goes on from here\n')
      return INTERRUPTED
    }
    tell(merged, corpus, values)
    return EXIT_CODES.clean
  } finally {
    stopListening()
  }
}

function workersOf({ workers }: Values): number {
  if (workers === undefined) return nodeRuntime.parallelism()
  if (typeof workers !== 'number' || workers < 1 || workers > WORKERS_MAX) {
    throw cliErrors.badValue('workers', String(workers), `a whole number from 1 to ${WORKERS_MAX}`)
  }
  return workers
}

/** A line now and then, ever more seldom, on standard error, so that nobody wonders. */
function progressLine(values: Values): (progress: MergeProgress) => void {
  let everyMs = 4 * STATUS_EVERY_MS
  let nextMs: number | null = null
  return ({ inputs, files, edges, features }) => {
    const nowMs = performance.now()
    nextMs ??= nowMs + everyMs
    if (values.json === true || nowMs < nextMs) return
    everyMs *= 2
    nextMs = nowMs + everyMs
    const numbers = `${formatCount(edges)} edges, ${formatCount(features)} features`
    standardError.write(`merge: ${formatCount(inputs)} inputs of ${formatCount(files)} files, ${numbers}\n`)
  }
}

function tell(merged: Merged, corpus: string, values: Values): void {
  const { warnings, ...rest } = merged
  if (values.json === true) {
    for (const warning of warnings) {
      standardOutput.write(`${JSON.stringify({ type: 'warning', version: EVENTS_VERSION, ...warning })}\n`)
    }
    standardOutput.write(`${JSON.stringify({ type: 'merge', version: EVENTS_VERSION, corpus, ...rest })}\n`)
    return
  }
  for (const { message, code } of warnings) standardError.write(`warning: ${message} [${code}]\n`)
  standardOutput.write(textOf(merged, corpus))
}

function textOf(merged: Merged, corpus: string): string {
  const { files, inputs, resumed, edges, features, kept, added, addedBytes, removed, removedList, failing } = merged
  const distinct = `${formatCount(files)} files, ${formatCount(inputs)} distinct inputs`
  const lines = [
    `${corpus}: ${formatCount(kept + added)} inputs reach everything`,
    `  read      ${distinct}${resumed > 0 ? `, ${formatCount(resumed)} of them measured before an interruption` : ''}`,
    `  reached   ${formatCount(edges)} edges, ${formatCount(features)} features`,
    `  kept      ${formatCount(kept)}`,
    `  added     ${formatCount(added)}${added > 0 ? ` (${formatSize(addedBytes)})` : ''}`,
  ]
  if (removedList !== null) lines.push(`  removed   ${formatCount(removed)} files; their names are in ${removedList}`)
  if (failing.length > 0) {
    lines.push(`  failing   ${formatCount(failing.length)}, not merged; replay shows each:`)
    for (const { path, kind } of failing.slice(0, FAILING_SHOWN)) lines.push(`    ${kind}: ${path}`)
    if (failing.length > FAILING_SHOWN) lines.push(`    … and ${failing.length - FAILING_SHOWN} more`)
  }
  return `${lines.join('\n')}\n`
}
