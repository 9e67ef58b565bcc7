// One simulation in one engine, whose timelines are run as jobs ask: the engine forks it at its marks, runs children without
// leaving Wasm, and keeps snapshots; here jobs are written, traps are caught, and results are read. What a job gives
// depends on the job and on the marks told before it, never on which snapshots are held.
import {
  CONTROL_MODE,
  CONTROL_REASON,
  JOB_ANCHOR,
  JOB_ANCHOR_CALLS,
  JOB_ANCHOR_DONE,
  JOB_ANCHOR_DRAWS,
  JOB_CHILDREN,
  JOB_CHILDREN_MAX,
  JOB_DRAWS,
  JOB_FLAGS,
  JOB_HASH,
  JOB_MARK_CALLS,
  JOB_REPLAY,
  JOB_RESEEDS,
  JOB_RESEEDS_COUNT,
  JOB_RESEEDS_MAX,
  JOB_ROOT_SEED,
  JOB_SEEDS,
  JOB_SNAPSHOT,
  JOB_STOP,
  MODE_EXPLORE,
  REASON_DIVERGED,
  REASON_STOPPED,
  REGION_JOB,
  TIMELINE_RETURNED,
  TIMELINE_STOPPED,
  TIMELINE_TRAPPED,
  WORK_DIVERGED,
  WORK_DONE,
  WORK_LOST,
} from '../../../assembly/abi.ts'
import { hasSharedMemory } from '../engine/features.ts'
import type { Engine } from '../engine/engine.ts'
import { LinkedTarget } from '../link/linked-target.ts'
import { withStackLimit } from '../link/stack.ts'
import { EXPLORE_MARKS_MAX, EXPLORE_MARK_BYTES_MAX, EXPLORE_RESULT_BYTES, SNAPSHOT_BYTES_MAX } from '../limits.ts'
import type { Outcome } from '../outcome.ts'
import type { PreparedTarget } from '../target/prepared.ts'
import { SeedSeries } from './child-seed.ts'
import { exploreErrors } from './errors.ts'
import { unlessLost } from './lost-moment.ts'
import { MarkTable } from './mark-table.ts'
import { SnapshotHandles } from './snapshot-handles.ts'
import { TimelineRecords } from './timeline-records.ts'
import type { JobResult, MarkState, Moment, Reseed, RunJob, Seeds, Timeline, TimelineRunner } from './timelines.ts'

export interface ExploreOptions {
  /** Room for snapshots in the engine's memory. */
  readonly snapshotBytes?: number
  /** Marks, each bucket of an `each` one, and bytes of their messages and values. */
  readonly marksMax?: number
  readonly markBytes?: number
  /** False runs every timeline from the program's start, as for a module that cannot be forked; default true. */
  readonly forks?: boolean
  /** Whether other threads may look on; default where they can. */
  readonly shared?: boolean
}

const NO_MARKS: readonly MarkState[] = []

/** Whatever the engine needs room for besides: it keeps no corpus here. */
const CORPUS_BYTES = 0x1_0000

export class ExploreSandbox implements TimelineRunner {
  readonly #linked: LinkedTarget
  readonly #engine: Engine
  readonly #marks: MarkTable
  readonly #records: TimelineRecords
  readonly #handles = new SnapshotHandles()
  readonly #forks: boolean
  /** MarkTable.lost, as far as it was told. */
  #marksLost = 0
  /** Each mark as it was told last. */
  readonly #counts = new Map<string, MarkState>()

  private constructor(linked: LinkedTarget, marks: MarkTable, forks: boolean) {
    this.#linked = linked
    this.#engine = linked.engine
    this.#forks = forks
    this.#marks = marks
    this.#records = new TimelineRecords(linked.engine, marks, (moment, id) => this.#handles.add(moment, id))
  }

  /** Links and initialises a target that was prepared with `explore`; E_INIT_TRAP, E_LINK, E_EXPLORE_MEMORY and others. */
  static async open(
    engineWasm: Uint8Array,
    prepared: PreparedTarget,
    options: ExploreOptions = {},
  ): Promise<ExploreSandbox> {
    const { map } = prepared.module
    const forks = (options.forks ?? true) && map.forks === true && prepared.harness === null
    const shared = options.shared ?? hasSharedMemory()
    const linked = await LinkedTarget.open(engineWasm, prepared, CORPUS_BYTES, shared, (engine) => {
      engine.setWord(CONTROL_MODE, MODE_EXPLORE)
      engine.exports.exploreForks(forks ? 1 : 0)
    })
    const { exports } = linked.engine
    exports.ready()
    const snapshotBytes = options.snapshotBytes ?? SNAPSHOT_BYTES_MAX
    const marks = new MarkTable(
      linked.engine,
      options.marksMax ?? EXPLORE_MARKS_MAX,
      options.markBytes ?? EXPLORE_MARK_BYTES_MAX,
    )
    const hasRoom =
      exports.exploreSetup(snapshotBytes, map.granuleShift, map.memory?.pagesMax ?? 0, map.globals) !== 0 &&
      exports.exploreJobSetup(EXPLORE_RESULT_BYTES) !== 0
    if (!hasRoom) throw exploreErrors.memory(snapshotBytes)
    if (prepared.harness) exports.ignoreEdges(map.edges, prepared.harness.map.edges)
    return new ExploreSandbox(linked, marks, forks)
  }

  /** Throws E_EXPLORE_DIVERGED for a moment that the program does not come by. */
  run(job: RunJob): JobResult {
    return this.#withMarks(this.#timelines(job))
  }

  /**
   * As many jobs as can be run before there is `enough`, at least one. What they saw of marks stands in the first result. A
   * moment that the program does not come by is `lost`, and its job has only the timelines before.
   */
  runSome(jobs: readonly RunJob[], enough: (result: JobResult) => boolean): JobResult[] {
    const results: JobResult[] = []
    for (const job of jobs) {
      const result: JobResult = unlessLost(() => ({ ...this.#timelines(job), marks: NO_MARKS }))
      results.push(result)
      if (enough(result)) break
    }
    const [first, ...others] = results
    return first ? [this.#withMarks(first), ...others] : []
  }

  #timelines(job: RunJob): Omit<JobResult, 'marks'> {
    for (const mark of job.marks) this.#putMark(mark)
    for (const feature of job.features) this.#engine.exports.learnFeature(feature)
    const timelines: Timeline[] = []
    let reached = true
    for (let first = 0; first < job.seeds.length; first += JOB_CHILDREN_MAX) {
      const isAtHand = this.#write(job, first)
      if (first === 0) reached = isAtHand
      this.#work(job, timelines)
    }
    return { timelines, reached: reached ? 'snapshot' : 'replay' }
  }

  /** Snapshots held at present, and the bytes that they take. */
  get snapshots(): { readonly count: number; readonly bytes: number } {
    const { exports } = this.#engine
    return { count: exports.snapshotsHeld(), bytes: exports.snapshotBytes() }
  }

  /** Calls of marks for which the table had no room. */
  get marksLost(): number {
    return this.#marks.lost
  }

  /** What other threads may look at. Null where the memory is not shared. */
  get memory(): SharedArrayBuffer | null {
    const { buffer } = this.#engine.memory
    return buffer instanceof ArrayBuffer ? null : (buffer as SharedArrayBuffer)
  }

  /** Timelines begun so far; may be asked while the target is running. */
  executionsBegun(): number {
    return this.#engine.executions()
  }

  #putMark(mark: MarkState): void {
    this.#marks.write({ ...mark, passes: 0, fails: 0 })
    this.#counts.delete(mark.id)
  }

  #withMarks(result: Omit<JobResult, 'marks'>): JobResult {
    const marksLost = this.#marks.lost - this.#marksLost
    this.#marksLost += marksLost
    return { ...result, marks: this.#changedMarks(), ...(marksLost > 0 ? { marksLost } : {}) }
  }

  /** Counts are told as what came since: the host adds up those of all runners. */
  #changedMarks(): MarkState[] {
    return this.#marks.takeChanged().map((mark) => {
      const before = this.#counts.get(mark.id)
      this.#counts.set(mark.id, mark)
      return before ? { ...mark, passes: mark.passes - before.passes, fails: mark.fails - before.fails } : mark
    })
  }

  /** Writes up to JOB_CHILDREN_MAX seeds of a job; true where its moment is at hand. */
  #write(job: RunJob, first: number): boolean {
    const engine = this.#engine
    const { from } = job
    const reseeds = job.ahead && job.ahead.length > 0 ? job.ahead : from.reseeds
    if (reseeds.length > JOB_RESEEDS_MAX) throw exploreErrors.reseeds(reseeds.length, JOB_RESEEDS_MAX)
    const base = engine.address(REGION_JOB)
    const view = engine.view()
    const flags = (job.stopAtDiscovery ? JOB_STOP : 0) | (job.hashMemory ? JOB_HASH : 0)
    const count = Math.min(job.seeds.length - first, JOB_CHILDREN_MAX)
    view.setBigUint64(base + JOB_ROOT_SEED, from.rootSeed, true)
    setNumber(view, base + JOB_DRAWS, from.draws)
    setNumber(view, base + JOB_MARK_CALLS, from.markCalls)
    view.setUint32(base + JOB_FLAGS, flags | (this.#forks ? 0 : JOB_REPLAY), true)
    view.setUint32(base + JOB_CHILDREN, count, true)
    view.setUint32(base + JOB_SNAPSHOT, 0, true)
    view.setUint32(base + JOB_ANCHOR, 0, true)
    this.#nameSnapshots(view, base, from)
    if (job.seeds instanceof SeedSeries) engine.exports.exploreSeeds(job.seeds.split, job.seeds.first + first, count)
    else writeSeeds(view, base, job.seeds, first, count)
    writeReseeds(view, base, reseeds)
    return engine.exports.exploreJob() === 1
  }

  /** Where the job's moment is at hand, or the nearest one on the way to it. */
  #nameSnapshots(view: DataView, base: number, from: Moment): void {
    if (from.markCalls === 0 || !this.#forks) return
    const { exports } = this.#engine
    const handle = this.#handles.find(from)
    if (handle && exports.exploreHolds(handle.id, handle.draws, handle.markCalls) === 1) {
      view.setUint32(base + JOB_SNAPSHOT, handle.id, true)
      return
    }
    for (const { handle: anchor, done } of this.#handles.anchors(from)) {
      if (exports.exploreHolds(anchor.id, anchor.draws, anchor.markCalls) !== 1) continue
      view.setUint32(base + JOB_ANCHOR, anchor.id, true)
      view.setUint32(base + JOB_ANCHOR_DONE, done, true)
      setNumber(view, base + JOB_ANCHOR_DRAWS, anchor.draws)
      setNumber(view, base + JOB_ANCHOR_CALLS, anchor.markCalls)
      return
    }
  }

  #work(job: RunJob, timelines: Timeline[]): void {
    const outcomes: Outcome[] = []
    for (;;) {
      const ended = this.#guarded(outcomes)
      timelines.push(...this.#records.drain(job, timelines.length, outcomes))
      if (ended === WORK_LOST) this.#renew()
      if (ended === WORK_DONE) return
      if (ended === WORK_DIVERGED) {
        const { prepared } = this.#linked.program
        throw exploreErrors.diverged(prepared.name, job.from.draws, job.from.markCalls)
      }
    }
  }

  /** Works until there is something to be done here; timelines that trapped have their outcomes at the end of the list. */
  #guarded(outcomes: Outcome[]): number {
    const { exports } = this.#engine
    for (;;) {
      try {
        return withStackLimit(() => exports.exploreWork())
      } catch (error) {
        exports.exploreRecover(this.#read(error, outcomes))
      }
    }
  }

  /** What a trap says of its timeline. */
  #read(error: unknown, outcomes: Outcome[]): number {
    const reason = this.#engine.word(CONTROL_REASON)
    if (reason === REASON_STOPPED || reason === REASON_DIVERGED) return TIMELINE_STOPPED
    const trap = this.#linked.reader.read(error, this.#linked.program)
    if (trap === null) throw error
    if (trap.isExit0) return TIMELINE_RETURNED
    outcomes.push(trap.outcome)
    return TIMELINE_TRAPPED
  }

  #renew(): void {
    this.#linked.start()
    this.#engine.exports.exploreRenewed()
  }
}

function setNumber(view: DataView, at: number, value: number): void {
  view.setUint32(at, value >>> 0, true)
  view.setUint32(at + 4, Math.floor(value / 2 ** 32), true)
}

function writeSeeds(view: DataView, base: number, seeds: Seeds, first: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const seed = seeds.at(first + i) ?? null
    const at = base + JOB_SEEDS + 16 * i
    view.setBigUint64(at, seed ?? 0n, true)
    view.setUint32(at + 8, seed === null ? 0 : 1, true)
  }
}

function writeReseeds(view: DataView, base: number, reseeds: readonly Reseed[]): void {
  view.setUint32(base + JOB_RESEEDS_COUNT, reseeds.length, true)
  reseeds.forEach(({ draws, seed }, index) => {
    const at = base + JOB_RESEEDS + 16 * index
    setNumber(view, at, draws)
    view.setBigUint64(at + 8, seed, true)
  })
}
