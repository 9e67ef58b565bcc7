// `fuzzbox doctor`: what fuzzbox sees in a target, whether it will run, and what this engine and fuzzbox allow.

import { PAGE_BYTES } from '../../assembly/abi.ts'
import { hasMultiMemory, memoryLayout, type MemoryLayout } from '../core/engine/features.ts'
import { isCoded } from '../core/errors.ts'
import { EXIT_CODES } from '../core/findings/finding.ts'
import { prepareRequestOf } from '../core/fuzz.ts'
import { NAMED_LIMITS } from '../core/limits.ts'
import type { Outcome } from '../core/outcome.ts'
import type { PreparedTarget } from '../core/target/prepared.ts'
import { replayInputs } from '../core/replay.ts'
import { formatCount, formatSize } from '../core/units.ts'
import type { PrepareRequest } from '../core/runtime.ts'
import { nodeRuntime } from '../node/runtime.ts'
import type { CommandLine, Values } from './command-line.ts'
import { valuesFor } from './companions.ts'
import { standardOutput } from './console.ts'
import { cliErrors } from './errors.ts'
import { patienceOf, targetOptions } from './target-options.ts'

interface Check {
  readonly name: string
  readonly ok: boolean
  readonly details: readonly string[]
}

const NAMES_SHOWN = 24

/** Returns the exit code: 0 when the target can be fuzzed, 2 when not. */
export async function doctor({ operands, values: given }: CommandLine): Promise<number> {
  const [path, extra] = operands
  if (path === undefined) throw cliErrors.noTarget('doctor')
  if (extra !== undefined) throw cliErrors.tooMany('doctor', extra)
  const values = valuesFor(path, given)
  const checks = [engineCheck(values), ...(await targetChecks(path, values))]
  if (values.json === true) {
    standardOutput.write(
      `${JSON.stringify({ type: 'doctor', version: 1, target: path, checks, limits: NAMED_LIMITS })}\n`,
    )
  } else standardOutput.write(textOf(path, checks))
  return checks.every((check) => check.ok) ? EXIT_CODES.clean : EXIT_CODES.usage
}

async function targetChecks(path: string, values: Values): Promise<Check[]> {
  try {
    const request = prepareRequestOf(targetOptions(values))
    const target = await nodeRuntime.prepare(path, request)
    const forks = target.entry.kind === 'simulation' ? [await forkCheck(path, request)] : []
    return [...describe(target), ...forks, await restoreCheck(target, values)]
  } catch (error) {
    if (!isCoded(error)) throw error
    return [{ name: 'module', ok: false, details: [`${error.message} [${error.code}]`] }]
  }
}

/** Whether timelines can be forked: only the explorer's build knows. */
async function forkCheck(path: string, request: PrepareRequest): Promise<Check> {
  const { map } = (await nodeRuntime.prepare(path, { ...request, explore: true })).module
  const details = map.forks === true ? ['in the middle of a run, at every mark'] : map.notes
  return { name: 'forks', ok: true, details }
}

function describe(target: PreparedTarget): Check[] {
  const { map, original, instrumented } = target.module
  const module = new WebAssembly.Module(original as Uint8Array<ArrayBuffer>)
  const exports = WebAssembly.Module.exports(module).map(({ name, kind }) => `${name} (${kind})`)
  const imports = map.imports.map(
    ({ module: from, name, kind }) => `${from}.${name}: ${kind === 'stub' ? 'STUBBED' : 'provided'}`,
  )
  const memory = map.memory
    ? `${formatSize(map.memory.pagesInitial * PAGE_BYTES)} at first, ${formatSize(map.memory.pagesMax * PAGE_BYTES)} at most`
    : 'none'
  const { entry } = target
  const entryText = entry.kind === 'none' ? 'in the harness' : `${entry.exportName}${argumentsOf(entry)}`
  const sizes = `${formatSize(original.length)}, ${formatSize(instrumented.length)} instrumented; sha256 ${target.hash}`
  return [
    { name: 'module', ok: true, details: [sizes] },
    { name: 'entry', ok: true, details: [entryText] },
    { name: 'exports', ok: true, details: shortened(exports) },
    { name: 'imports', ok: true, details: imports.length > 0 ? shortened(imports) : ['none'] },
    { name: 'memory', ok: true, details: [memory] },
    {
      name: 'coverage',
      ok: true,
      details: [`${formatCount(map.edges)} edges in ${formatCount(map.functions.length)} functions`, ...map.notes],
    },
  ]
}

function argumentsOf(entry: PreparedTarget['entry']): string {
  if (entry.kind === 'typed') return `(${entry.types.join(', ')}): its input is a record of these`
  return entry.kind === 'buffer' ? '(pointer, length)' : '(): its input is standard input'
}

/** Runs the empty input several times: the same every time means that everything comes back between runs. */
async function restoreCheck(target: PreparedTarget, values: Values): Promise<Check> {
  const options = {
    target,
    engine: await nodeRuntime.engine(),
    startWorker: () => nodeRuntime.startWorker(),
    patienceMs: patienceOf(values),
    runs: 5,
  }
  const inputs = [{ name: 'the empty input', bytes: new Uint8Array(0) }]
  try {
    for await (const { outcome, examined } of replayInputs(options, inputs)) {
      const same = examined !== null && examined.reproduced === examined.runs
      const details = `the empty input ${said(outcome)}, ${examined?.reproduced ?? 0} of ${examined?.runs ?? 0} times the same`
      return { name: 'restore', ok: same, details: [details] }
    }
  } catch (error) {
    if (!isCoded(error)) throw error
    return { name: 'restore', ok: false, details: [`${error.message} [${error.code}]`] }
  }
  return { name: 'restore', ok: false, details: ['nothing could be run'] }
}

function said(outcome: Outcome): string {
  return outcome.kind === 'ok' ? `returns ${outcome.result}` : `fails: ${outcome.message}`
}

const LAYOUTS: Readonly<Record<MemoryLayout, string>> = {
  two: "the target's memory beside the engine's",
  single: "the target's memory inside the engine's, with a compare before each access",
}

function engineCheck(values: Values): Check {
  const versions = `Node ${process.versions.node}, V8 ${process.versions.v8}`
  const engine = `${versions}; multi-memory ${hasMultiMemory() ? 'yes' : 'no'}`
  try {
    const layout = memoryLayout((values.layout ?? null) as MemoryLayout | null)
    return { name: 'engine', ok: true, details: [engine, `layout ${layout}: ${LAYOUTS[layout]}`] }
  } catch (error) {
    if (!isCoded(error)) throw error
    return { name: 'engine', ok: false, details: [engine, `${error.message} [${error.code}]`] }
  }
}

function shortened(names: readonly string[]): string[] {
  if (names.length <= NAMES_SHOWN) return [...names]
  return [...names.slice(0, NAMES_SHOWN), `… and ${names.length - NAMES_SHOWN} more`]
}

function textOf(path: string, checks: readonly Check[]): string {
  const lines = [path, '']
  for (const { name, ok, details } of checks) {
    const [first, ...others] = details
    lines.push(
      `  ${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(9)} ${first ?? ''}`,
      ...others.map((text) => `${' '.repeat(18)}${text}`),
    )
  }
  const limits = NAMED_LIMITS.map(
    ({ name, value, unit, meaning }) => `  ${name.padEnd(14)} ${`${formatCount(value)} ${unit}`.padEnd(24)} ${meaning}`,
  )
  return `${[...lines, '', 'Limits', ...limits].join('\n')}\n`
}
