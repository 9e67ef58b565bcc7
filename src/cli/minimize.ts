// `fuzzbox minimize`: one input, made smaller. The best so far is written as it is found, so whatever ends the search,
// Ctrl-C or worse, leaves it behind.

import { statSync } from 'node:fs'
import { EVENTS_VERSION } from '../core/campaign/events.ts'
import { EXIT_CODES } from '../core/findings/finding.ts'
import { SHRINK_MS_MAX } from '../core/limits.ts'
import { minimizeInput, type Minimized, type MinimizeEnd } from '../core/minimize/minimize-input.ts'
import type { Goal } from '../core/minimize/goal.ts'
import { formatCount, formatSize } from '../core/units.ts'
import { codecOf, type InputCodec } from '../core/typed/typed-corpus.ts'
import { writeAtomically } from '../node/atomic-file.ts'
import { nodeErrors } from '../node/errors.ts'
import { readRegularFile } from '../node/regular-file.ts'
import { onInterrupt } from '../node/signals.ts'
import type { CommandLine, Values } from './command-line.ts'
import { valuesFor } from './companions.ts'
import { standardError, standardOutput } from './console.ts'
import { cliErrors } from './errors.ts'
import { warnOfLength } from './replay.ts'
import { runnerOptions } from './runner-options.ts'

const ENDS: Readonly<Record<MinimizeEnd, string>> = {
  smallest: 'nothing smaller keeps it',
  time: 'the time is up: --minimize-time gives more',
  runs: 'all runs are done: --minimize-runs gives more',
  stopped: 'stopped',
}
/** How often a better input is written while the search goes on. */
const WRITE_EVERY_MS = 1_000

/** Returns the exit code. */
export async function minimize({ operands, values: given }: CommandLine): Promise<number> {
  const [target, path, extra] = operands
  if (target === undefined) throw cliErrors.noTarget('minimize')
  if (typeof given.recipe === 'string') {
    return await (await import('./recipes.ts')).minimizeOfRecipe(target, given.recipe, given)
  }
  if (path === undefined) throw cliErrors.noInput()
  if (extra !== undefined) throw cliErrors.oneInput(extra)
  const file = readInput(path)
  const output = typeof given.output === 'string' ? given.output : `${path}.min`
  const values = valuesFor(target, given)
  const abort = new AbortController()
  const stopListening = onInterrupt(() => abort.abort())
  let writer: BestWriter | null = null
  try {
    const runner = await runnerOptions(target, values)
    const codec = codecOf(runner.target.types)
    const whole = codec.demandInput(file, path)
    const best = new BestWriter(output, codec)
    writer = best
    warnOfLength({ name: path, bytes: whole }, runner.target)
    const input = whole.slice(0, runner.target.inputMax)
    const options = {
      ...runner,
      exact: values.exact === true,
      timeMs: typeof values['minimize-time'] === 'number' ? values['minimize-time'] : SHRINK_MS_MAX,
      runs: typeof values['minimize-runs'] === 'number' ? values['minimize-runs'] : null,
      signal: abort.signal,
      onGoal: (goal: Goal) => {
        if (values.json !== true) standardError.write(`minimize: keeping ${goalText(goal)}\n`)
      },
      onBetter: (smaller: Uint8Array) => best.offer(smaller),
    }
    const minimized = await minimizeInput(options, input)
    if (minimized.goal !== null) await best.write(minimized.best)
    tell(minimized, whole.length, path, output, values)
    return EXIT_CODES.clean
  } finally {
    stopListening()
    await writer?.settle()
  }
}

function readInput(path: string): Uint8Array {
  if (!statSync(path, { throwIfNoEntry: false })) throw nodeErrors.inputMissing(path)
  try {
    return readRegularFile(path)
  } catch (error) {
    throw nodeErrors.inputUnreadable(path, error)
  }
}

/** One write at a time, of the newest; whatever the search ends with, the best it had reaches the disk. */
class BestWriter {
  readonly #path: string
  readonly #codec: InputCodec
  #pending: Uint8Array | null = null
  #writing: Promise<void> = Promise.resolve()
  #writtenMs = -Infinity

  constructor(path: string, codec: InputCodec) {
    this.#path = path
    this.#codec = codec
  }

  offer(best: Uint8Array): void {
    this.#pending = best
    if (performance.now() - this.#writtenMs < WRITE_EVERY_MS) return
    this.#writtenMs = performance.now()
    this.#writing = this.#writing.then(async () => await this.#flush())
    // A disk that is full says so once, at the end.
    this.#writing.catch(() => {})
  }

  /** Throws E_OUTPUT_FILE. */
  async write(best: Uint8Array): Promise<void> {
    this.#pending = best
    await this.#writing.catch(() => {})
    await this.#flush()
  }

  /** Writes what an error left pending. */
  async settle(): Promise<void> {
    await this.#writing.catch(() => {})
    await this.#flush().catch(() => {})
  }

  async #flush(): Promise<void> {
    const best = this.#pending
    if (best === null) return
    this.#pending = null
    try {
      await writeAtomically(this.#path, this.#codec.encodeFile(best))
    } catch (error) {
      throw cliErrors.outputFile(this.#path, error)
    }
  }
}

function goalText(goal: Goal): string {
  if (goal.keeps === 'trap') return `${goal.trap.message} (${goal.trap.trap})`
  const often = goal.keeps === 'features' ? ', each as often' : ''
  return `the ${formatCount(goal.count)} edges that it reaches${often}`
}

function tell(minimized: Minimized, sizeBefore: number, path: string, output: string, values: Values): void {
  const { best, goal, executions, ended } = minimized
  if (values.json === true) {
    const about = { path, output: goal && output, sizeBefore, sizeBytes: best.length, executions, ended }
    const kept = goal && (goal.keeps === 'trap' ? { keeps: 'trap', key: goal.key } : { keeps: goal.keeps })
    standardOutput.write(`${JSON.stringify({ type: 'minimize', version: EVENTS_VERSION, ...about, ...kept })}\n`)
    return
  }
  if (goal === null) return void standardError.write('fuzzbox: stopped before anything was known\n')
  const sizes = `${formatSize(sizeBefore)} → ${formatSize(best.length)}`
  standardOutput.write(`${output}: ${sizes} after ${formatCount(executions)} runs; ${ENDS[ended]}\n`)
}
