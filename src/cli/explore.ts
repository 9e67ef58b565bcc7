// `fuzzbox explore`: runs many futures of a simulation, shown as it goes, ended by its limits or by Ctrl-C.

import { EXIT_CODES, exitCodeOf } from '../core/findings/finding.ts'
import type { ExploreEvent } from '../core/explore/events.ts'
import type { ExploreOptions, ExploreSession } from '../core/explore/explore.ts'
import type { AdaptiveSettings, FrontierPolicy } from '../core/explore/settings.ts'
import { explore as start } from '../node/index.ts'
import { writeAtomically } from '../node/atomic-file.ts'
import { onInterrupt } from '../node/signals.ts'
import { JsonReporter } from '../report/json.ts'
import { ExploreLines } from '../report/explore-lines.ts'
import { ExploreTerminal } from '../report/explore-terminal.ts'
import { junitText } from '../report/junit.ts'
import { treePage } from '../report/tree-page.ts'
import type { CommandLine, Values } from './command-line.ts'
import { standardOutput, terminalOutput } from './console.ts'
import { cliErrors } from './errors.ts'
import { numberOption, textOption } from './target-options.ts'

/** Returns the exit code. */
export async function explore({ operands, values }: CommandLine): Promise<number> {
  const [target, extra] = operands
  if (target === undefined) throw cliErrors.noTarget('explore')
  if (extra !== undefined) throw cliErrors.tooMany('explore', extra)
  const session = start(exploreOptions(target, values))
  const stopListening = onInterrupt(() => session.stop())
  try {
    const reporter = reporterOf(target, values)
    for await (const event of session) reporter.event(event)
    const end = await session.done
    if (typeof values.junit === 'string') await write(values.junit, junitText(target, end))
    if (typeof values.tree === 'string') await write(values.tree, await treeOf(target, session))
    const code = exitCodeOf(end.found.map(({ kind }) => kind))
    return code === EXIT_CODES.clean && end.reason === 'storage' ? EXIT_CODES.error : code
  } finally {
    stopListening()
  }
}

async function treeOf(target: string, session: ExploreSession): Promise<string> {
  const [{ exploration }, end] = await Promise.all([session.explorer, session.done])
  return treePage(target, exploration, end)
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeAtomically(path, text)
  } catch (error) {
    throw cliErrors.outputFile(path, error)
  }
}

function reporterOf(target: string, values: Values): { event(event: ExploreEvent): void } {
  if (values.json === true) return new JsonReporter(standardOutput)
  if (process.stdout.isTTY && values.quiet !== true) return new ExploreTerminal(terminalOutput, target)
  return new ExploreLines(standardOutput, target, values.quiet === true)
}

export function exploreOptions(target: string, values: Values): ExploreOptions {
  const fixed = typeof values['timelines-per-split'] === 'number'
  return {
    ...simulationOptions(target, values),
    ...textOption('findings', values.findings),
    ...textOption('resume', values.resume),
    ...numberOption('seed', values.seed),
    ...numberOption('seeds', values.seeds),
    ...numberOption('workers', values.workers),
    ...numberOption('time', values.time),
    ...numberOption('runs', values.runs),
    ...numberOption('maxDepth', values['max-depth']),
    ...numberOption('timelinesPerSplit', values['timelines-per-split']),
    ...numberOption('globalEnergy', values['global-energy']),
    ...numberOption('plateauSeeds', values['plateau-seeds']),
    ...numberOption('marksMax', values['marks-max']),
    ...numberOption('selfCheckEvery', values['self-check-every']),
    ...(values.frontier === undefined ? {} : { frontier: values.frontier as FrontierPolicy }),
    splitAtStart: values['no-split-at-start'] !== true,
    adaptive: fixed ? null : adaptiveOf(values),
    deterministic: values.deterministic === true,
    rewindGraph: values['rewind-graph'] === true,
    stopOnFinding: values['stop-on-finding'] === true,
  }
}

function adaptiveOf(values: Values): Partial<AdaptiveSettings> {
  return {
    ...numberOption('batchSize', values['batch-size']),
    ...numberOption('minTimelines', values['min-timelines']),
    ...numberOption('maxTimelines', values['max-timelines']),
    ...numberOption('perMarkEnergy', values['per-mark-energy']),
    ...numberOption('warmMinTimelines', values['warm-min-timelines']),
  }
}

/** What a simulation is, and how long one of its timelines may run. */
export function simulationOptions(
  target: string,
  values: Values,
): Pick<ExploreOptions, 'module' | 'entry' | 'imports' | 'layout' | 'limits'> {
  return {
    module: target,
    ...textOption('entry', values.entry),
    ...(values.imports === undefined ? {} : { imports: values.imports as 'trap' | 'zero' }),
    ...(values.layout === undefined ? {} : { layout: values.layout as 'two' | 'single' }),
    limits: { ...numberOption('timeout', values.timeout), ...numberOption('memory', values.memory) },
  }
}
