// `fuzzbox run`: a campaign, shown as it goes, ended by its limits or by Ctrl-C.

import { statSync } from 'node:fs'
import { parseDictionary } from '../core/campaign/dictionary-file.ts'
import { exitCodeOf } from '../core/findings/finding.ts'
import type { FuzzOptions } from '../core/fuzz.ts'
import type { Session } from '../core/session.ts'
import { nodeErrors } from '../node/errors.ts'
import { fuzz } from '../node/index.ts'
import { readRegularFile } from '../node/regular-file.ts'
import { onInterrupt } from '../node/signals.ts'
import type { ReportContext, Reporter } from '../report/reporter.ts'
import type { CommandLine, Values } from './command-line.ts'
import { standardOutput, terminalOutput } from './console.ts'
import { cliErrors } from './errors.ts'
import { numberOption, targetOptions, textOption } from './target-options.ts'

/** Returns the exit code. */
export async function run({ operands, values }: CommandLine): Promise<number> {
  const [target, ...places] = operands
  if (target === undefined) throw cliErrors.noTarget('run')
  if (areFiles(places)) {
    const { replayFiles } = await import('./replay.ts')
    return await replayFiles(target, places, values)
  }
  const session = fuzz(optionsOf(target, places, values))
  const stopListening = onInterrupt(() => session.stop())
  try {
    const reporter = await chooseReporter(values, contextOf(target, session))
    for await (const event of session) await reporter.event(event)
    const end = await session.done
    return exitCodeOf(end.findings.map((finding) => finding.kind))
  } finally {
    stopListening()
  }
}

function optionsOf(target: string, places: readonly string[], values: Values): FuzzOptions {
  return {
    module: target,
    ...targetOptions(values),
    ...(places.length > 0 ? { corpus: places } : {}),
    ...textOption('findings', values.findings),
    ...numberOption('seed', values.seed),
    ...numberOption('workers', values.workers),
    ...textOption('regressions', values.regressions),
    deterministic: values.deterministic === true,
    ...(typeof values.dict === 'string' ? { dictionary: readDictionary(values.dict) } : {}),
    stopOnFinding: values['stop-on-finding'] === true,
  }
}

/** True for files alone, false for directories and for what does not exist yet; a mixture is refused. */
function areFiles(places: readonly string[]): boolean {
  const files = places.filter((place) => statSync(place, { throwIfNoEntry: false })?.isFile() === true)
  if (files.length === 0) return false
  const other = places.find((place) => !files.includes(place))
  if (other !== undefined) throw nodeErrors.corpusMixed(files[0] as string, other)
  return true
}

function readDictionary(path: string): Uint8Array[] {
  let text: string
  try {
    text = new TextDecoder().decode(readRegularFile(path))
  } catch (error) {
    throw nodeErrors.dictionaryUnreadable(path, error)
  }
  return parseDictionary(text, path)
}

function contextOf(target: string, session: Session): ReportContext {
  return {
    target,
    module: async () => (await session.target).module.original,
    residentMib: () => Math.round(process.memoryUsage.rss() / 2 ** 20),
  }
}

async function chooseReporter(values: Values, context: ReportContext): Promise<Reporter> {
  if (values.json === true) return new (await import('../report/json.ts')).JsonReporter(standardOutput)
  if (values.quiet === true) return new (await import('../report/quiet.ts')).QuietReporter(standardOutput, context)
  if (process.stdout.isTTY) return new (await import('../report/terminal.ts')).TerminalReporter(terminalOutput, context)
  return new (await import('../report/lines.ts')).LinesReporter(standardOutput, context)
}
