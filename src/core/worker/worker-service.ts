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
  type AddReply,
  type AddRequest,
  type AsideReply,
  type Discovered,
  type EdgeHits,
  type ExamineReply,
  type ExamineRequest,
  type KeptAt,
  type MeasureReply,
  type Measured,
  type OpenReply,
  type Reply,
  type ShrinkReply,
  type ShrinkRequest,
  type SliceReply,
  type SliceRequest,
  type TrapReport,
  type WorkerApi,
  type WorkerStart,
} from './protocol.ts'
import { Reductions } from './reductions.ts'
import { Sandbox, type CaughtTrap } from '../sandbox.ts'
import { Shrinker } from '../findings/shrink.ts'
import { candidatesFor } from '../findings/shrink-typed.ts'

export class WorkerService implements WorkerApi {
  #sandbox: Sandbox | null = null
  #start: WorkerStart | null = null
  #aside: Promise<Sandbox | null> | null = null
  #fuzzed = false
  /** Places of traps that were reported: repetitions cost no stack trace. Full sets start anew, the host knows its keys. */
  readonly #places: Set<string> = new Set()
  readonly #keys: Set<string> = new Set()
  readonly #shrinkers: Map<string, Shrinker> = new Map()
  readonly #reductions: Reductions = new Reductions()

  async open(start: WorkerStart): Promise<Reply<OpenReply>> {
    try {
      this.#sandbox = await Sandbox.open(start.engine, start.target, start)
      this.#start = start
      return { ok: true, value: { ...this.#sandbox.statistics(), memory: this.#sandbox.memory } }
    } catch (error) {
      return { ok: false, error: toErrorData(error), input: null }
    }
  }

  async add(request: AddRequest): Promise<Reply<AddReply>> {
    this.#fuzzed = true
    return this.#answer((sandbox) => {
      const { inputs, executionsMax, msMax } = request
      sandbox.ignore(request.ignore)
      const count = executionsOf(sandbox)
      const enough = clockOf(msMax)
      const kept: KeptAt[] = []
      const trapped: { at: number; key: string }[] = []
      const traps: TrapReport[] = []
      let done = 0
      while (done < inputs.length && count() < executionsMax && !enough()) {
        const input = inputs[done] as Uint8Array
        const { newFeatures, features, outcome } = sandbox.addInput(input, executionsMax - count() > 1 ? 2 : 1)
        if (newFeatures > 0 && outcome.kind === 'ok') kept.push({ at: done, features })
        if (outcome.kind === 'trap') {
          trapped.push({ at: done, key: keyOf(outcome) })
          this.#reportOnce(keyOf(outcome), outcome, input.slice(), count(), traps)
        }
        done++
      }
      // The host has these already.
      sandbox.drainDiscoveries()
      const reply: AddReply = {
        done,
        executions: count(),
        kept,
        trapped,
        traps,
        unstable: Uint32Array.from(sandbox.unstable()),
        busyMs: enough.ms(),
        statistics: sandbox.statistics(),
      }
      return moving(
        reply,
        traps.map((trap) => trap.input),
      )
    })
  }

  async slice(request: SliceRequest): Promise<Reply<SliceReply>> {
    this.#fuzzed = true
    return this.#answer((sandbox) => {
      const enough = clockOf(request.msMax)
      sandbox.ignore(request.ignore)
      const traps: TrapReport[] = []
      const found: Discovered[] = []
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
        else if (result.ended === 'discoveries-full') found.push(...sandbox.drainDiscoveries())
        else if (result.ended === 'corpus-full') corpusFull = true
        if (result.ended !== 'budget' && enough()) break
        if (result.executions === 0 && result.ended !== 'discoveries-full') break
      }
      found.push(...sandbox.drainDiscoveries())
      if (request.last) {
        sandbox.endTrim()
        found.push(...sandbox.drainDiscoveries())
      }
      const discoveries = this.#reductions.settle(found, request.last === true)
      const lost = sandbox.mutatorsLost()
      const reply: SliceReply = {
        ...(lost !== null && { mutatorsLost: lost }),
        executions,
        busyMs: enough.ms(),
        discoveries,
        unstable: Uint32Array.from(sandbox.unstable()),
        traps,
        trapsRepeated: trapped - traps.length,
        corpusFull,
        trimming: sandbox.isTrimming() || !this.#reductions.isEmpty,
        statistics: sandbox.statistics(),
      }
      return moving(
        reply,
        [...traps, ...discoveries].map((told) => told.input),
      )
    })
  }

  async shrink(request: ShrinkRequest): Promise<Reply<ShrinkReply>> {
    const aside = await this.#openAside()
    return this.#answer((sandbox) => {
      const enough = clockOf(request.msMax)
      const count = executionsOf(sandbox)
      const shrinker = this.#shrinkerOf(request)
      shrinker.step(
        (candidate) => {
          const outcome = sandbox.runOnce(candidate)
          return outcome.kind === 'trap' && outcome.trap === request.kind && keyOf(outcome) === request.key
        },
        enough,
        request.executionsMax,
      )
      if (shrinker.done) this.#shrinkers.delete(request.key)
      const input = shrinker.best.slice()
      return moving({ input, executions: count(), busyMs: enough.ms(), done: shrinker.done }, [input])
    }, aside)
  }

  async examine({ input, runs, executionsMax }: ExamineRequest): Promise<Reply<ExamineReply>> {
    const aside = await this.#openAside()
    return this.#answer((sandbox) => {
      const count = executionsOf(sandbox)
      const outcome = sandbox.runOnce(input)
      const output = sandbox.output()
      const key = keyOrNull(outcome)
      // A hang costs its whole timeout each time, and no plain instance would ever end: once must do.
      const isHang = outcome.kind === 'trap' && outcome.trap === 'timeout'
      const runsDone = isHang ? 1 : Math.max(1, Math.min(runs, executionsMax))
      let reproduced = 1
      for (let run = 1; run < runsDone; run++) {
        const again = sandbox.runOnce(input)
        if (again.kind === outcome.kind && keyOrNull(again) === key) reproduced++
      }
      const mayConfirm = outcome.kind === 'trap' && !isHang && count() + 2 <= executionsMax
      const confirmed = mayConfirm ? sandbox.confirm(input) : null
      return { executions: count(), outcome, key, reproduced, runs: runsDone, confirmed, output }
    }, aside)
  }

  async aside(): Promise<Reply<AsideReply>> {
    const aside = await this.#openAside()
    return this.#answer((sandbox) => ({ memory: sandbox === this.#sandbox ? null : sandbox.memory }), aside)
  }

  async hits(): Promise<Reply<EdgeHits>> {
    return this.#answer((sandbox) => {
      const hits = sandbox.hits()
      return moving(hits, [hits.counts])
    })
  }

  /** Nothing is learned from these inputs, so they may run in the campaign's own sandbox. */
  async measure(inputs: readonly Uint8Array[]): Promise<Reply<MeasureReply>> {
    return this.#answer((sandbox) => {
      const enough = clockOf(SLICE_MS_MAX)
      const measured: Measured[] = []
      while (measured.length < inputs.length && !enough()) {
        const outcome = sandbox.runOnce(inputs[measured.length] as Uint8Array)
        measured.push({ outcome, ...sandbox.measured() })
      }
      const reply: MeasureReply = { measured, busyMs: enough.ms() }
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
    this.#aside ??= Sandbox.open(start.engine, start.target, { ...start, compares: false }).catch(() => this.#sandbox)
    return await this.#aside
  }

  #shrinkerOf(request: ShrinkRequest): Shrinker {
    let shrinker = this.#shrinkers.get(request.key)
    if (!shrinker) {
      const most = request.kind === 'timeout' ? SHRINK_TIMEOUT_EXECUTIONS_MAX : SHRINK_EXECUTIONS_MAX
      shrinker = new Shrinker(request.input, most, candidatesFor(this.#start?.target.types))
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
    try {
      if (!sandbox) throw new Error('the worker was asked to work before it was opened')
      return { ok: true, value: work(sandbox) }
    } catch (error) {
      return { ok: false, error: toErrorData(error), input: sandbox?.currentInput() ?? null }
    }
  }
}

/** Calls of the target since now. */
function executionsOf(sandbox: Sandbox): () => number {
  const before = sandbox.executionsBegun()
  return () => sandbox.executionsBegun() - before
}

/** Whether `msMax` has passed, null being never; and how long it has been. */
function clockOf(msMax: number | null): (() => boolean) & { ms(): number } {
  const startMs = performance.now()
  const ms = (): number => performance.now() - startMs
  return Object.assign(() => msMax !== null && ms() >= msMax, { ms })
}

/** The target decides how many there are, so there is a bound. */
function remember(set: Set<string>, key: string): void {
  if (set.size >= TRAP_PLACES_MAX) set.clear()
  set.add(key)
}

function keyOrNull(outcome: Outcome): string | null {
  return outcome.kind === 'trap' ? keyOf(outcome) : null
}
