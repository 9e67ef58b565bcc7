// `fuzzbox replay`: runs inputs, or the regressions of a target, and shows what each of them does. `fuzzbox run TARGET
// FILE…` comes here too.

import { existsSync, readFileSync, statSync } from 'node:fs'
import type { CorpusWarning, SeedInput } from '../core/campaign/corpus.ts'
import { EVENTS_VERSION, type FindingEvent } from '../core/campaign/events.ts'
import { exitCodeOf } from '../core/findings/finding.ts'
import { REPRODUCE_RUNS } from '../core/limits.ts'
import type { Trap, TrapKind } from '../core/outcome.ts'
import type { PreparedTarget } from '../core/target/prepared.ts'
import { recordOfReplay, replayInputs, type Replayed } from '../core/replay.ts'
import { codecOf, type InputCodec } from '../core/typed/typed-corpus.ts'
import { readInputs } from '../node/inputs/list-inputs.ts'
import { nodeErrors } from '../node/errors.ts'
import type { FindingFile } from '../node/findings-folder.ts'
import { readRegressions } from '../node/regressions.ts'
import { readRegularFile } from '../node/regular-file.ts'
import { findingText } from '../report/finding-text.ts'
import { quotedText } from '../report/hex-dump.ts'
import type { CommandLine, Values } from './command-line.ts'
import { valuesFor } from './companions.ts'
import { standardError, standardOutput } from './console.ts'
import { cliErrors } from './errors.ts'
import { runnerOptions } from './runner-options.ts'

/** Returns the exit code. */
export async function replay({ operands, values }: CommandLine): Promise<number> {
  const [target, ...paths] = operands
  if (target === undefined) throw cliErrors.noTarget('replay')
  if (typeof values.recipe === 'string') {
    return await (await import('./recipes.ts')).replayOfRecipe(target, values.recipe, values)
  }
  if (paths.length > 0) return await replayFiles(target, paths, values)
  return await replayInputsOf(target, values, (prepared) => {
    const { folder, inputs, warnings } = readRegressions(prepared)
    warn(warnings)
    if (inputs.length === 0) throw cliErrors.noRegressions(target, folder)
    if (values.json !== true && values.quiet !== true) {
      const count = `${inputs.length} regression${inputs.length === 1 ? '' : 's'}`
      standardOutput.write(`replaying the ${count} of ${folder}\n`)
    }
    return inputs
  })
}

/** Runs the inputs at `paths`, shows each, and returns the exit code of the gravest. */
export async function replayFiles(targetPath: string, paths: readonly string[], values: Values): Promise<number> {
  const missing = paths.find((path) => !existsSync(path))
  if (missing !== undefined) throw nodeErrors.inputMissing(missing)
  return await replayInputsOf(targetPath, values, ({ types }) => {
    return paths.flatMap((path) => readPath(path, codecOf(types)))
  })
}

/** What a file says depends on what the target takes, so inputs are read when the target is known. */
async function replayInputsOf(
  targetPath: string,
  given: Values,
  read: (target: PreparedTarget) => readonly SeedInput[],
): Promise<number> {
  const values = valuesFor(targetPath, given)
  const options = { ...(await runnerOptions(targetPath, values)), runs: REPRODUCE_RUNS }
  const { target } = options
  const inputs = read(target)
  const kinds: TrapKind[] = []
  for await (const replayed of replayInputs(options, inputs)) {
    warnOfOtherModule(replayed.input.name, target)
    warnOfLength(replayed.input, target)
    if (replayed.outcome.kind === 'trap') kinds.push(replayed.outcome.trap)
    standardOutput.write(await show(replayed, target, values))
  }
  if (values.json !== true && values.quiet !== true && inputs.length > 1) {
    standardOutput.write(`${inputs.length} inputs, ${kinds.length} of them fail\n`)
  }
  return exitCodeOf(kinds)
}

function readPath(path: string, codec: InputCodec): SeedInput[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const { seeds, warnings } = readInputs([path], codec)
    warn(warnings)
    return seeds
  }
  return [{ name: path, bytes: codec.demandInput(readFile(path), path) }]
}

function readFile(path: string): Uint8Array {
  try {
    return readRegularFile(path)
  } catch (error) {
    throw nodeErrors.inputUnreadable(path, error)
  }
}

function warn(warnings: readonly CorpusWarning[]): void {
  for (const { message, code } of warnings) standardError.write(`warning: ${message} [${code}]\n`)
}

/** What does not fit is not run, and nobody should take the result for that of the whole input. */
export function warnOfLength({ name, bytes }: SeedInput, { inputMax }: PreparedTarget): void {
  if (bytes.length <= inputMax) return
  const text = `${name} has ${bytes.length} bytes, of which the first ${inputMax} are run; raise --max-len`
  standardError.write(`warning: ${text} [W_INPUT_CUT]\n`)
}

/** A finding says which module it belongs to; another one may behave differently, and the user should know. */
function warnOfOtherModule(inputPath: string, target: PreparedTarget): void {
  const path = `${inputPath}.json`
  if (!existsSync(path)) return
  let about: Partial<FindingFile>
  try {
    about = JSON.parse(readFileSync(path, 'utf8')) as Partial<FindingFile>
  } catch {
    standardError.write(
      `warning: ${path} is not JSON, so what it says about the module is not checked [W_FINDING_FILE]\n`,
    )
    return
  }
  if (about.moduleHash === undefined || about.moduleHash === target.hash) return
  const text = `${inputPath} was found in another build of ${target.name}, so it may do something else here`
  standardError.write(`warning: ${text} [W_OTHER_MODULE]\n`)
}

async function show(replayed: Replayed, target: PreparedTarget, values: Values): Promise<string> {
  const { input, outcome, examined } = replayed
  const finding = outcome.kind === 'trap' ? eventOf(replayed, outcome, target) : null
  if (values.json === true) {
    return `${JSON.stringify(finding ?? { type: 'replay', version: EVENTS_VERSION, path: input.name, outcome })}\n`
  }
  if (finding)
    return `${input.name}: ${finding.message}\n${await findingText(finding, target.module.original, 'replay')}${outputText(examined?.output)}`
  if (values.quiet === true) return ''
  const result = outcome.kind === 'ok' && outcome.result !== 0 ? `returned ${outcome.result}` : 'ok'
  return `${input.name}: ${result} (${input.bytes.length} bytes, ${replayed.elapsedMs.toFixed(1)} ms)\n`
}

function eventOf(replayed: Replayed, outcome: Trap, target: PreparedTarget): FindingEvent {
  const record = recordOfReplay(replayed, outcome, target)
  return { type: 'finding', version: EVENTS_VERSION, ...record, path: replayed.input.name, replay: null }
}

function outputText(output: string | undefined): string {
  return output ? `Output of the target:\n    ${quotedText(new TextEncoder().encode(output))}\n` : ''
}
