// `fuzzbox run`: a campaign, shown as it goes, ended by its limits or by Ctrl-C.

import { EVENTS_VERSION } from '../core/campaign/events.ts'
import { parseDictionary } from '../core/campaign/dictionary-file.ts'
import { EXIT_CODES, exitCodeOf } from '../core/findings/finding.ts'
import type { FuzzOptions } from '../core/fuzz.ts'
import type { Session } from '../core/session.ts'
import { nodeErrors } from '../node/errors.ts'
import { fuzz } from '../node/index.ts'
import { isArchive } from '../node/inputs/archive.ts'
import { isFile } from '../node/inputs/list-inputs.ts'
import { readRegularFile } from '../node/regular-file.ts'
import { onInterrupt } from '../node/signals.ts'
import type { ReportContext, Reporter } from '../report/reporter.ts'
import { listOption, type CommandLine, type Values } from './command-line.ts'
import { withCompanions } from './companions.ts'
import { standardOutput, terminalOutput } from './console.ts'
import { cliErrors } from './errors.ts'
import { statsWriter } from './stats.ts'
import { numberOption, targetOptions, textOption } from './target-options.ts'

/** Returns the exit code. */
export async function run({ operands, values: given }: CommandLine): Promise<number> {
  const [target, ...places] = operands
  if (target === undefined) throw cliErrors.noTarget('run')
  if (areFiles(places)) {
    const { replayFiles } = await import('./replay.ts')
    return await replayFiles(target, places, given)
  }
  const { values, seeds, notices } = withCompanions(target, given)
  const session = fuzz(optionsOf(target, seeds === null ? places : [...places, seeds], values))
  const stopListening = onInterrupt(() => session.stop())
  try {
    const context = contextOf(target, session)
    const reporter = await chooseReporter(values, context)
    const stats = await statsWriter(values, context, session)
    for (const notice of notices) await reporter.event({ type: 'warning', version: EVENTS_VERSION, ...notice })
    for await (const event of session) {
      const warning = await stats?.event(event)
      if (warning) await reporter.event(warning)
      await reporter.event(event)
    }
    const end = await session.done
    const code = exitCodeOf(end.findings.map((finding) => finding.kind))
    return code === EXIT_CODES.clean && end.reason === 'storage' ? EXIT_CODES.error : code
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
    dictionary: listOption(values.dict).flatMap(readDictionary),
    compares: values['no-compares'] !== true,
    stopOnFinding: values['stop-on-finding'] === true,
  }
}

/** True for files alone, false for directories, archives and for what does not exist yet; a mixture is refused. */
function areFiles(places: readonly string[]): boolean {
  const files = places.filter((place) => isFile(place) && !isArchive(place))
  if (files.length === 0) return false
  const other = places.find((place) => !files.includes(place))
  if (other !== undefined) throw nodeErrors.corpusMixed(files[0] as string, other)
  return true
}

/** `words.dict@2` stands for the tokens of words.dict up to level 2, as AFL's -x has it. */
function readDictionary(name: string): Uint8Array[] {
  const [, file = name, level] = (!isFile(name) && /^(.+)@(\d{1,9})$/.exec(name)) || []
  let text: string
  try {
    text = new TextDecoder().decode(readRegularFile(file))
  } catch (error) {
    throw nodeErrors.dictionaryUnreadable(file, error)
  }
  return parseDictionary(text, file, level === undefined ? Infinity : Number(level))
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
