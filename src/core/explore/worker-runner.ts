// A runner in a worker. When the worker dies another one takes its place, is told all that is known, and the jobs are run
// again one by one; a job that costs that one too is taken apart, and the timeline that is to blame is a finding.

import { FuzzboxError } from '../errors.ts'
import type { Reply, WorkerDeath } from '../worker/protocol.ts'
import { exploreErrors } from './errors.ts'
import type { ManyRunner, Until } from './lanes.ts'
import type { NewsSignal } from './news-signal.ts'
import { packJobs } from './packed-jobs.ts'
import { unpackResults } from './packed-results.ts'
import { reseedsOf } from './plain-timeline.ts'
import type { ExploreApi, ExploreLink, ExploreStart } from './protocol.ts'
import type { JobResult, MarkState, RunJob, Timeline } from './timelines.ts'
import { WORKER_LOSSES_MAX } from '../limits.ts'

export interface WorkerRunnerOptions {
  readonly start: ExploreStart
  readonly startWorker: () => ExploreLink
  readonly openPatienceMs: number
  /** How long one timeline may show no end. */
  readonly patienceMs: number
  /** Shared by all runners of an exploration. */
  readonly news: NewsSignal
}

class Lost extends Error {}

export class WorkerRunner implements ManyRunner {
  readonly #options: WorkerRunnerOptions
  #link: ExploreLink | null = null
  /** What the worker was told, for one that takes its place. */
  readonly #marks: Map<string, MarkState> = new Map()
  #features: Uint32Array[] = []
  #isNew = true
  #closed = false
  /** Workers that took another one's place. */
  restarts = 0

  constructor(options: WorkerRunnerOptions) {
    this.#options = options
  }

  /** Throws what opening the target throws, and E_WORKERS_LOST where no worker lives long enough. */
  async open(): Promise<void> {
    const { start, startWorker, openPatienceMs } = this.#options
    for (let losses = 1; ; losses++) {
      this.#link = startWorker()
      this.#isNew = true
      try {
        await this.#call((api) => api.open(start), openPatienceMs)
        return
      } catch (error) {
        await this.close(false)
        if (!(error instanceof Lost)) throw error
        if (losses >= WORKER_LOSSES_MAX) throw exploreErrors.workersLost(losses, error.message)
      }
    }
  }

  async run(job: RunJob): Promise<JobResult> {
    return (await this.runMany([job], 'all'))[0] as JobResult
  }

  async runMany(jobs: readonly RunJob[], until: Until): Promise<readonly JobResult[]> {
    for (const job of jobs) this.#remember(job)
    try {
      return await this.#ask(jobs, until)
    } catch (error) {
      if (!(error instanceof Lost)) throw error
      const results: JobResult[] = []
      for (const job of jobs) results.push(await this.#again(job))
      return results
    }
  }

  async close(isOver = true): Promise<void> {
    this.#closed ||= isOver
    const link = this.#link
    this.#link = null
    await link?.terminate()
  }

  async #again(job: RunJob): Promise<JobResult> {
    try {
      return (await this.#ask([job]))[0] as JobResult
    } catch (error) {
      if (!(error instanceof Lost)) throw error
      const results: JobResult[] = []
      for (const seed of job.seeds) results.push(await this.#alone({ ...job, seeds: [seed] }))
      const last = results.at(-1) as JobResult
      const timelines = results.flatMap((result) => result.timelines)
      return { timelines, marks: sumOf(results.flatMap((result) => result.marks)), reached: last.reached }
    }
  }

  async #alone(job: RunJob): Promise<JobResult> {
    try {
      return (await this.#ask([job]))[0] as JobResult
    } catch (error) {
      if (!(error instanceof Lost)) throw error
      return { timelines: [lostTimeline(job, error.message)], marks: [], reached: 'replay' }
    }
  }

  async #ask(jobs: readonly RunJob[], until: Until = 'all'): Promise<readonly JobResult[]> {
    if (this.#closed) throw exploreErrors.over()
    if (this.#link === null) {
      this.restarts++
      await this.open()
    }
    const [first, ...rest] = jobs as [RunJob, ...RunJob[]]
    const told = this.#isNew ? { ...first, marks: [...this.#marks.values()], features: joined(this.#features) } : first
    this.#isNew = false
    const timelines = jobs.reduce((sum, { seeds }) => sum + seeds.length, 0)
    const batch = { jobs: packJobs([told, ...rest]), untilNews: until === 'news' ? this.#options.news.count : null }
    return unpackResults(jobs, await this.#call((api) => api.run(batch), this.#options.patienceMs * timelines))
  }

  async #call<Value>(ask: (api: ExploreApi) => Promise<Reply<Value>>, patienceMs: number): Promise<Value> {
    const link = this.#link as ExploreLink
    let timer: ReturnType<typeof setTimeout> | undefined
    const hang = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Lost(`nothing came back within ${patienceMs / 1_000} s`)), patienceMs)
    })
    const death = link.died.then(({ message }: WorkerDeath): never => {
      throw new Lost(message)
    })
    death.catch(() => {})
    try {
      const reply = await Promise.race([ask(link.api), death, hang])
      if (reply.ok) return reply.value
      if (reply.error.code === 'E_INTERNAL') throw new Lost(reply.error.message)
      throw new FuzzboxError(reply.error.code, reply.error.message)
    } catch (error) {
      if (error instanceof Lost) await this.close(false)
      if (this.#closed) throw exploreErrors.over()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  #remember({ marks, features }: RunJob): void {
    for (const mark of marks) this.#marks.set(mark.id, mark)
    if (features.length > 0) this.#features.push(features)
  }
}

function joined(features: readonly Uint32Array[]): Uint32Array {
  return Uint32Array.from(features.flatMap((part) => [...part]))
}

function sumOf(states: readonly MarkState[]): MarkState[] {
  const sums = new Map<string, MarkState>()
  for (const state of states) {
    const { passes = 0, fails = 0 } = sums.get(state.id) ?? {}
    sums.set(state.id, { ...state, passes: passes + state.passes, fails: fails + state.fails })
  }
  return [...sums.values()]
}

/** All that is known of a timeline that nobody came back from. */
function lostTimeline(job: RunJob, why: string): Timeline {
  return {
    end: { rootSeed: job.from.rootSeed, reseeds: reseedsOf(job, 0), draws: 0, markCalls: 0 },
    draws: 0,
    fuel: 0,
    outcome: { kind: 'trap', trap: 'worker-lost', message: `the worker was lost twice: ${why}`, frames: [] },
    stopped: false,
    violations: [],
    discoveries: [],
    features: new Uint32Array(0),
    memoryHash: null,
  }
}
