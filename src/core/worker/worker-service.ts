// What runs inside a worker: a sandbox, served to the host through the contract of protocol.ts. Findings are shrunk and
// examined in a second one, opened for the first of them: when that happens depends on the clock, and in the campaign's
// own sandbox it would change which inputs come next.

import { moving } from './comlink-worker.ts'
import { toErrorData } from '../errors.ts'
import { keyOf } from '../findings/finding.ts'
import {
  SHRINK_EXECUTIONS_MAX,
  SHRINK_TIMEOUT_EXECUTIONS_MAX,
  SLICE_MS_MAX,
  SLICE_REPORTS_MAX,
  SLICE_TRAPS_MAX,
  TRAP_PLACES_MAX,
} from '../limits.ts'
import type { Outcome, Trap } from '../outcome.ts'
import {
  PROBE_SYMBOL,
  type AddReply,
  type ExamineReply,
  type MeasureReply,
  type Measured,
  type Reply,
  type ShrinkReply,
  type ShrinkRequest,
  type SliceReply,
  type SliceRequest,
  type TrapReport,
  type WorkerApi,
  type WorkerProbe,
  type WorkerStart,
  type WorkerStatistics,
} from './protocol.ts'
import { Sandbox, type CaughtTrap } from '../sandbox.ts'
import { Shrinker } from '../findings/shrink.ts'

export class WorkerService implements WorkerApi {
  #sandbox: Sandbox | null = null
  #start: WorkerStart | null = null
  #aside: Promise<Sandbox | null> | null = null
  /** The sandbox that was asked last: while the worker is busy, the one that is. */
  #active: Sandbox | null = null
  #fuzzed = false
  /** Places of traps that were reported: repetitions cost no stack trace. Full sets start anew, the host knows its keys. */
  readonly #places: Set<string> = new Set()
  readonly #keys: Set<string> = new Set()
  readonly #shrinkers: Map<string, Shrinker> = new Map()

  constructor() {
    Reflect.set(globalThis, Symbol.for(PROBE_SYMBOL), () => this.#probe())
  }

  async open(start: WorkerStart): Promise<Reply<WorkerStatistics>> {
    try {
      this.#sandbox = await Sandbox.open(start.engine, start.target, start)
      this.#start = start
      return { ok: true, value: this.#sandbox.statistics() }
    } catch (error) {
      return { ok: false, error: toErrorData(error), input: null }
    }
  }

  async add(inputs: readonly Uint8Array[]): Promise<Reply<AddReply>> {
    this.#fuzzed = true
    return this.#answer((sandbox) => {
      const startMs = performance.now()
      const kept: number[] = []
      const traps: TrapReport[] = []
      let done = 0
      while (done < inputs.length && performance.now() - startMs < SLICE_MS_MAX) {
        const input = inputs[done] as Uint8Array
        const { newFeatures, outcome } = sandbox.addInput(input)
        if (newFeatures > 0 && outcome.kind === 'ok') kept.push(done)
        if (outcome.kind === 'trap') this.#reportOnce(keyOf(outcome), outcome, input.slice(), done + 1, traps)
        done++
      }
      sandbox.drainDiscoveries()
      const busyMs = performance.now() - startMs
      return moving(
        { done, kept, traps, busyMs, statistics: sandbox.statistics() },
        traps.map((trap) => trap.input),
      )
    })
  }

  async slice(request: SliceRequest): Promise<Reply<SliceReply>> {
    this.#fuzzed = true
    return this.#answer((sandbox) => {
      const startMs = performance.now()
      const traps: TrapReport[] = []
      const discoveries: SliceReply['discoveries'][number][] = []
      let executions = 0
      let trapped = 0
      let corpusFull = false
      while (executions < request.executions && trapped < SLICE_TRAPS_MAX && traps.length < SLICE_REPORTS_MAX) {
        const result = sandbox.slice(request.executions - executions)
        executions += result.executions
        if (result.ended === 'trap') {
          trapped++
          this.#meet(result.trap, executions, traps)
        } else if (result.ended === 'state-lost') sandbox.renewInstance()
        else if (result.ended === 'discoveries-full') discoveries.push(...sandbox.drainDiscoveries())
        else if (result.ended === 'corpus-full') corpusFull = true
        if (result.ended !== 'budget' && performance.now() - startMs > SLICE_MS_MAX) break
        if (result.executions === 0 && result.ended !== 'discoveries-full') break
      }
      discoveries.push(...sandbox.drainDiscoveries())
      const reply: SliceReply = {
        executions,
        busyMs: performance.now() - startMs,
        discoveries,
        traps,
        trapsRepeated: trapped - traps.length,
        corpusFull,
        statistics: sandbox.statistics(),
      }
      return moving(reply, [...traps.map((trap) => trap.input), ...discoveries.map((found) => found.input)])
    })
  }

  async shrink(request: ShrinkRequest): Promise<Reply<ShrinkReply>> {
    const aside = await this.#openAside()
    return this.#answer((sandbox) => {
      const startMs = performance.now()
      const shrinker = this.#shrinkerOf(request)
      const executions = shrinker.step(
        (candidate) => {
          const outcome = sandbox.runOnce(candidate)
          return outcome.kind === 'trap' && outcome.trap === request.kind && keyOf(outcome) === request.key
        },
        () => performance.now() - startMs >= request.msMax,
      )
      if (shrinker.done) this.#shrinkers.delete(request.key)
      const input = shrinker.best.slice()
      return moving({ input, executions, busyMs: performance.now() - startMs, done: shrinker.done }, [input])
    }, aside)
  }

  async examine(input: Uint8Array, runs: number): Promise<Reply<ExamineReply>> {
    const aside = await this.#openAside()
    return this.#answer((sandbox) => {
      const outcome = sandbox.runOnce(input)
      const output = sandbox.output()
      const key = keyOrNull(outcome)
      // A hang costs its whole timeout each time, and no plain instance would ever end: once must do.
      const isHang = outcome.kind === 'trap' && outcome.trap === 'timeout'
      const runsDone = isHang ? 1 : Math.max(1, runs)
      let reproduced = 1
      for (let run = 1; run < runsDone; run++) {
        const again = sandbox.runOnce(input)
        if (again.kind === outcome.kind && keyOrNull(again) === key) reproduced++
      }
      const confirmed = outcome.kind === 'trap' && !isHang ? sandbox.confirm(input) : null
      return { outcome, key, reproduced, runs: runsDone, confirmed, output }
    }, aside)
  }

  /** Nothing is learned from these inputs, so they may run in the campaign's own sandbox. */
  async measure(inputs: readonly Uint8Array[]): Promise<Reply<MeasureReply>> {
    return this.#answer((sandbox) => {
      const startMs = performance.now()
      const measured: Measured[] = []
      while (measured.length < inputs.length && performance.now() - startMs < SLICE_MS_MAX) {
        const outcome = sandbox.runOnce(inputs[measured.length] as Uint8Array)
        measured.push({ outcome, ...sandbox.measured() })
      }
      const reply: MeasureReply = { measured, busyMs: performance.now() - startMs }
      return moving(
        reply,
        measured.map(({ features }) => features),
      )
    })
  }

  /** A sandbox apart from the campaign's; the campaign's own where there is none to disturb, or no memory for two. */
  async #openAside(): Promise<Sandbox | null> {
    const start = this.#start
    if (start === null || !this.#fuzzed) return this.#sandbox
    this.#aside ??= Sandbox.open(start.engine, start.target, start).catch(() => this.#sandbox)
    return await this.#aside
  }

  #shrinkerOf(request: ShrinkRequest): Shrinker {
    let shrinker = this.#shrinkers.get(request.key)
    if (!shrinker) {
      const most = request.kind === 'timeout' ? SHRINK_TIMEOUT_EXECUTIONS_MAX : SHRINK_EXECUTIONS_MAX
      shrinker = new Shrinker(request.input, most)
      this.#shrinkers.set(request.key, shrinker)
    }
    return shrinker
  }

  /** Most traps are repetitions, so the outcome, which costs a stack trace, is read only for a place that is new. */
  #meet(trap: CaughtTrap, executions: number, traps: TrapReport[]): void {
    if (this.#places.has(trap.key)) return
    remember(this.#places, trap.key)
    const outcome = trap.outcome
    if (outcome.kind === 'trap') this.#reportOnce(keyOf(outcome), outcome, trap.input.slice(), executions, traps)
  }

  #reportOnce(key: string, outcome: Trap, input: Uint8Array, executions: number, traps: TrapReport[]): void {
    if (this.#keys.has(key)) return
    remember(this.#keys, key)
    traps.push({ key, input, outcome, executions })
  }

  #answer<Value>(work: (sandbox: Sandbox) => Value, sandbox: Sandbox | null = this.#sandbox): Reply<Value> {
    this.#active = sandbox
    try {
      if (!sandbox) throw new Error('the worker was asked to work before it was opened')
      return { ok: true, value: work(sandbox) }
    } catch (error) {
      return { ok: false, error: toErrorData(error), input: sandbox?.currentInput() ?? null }
    }
  }

  #probe(): WorkerProbe | null {
    const sandbox = this.#active ?? this.#sandbox
    return sandbox && { executions: sandbox.executionsBegun(), input: sandbox.currentInput() }
  }
}

/** The target decides how many there are, so there is a bound. */
function remember(set: Set<string>, key: string): void {
  if (set.size >= TRAP_PLACES_MAX) set.clear()
  set.add(key)
}

function keyOrNull(outcome: Outcome): string | null {
  return outcome.kind === 'trap' ? keyOf(outcome) : null
}
