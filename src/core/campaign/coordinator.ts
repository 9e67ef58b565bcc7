// One campaign: it owns corpus, findings, limits and numbers; workers only work. Each worker has a seat and a loop of its
// own: take what others found, run a slice, account for it, shrink a little, go on. A lost worker is replaced in its
// seat, and its last input becomes a finding, unless the error was ours.
//
//   seeds ─► [ slice ─► discoveries kept, traps to the desk ─► a step of shrinking ]* ─► desk finishes ─► end
//
// A worker is asked for its next slice before the last one is accounted for, so it is never without work.

import { campaignErrors, campaignWarnings } from './errors.ts'
import type { Corpus, CorpusWarning, FindingStore } from './corpus.ts'
import { EVENTS_VERSION, type EndEvent, type EndReason, type SessionEvent } from './events.ts'
import { FindingDesk } from '../findings/finding-desk.ts'
import { keyOf } from '../findings/finding.ts'
import { KeptInputs } from './kept-inputs.ts'
import {
  ABORT_GRACE_MS,
  ADD_INPUTS_MAX,
  CORPUS_BYTES_MAX,
  SHRINK_LAST_MS_MAX,
  SLICE_EXECUTIONS_MAX,
  SLICE_MS,
  SLICES_AHEAD,
  STATUS_EVERY_MS,
  WARNINGS_MAX,
  WORKER_LOSSES_MAX,
} from '../limits.ts'
import type { PreparedTarget } from '../target/prepared.ts'
import { Progress } from './progress.ts'
import type { AddReply, SliceReply, TrapReport, WorkerLink } from '../worker/protocol.ts'
import { SupervisedWorker, WorkerLost } from '../worker/supervised-worker.ts'
import { firstInputs } from './first-inputs.ts'
import { workerSeed } from './worker-seed.ts'

export interface CampaignLimits {
  /** Wall-clock time of the campaign; null goes on until stopped. */
  readonly timeMs: number | null
  /** Executions, seeds included; 0 runs the seeds once and ends. */
  readonly runs: number | null
  /** How long one execution may show no end before its worker is given up; see patienceMsOf. */
  readonly patienceMs: number
  /** How long a new worker may take to open its target. */
  readonly openPatienceMs: number
}

export interface CampaignOptions {
  readonly target: PreparedTarget
  readonly engine: Uint8Array
  readonly startWorker: () => WorkerLink
  readonly workers: number
  readonly corpus: Corpus
  readonly findings: FindingStore
  readonly seed: number
  readonly dictionary: readonly Uint8Array[]
  readonly limits: CampaignLimits
  readonly stopOnFinding: boolean
  readonly signal: AbortSignal | null
  readonly emit: (event: SessionEvent) => void
}

/** The place of a worker; workers come and go, the seat keeps what the next one must know. */
interface Seat {
  readonly index: number
  worker: SupervisedWorker
  sliceExecutions: number
  /** How many of the kept inputs this worker has. */
  inputsKnown: number
  generation: number
  /** Workers lost since the last slice that came back. */
  losses: number
  /** Slices that the worker was asked for, the oldest first. */
  ahead: Promise<SliceReply>[]
}

export class Coordinator {
  readonly #options: CampaignOptions
  readonly #progress: Progress
  readonly #inputs: KeptInputs
  readonly #desk: FindingDesk
  readonly #seats: Seat[] = []
  /** Every worker that was started and not yet terminated, those included that are still opening their target. */
  readonly #alive: Set<SupervisedWorker> = new Set()
  readonly #warned: Set<string> = new Set()
  #granted = 0
  /** The seeds have been run. */
  #started = false
  #ended: EndReason | null = null
  #graceTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: CampaignOptions) {
    this.#options = options
    this.#progress = new Progress(options.target.module.map.edges)
    const warning = (about: CorpusWarning): void => this.#warn(about)
    this.#inputs = new KeptInputs(options.corpus, warning)
    this.#desk = new FindingDesk(options.findings, { finding: (event) => options.emit(event), warning })
  }

  /** Runs the campaign to its end; throws FuzzboxError where it cannot even start. */
  async run(): Promise<EndEvent> {
    const { limits, signal } = this.#options
    const stop = (): void => this.#stop('stopped')
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop)
    const timeTimer = limits.timeMs === null ? undefined : setTimeout(() => this.#stop('time'), limits.timeMs)
    const statusTimer = setInterval(() => this.#started && this.#emitStatus(), STATUS_EVERY_MS)
    try {
      await this.#campaign()
      clearTimeout(this.#graceTimer)
      await this.#desk.finish(this.#seats[0]?.worker ?? null, SHRINK_LAST_MS_MAX)
      await this.#inputs.flushed()
      this.#emitStatus()
      return this.#end()
    } finally {
      clearTimeout(timeTimer)
      clearTimeout(this.#graceTimer)
      clearInterval(statusTimer)
      signal?.removeEventListener('abort', stop)
      await Promise.all([...this.#alive].map((worker) => worker.terminate()))
      await this.#inputs.flushed()
    }
  }

  async #campaign(): Promise<void> {
    try {
      for (let index = 0; index < this.#options.workers; index++) this.#seats.push(await this.#openSeat(index))
      await this.#feedSeeds()
      this.#started = true
      this.#emitStatus()
      await Promise.all(this.#seats.map((seat) => this.#work(seat)))
      // Nobody stopped it, so what --runs allows is used up.
      this.#stop('runs')
    } catch (error) {
      // A worker that was terminated because the campaign is over is no loss.
      if (!(this.#ended && error instanceof WorkerLost)) throw error
    }
  }

  #stop(reason: EndReason): void {
    if (this.#ended) return
    this.#ended = reason
    if (reason === 'finding' || reason === 'runs') return
    // A slice under way ends by itself in a moment; one that does not is not waited for.
    this.#graceTimer = setTimeout(() => {
      for (const worker of this.#alive) void worker.terminate()
    }, ABORT_GRACE_MS)
  }

  // ── workers ──────────────────────────────────────────────────────────────────────────────────────────────────────

  async #openSeat(index: number): Promise<Seat> {
    return {
      index,
      worker: await this.#openWorker(index, 0),
      sliceExecutions: 1,
      inputsKnown: 0,
      generation: 0,
      losses: 0,
      ahead: [],
    }
  }

  async #openWorker(index: number, generation: number): Promise<SupervisedWorker> {
    const { engine, target, seed, dictionary, startWorker, limits } = this.#options
    const worker = new SupervisedWorker(startWorker(), limits.patienceMs)
    this.#alive.add(worker)
    const start = {
      engine,
      target,
      ...workerSeed(seed, index, generation),
      corpusBytes: CORPUS_BYTES_MAX,
      dictionary,
    }
    try {
      this.#progress.learn(await worker.call((api) => api.open(start), limits.openPatienceMs))
      return worker
    } catch (error) {
      await this.#dismiss(worker)
      if (error instanceof WorkerLost && error.reason === 'hang') {
        throw campaignErrors.openHang(target.name, limits.openPatienceMs)
      }
      throw error
    }
  }

  async #dismiss(worker: SupervisedWorker): Promise<void> {
    this.#alive.delete(worker)
    await worker.terminate()
  }

  async #replace(seat: Seat, lost: WorkerLost): Promise<void> {
    if (this.#ended && lost.reason === 'exit') return
    seat.losses++
    seat.ahead = []
    const isFinding = lost.input !== null && lost.reason !== 'error'
    this.#warn(campaignWarnings.workerLost(lost.message, isFinding, lost.input))
    if (isFinding && lost.input) {
      const report = this.#reportOf(lost, lost.input)
      const isNew = await this.#desk.take(report, this.#progress.elapsedMs, false)
      if (isNew && this.#options.stopOnFinding) this.#stop('finding')
    }
    if (seat.losses >= WORKER_LOSSES_MAX) throw campaignErrors.workersLost(seat.losses, lost.message)
    await this.#dismiss(seat.worker)
    seat.generation++
    seat.inputsKnown = 0
    seat.sliceExecutions = 1
    seat.worker = await this.#openWorker(seat.index, seat.generation)
  }

  #reportOf(lost: WorkerLost, input: Uint8Array): TrapReport {
    const { outcome } = lost
    return { key: `${keyOf(outcome)}worker lost`, input, outcome, executions: this.#progress.executions }
  }

  // ── the loop ─────────────────────────────────────────────────────────────────────────────────────────────────────

  async #work(seat: Seat): Promise<void> {
    for (;;) {
      try {
        if (!this.#ended) await this.#share(seat)
        this.#askAhead(seat)
        const next = seat.ahead.shift()
        if (!next) return
        const reply = await next
        this.#askAhead(seat)
        await this.#account(seat, reply)
        if (!this.#ended) await this.#desk.step(seat.worker)
      } catch (error) {
        if (!(error instanceof WorkerLost)) throw error
        await this.#replace(seat, error)
      }
    }
  }

  /** The worker has its next slice before it has answered the last, so it never waits for the host. */
  #askAhead(seat: Seat): void {
    while (!this.#ended && seat.ahead.length < SLICES_AHEAD) {
      const executions = this.#grant(seat.sliceExecutions)
      if (executions === 0) return
      const reply = this.#slice(seat, executions)
      // Of a lost worker's slices only the first is awaited.
      reply.catch(() => {})
      seat.ahead.push(reply)
    }
  }

  async #slice(seat: Seat, executions: number): Promise<SliceReply> {
    try {
      const reply = await seat.worker.call((api) => api.slice({ executions }))
      this.#granted -= executions - reply.executions
      seat.losses = 0
      seat.sliceExecutions = nextSlice(executions, reply)
      return reply
    } catch (error) {
      this.#granted -= executions
      throw error
    }
  }

  async #account(seat: Seat, reply: SliceReply): Promise<void> {
    const executionsBefore = this.#progress.executions
    this.#progress.executions += reply.executions
    this.#progress.busyMs += reply.busyMs
    this.#progress.learn(reply.statistics)
    if (reply.corpusFull) this.#warn(campaignWarnings.corpusFull())
    const uptodate = seat.inputsKnown === this.#inputs.all.length
    for (const { input, newEdges } of reply.discoveries) {
      const id = await this.#inputs.keep(input)
      const found = id === null ? null : { id, sizeBytes: input.length, newEdges }
      const event = found && this.#progress.input(found, this.#inputs)
      if (event) this.#options.emit(event)
    }
    if (uptodate) seat.inputsKnown = this.#inputs.all.length
    await this.#takeTraps(reply.traps, executionsBefore)
  }

  async #takeTraps(traps: SliceReply['traps'], executionsBefore: number): Promise<void> {
    for (const trap of traps) {
      const executions = executionsBefore + trap.executions
      const isNew = await this.#desk.take({ ...trap, executions }, this.#progress.elapsedMs)
      if (isNew && this.#options.stopOnFinding) this.#stop('finding')
    }
  }

  /** Executions that a slice may use up of what `--runs` leaves. */
  #grant(wanted: number): number {
    const { runs } = this.#options.limits
    const executions = runs === null ? wanted : Math.max(0, Math.min(wanted, runs - this.#granted))
    this.#granted += executions
    return executions
  }

  // ── inputs ───────────────────────────────────────────────────────────────────────────────────────────────────────

  async #feedSeeds(): Promise<void> {
    const { seeds, warnings } = await this.#options.corpus.load()
    for (const warning of warnings) this.#warn(warning)
    const most = this.#options.target.inputMax
    const long = seeds.filter((seed) => seed.bytes.length > most).length
    if (long > 0) this.#warn(campaignWarnings.seedsRejected(long))
    const inputs = seeds.map((seed) => seed.bytes.slice(0, most)).sort((a, b) => a.length - b.length)
    if (inputs.length === 0) inputs.push(...firstInputs(this.#options.target))
    const seat = this.#seats[0] as Seat
    const { runs } = this.#options.limits
    await this.#add(seat, runs ? inputs.slice(0, runs) : inputs, true)
    seat.inputsKnown = this.#inputs.all.length
    if (runs === 0) this.#stop('runs')
  }

  /** What other workers, or this seat's predecessor, have found. */
  async #share(seat: Seat): Promise<void> {
    const news = this.#inputs.all.slice(seat.inputsKnown)
    if (news.length === 0) return
    seat.inputsKnown = this.#inputs.all.length
    await this.#add(seat, news, false)
  }

  /** Runs inputs in a worker; an input that loses the worker is left out when the rest goes to its replacement. */
  async #add(seat: Seat, inputs: readonly Uint8Array[], areSeeds: boolean): Promise<void> {
    for (let next = 0; next < inputs.length && !this.#ended;) {
      try {
        const reply = await seat.worker.call((api) => api.add(inputs.slice(next, next + ADD_INPUTS_MAX)))
        await this.#accountAdded(reply, inputs.slice(next, next + reply.done), areSeeds)
        next += reply.done
      } catch (error) {
        if (!(error instanceof WorkerLost)) throw error
        await this.#replace(seat, error)
        const fatal = error.input
        const index = fatal ? inputs.findIndex((input, at) => at >= next && sameBytes(input, fatal)) : next
        next = Math.max(next, index) + 1
      }
    }
  }

  async #accountAdded(reply: AddReply, inputs: readonly Uint8Array[], areSeeds: boolean): Promise<void> {
    const executionsBefore = this.#progress.executions
    this.#progress.busyMs += reply.busyMs
    this.#progress.learn(reply.statistics)
    if (!areSeeds) return
    this.#progress.executions += reply.done
    this.#granted += reply.done
    for (const index of reply.kept) await this.#inputs.keepSeed(inputs[index] as Uint8Array)
    await this.#takeTraps(reply.traps, executionsBefore)
  }

  // ── telling ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #warn(about: CorpusWarning): void {
    const text = about.code + about.message
    if (this.#warned.has(text) || this.#warned.size >= WARNINGS_MAX) return
    this.#warned.add(text)
    this.#options.emit({ type: 'warning', version: EVENTS_VERSION, ...about })
  }

  #emitStatus(): void {
    this.#options.emit(this.#progress.status(this.#inputs, this.#desk.count))
  }

  #end(): EndEvent {
    const event = this.#progress.end({
      reason: this.#ended ?? 'stopped',
      kept: this.#inputs,
      seed: this.#options.seed,
      findings: this.#desk.told,
    })
    this.#options.emit(event)
    return event
  }
}

/** Slices aim at SLICE_MS and at most quadruple, since one that is far too long cannot be stopped. */
function nextSlice(executions: number, reply: SliceReply): number {
  if (reply.executions === 0) return executions
  const fitting = (reply.executions * SLICE_MS) / Math.max(reply.busyMs, 0.05)
  return Math.max(1, Math.min(SLICE_EXECUTIONS_MAX, executions * 4, Math.round(fitting)))
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
