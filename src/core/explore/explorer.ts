// One exploration from its first root seed to its last word.
//
//   for each root seed: best first   runners take jobs whenever they are free; or, for --deterministic, in rounds of a
//                                    fixed number of jobs whose results are merged in the order of the jobs
//                       depth first  one runner, one timeline after the other

import type { CorpusWarning } from '../campaign/corpus.ts'
import { exploreWarnings } from './errors.ts'
import { CampaignKeeper, type CampaignState } from './campaign-keeper.ts'
import { BestFirst, notBegun } from './best-first.ts'
import { rootSeedOf } from './child-seed.ts'
import { DepthFirst } from './depth-first.ts'
import { EVENTS_VERSION, type ExploreEndEvent, type ExploreEndReason, type ExploreEvent } from './events.ts'
import { Exploration, type Merged } from './exploration.ts'
import { ExploreDesk, type RecipeStore } from './finding-desk.ts'
import { fewestJobs, jobFor, laneOf, runOn, type Lane, type ManyRunner, type Until } from './lanes.ts'
import type { NewsSignal } from './news-signal.ts'
import type { CheckWork, Planned } from './planned.ts'
import type { FrontierData } from './frontier.ts'
import type { CampaignStore, SavedCampaign } from './saved-campaign.ts'
import type { SplitPoint } from './tree.ts'
import { ExploreProgress } from './progress.ts'
import { SelfCheck } from './self-check.ts'
import type { RewindGraph } from './rewind-graph.ts'
import { rewindFinding } from './rewind-finding.ts'
import type { ExploreSettings } from './settings.ts'
import type { JobResult, Moment } from './timelines.ts'
import { EXPLORE_BATCH_JOBS_MAX, EXPLORE_CHECKS_AT_ONCE, EXPLORE_JOBS_PER_ROUND, STATUS_EVERY_MS } from '../limits.ts'

export interface ExplorerOptions {
  readonly settings: ExploreSettings
  readonly runners: readonly ManyRunner[]
  readonly edges: number
  readonly moduleHash: string
  readonly findings: RecipeStore
  readonly timeMs: number | null
  readonly signal: AbortSignal | null
  readonly emit: (event: ExploreEvent) => void
  /** What to go on from. */
  readonly saved?: SavedCampaign | null
  /** Where the campaign is kept, so that it can be gone on with. */
  readonly store?: CampaignStore | null
  /** Where runners hear that another one found something. */
  readonly news?: NewsSignal
  /** At the end, other futures of the first finding are run from each moment on its way. */
  readonly rewindGraph?: boolean
  /** Runners that were lost and replaced. */
  readonly restarts?: () => number
  /** Messages of all marks of the module, as far as it says them itself; for the gaps. */
  readonly catalogue?: readonly string[]
  /** Calls of marks whose message the module's code does not say: the catalogue lacks them. */
  readonly unresolvedMarks?: number
}

export class Explorer {
  readonly exploration: Exploration
  readonly desk: ExploreDesk
  readonly #options: ExplorerOptions
  readonly #lanes: readonly Lane[]
  readonly #progress: ExploreProgress
  readonly #selfCheck: SelfCheck
  readonly #keeper: CampaignKeeper
  readonly #splits: ReadonlyMap<number, SplitPoint> = new Map()
  #ended: ExploreEndReason | null = null
  #begun = 0
  #wake: () => void = () => {}
  #merged: Promise<void> = Promise.resolve()

  constructor(options: ExplorerOptions) {
    this.#options = options
    const { settings, edges } = options
    this.exploration = new Exploration(settings, edges, {
      onFailure: (met) => {
        if (this.desk.take(met) && settings.stopOnFinding) this.stop('finding')
      },
      onDiscovery: (accepted, node) => this.#progress.discovered(accepted, node),
    })
    this.#progress = new ExploreProgress(options, this.exploration, () => this.desk.count)
    this.#selfCheck = new SelfCheck(settings.selfCheckEvery)
    const { saved = null } = options
    this.desk = new ExploreDesk(
      options.findings,
      {
        moduleHash: options.moduleHash,
        elapsedMs: () => this.#progress.elapsedMs,
        tell: options.emit,
        storageLost: () => this.stop('storage'),
      },
      saved?.found,
    )
    if (saved) {
      this.#splits = this.exploration.restore(saved.exploration)
      this.#progress.restore(saved.progress)
      this.#selfCheck.restore(saved.selfChecks)
      this.#begun = saved.exploration.numbers.timelines
    }
    this.#keeper = new CampaignKeeper(options.store ?? null, saved?.nth ?? 0, {
      state: () => this.#state(),
      warn: (warning) => this.#warn(warning),
    })
    this.#lanes = options.runners.map(laneOf)
  }

  /** The first reason counts. */
  stop(reason: ExploreEndReason): void {
    this.#ended ??= reason
    this.#wake()
  }

  async run(): Promise<ExploreEndEvent> {
    const { timeMs, signal, settings } = this.#options
    const stop = (): void => this.stop('stopped')
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop)
    const timeTimer = timeMs === null ? undefined : setTimeout(() => this.stop('time'), timeMs)
    const tell = (): void => void (settings.deterministic || this.#options.emit(this.#progress.status()))
    const statusTimer = setInterval(tell, STATUS_EVERY_MS)
    try {
      await this.#exploreSeeds()
      await this.#errands()
      await this.desk.finish()
      await this.#keeper.atEnd()
      this.#options.emit(this.#progress.status())
      const rewind = this.#options.rewindGraph ? await this.#rewind() : null
      const end = this.#progress.end(this.#ended ?? 'seeds', this.desk.told, this.#selfCheck, rewind)
      this.#options.emit(end)
      return end
    } finally {
      clearTimeout(timeTimer)
      clearInterval(statusTimer)
      signal?.removeEventListener('abort', stop)
    }
  }

  async #rewind(): Promise<RewindGraph | null> {
    const { runners, signal } = this.#options
    return await rewindFinding(runners, this.desk, this.exploration, signal)
  }

  async #exploreSeeds(): Promise<void> {
    const { settings, saved } = this.#options
    for (let nth = saved?.nth ?? 0; this.#ended === null && nth < (settings.seeds ?? Infinity); nth++) {
      const start = { rootSeed: rootSeedOf(settings.seed, nth), reseeds: [], draws: 0, markCalls: 0 }
      const goesOn = nth === saved?.nth && saved.frontier !== null
      if (goesOn) this.#progress.goOn(start.rootSeed)
      else {
        this.exploration.beginSeed()
        this.#progress.beginSeed(start.rootSeed)
      }
      if (settings.frontier === 'best-first') await this.#bestFirst(start, nth > 0, goesOn ? saved.frontier : null)
      else await this.#depthFirst(start, nth > 0)
      this.#keeper.seedDone(this.#ended === null)
      this.#progress.endSeed(nth > 0)
      if (this.#ended === null) await this.#keeper.betweenSeeds(nth + 1)
      if (this.#progress.isStable(settings.plateauSeeds)) this.stop('coverage')
    }
  }

  async #bestFirst(start: Moment, isWarm: boolean, before: FrontierData | null): Promise<void> {
    const policy = new BestFirst(this.exploration, start, isWarm)
    if (before) policy.restore(before, this.#splits)
    this.#keeper.seedBegun(policy)
    this.#progress.frontier = () => policy.frontier
    if (this.#options.settings.deterministic) return await this.#inRounds(policy)
    let running = 0
    const work = async (lane: Lane): Promise<void> => {
      while (this.#ended === null) {
        const planned = this.#nextFor(lane, policy)
        if (planned.length === 0) {
          if (running === 0) return
          await this.#merged
          continue
        }
        running++
        try {
          await this.#runAndMerge(lane, planned, policy)
        } finally {
          running--
          this.#tellMerged()
        }
      }
    }
    this.#tellMerged()
    await Promise.all(this.#lanes.map(work))
  }

  async #inRounds(policy: BestFirst): Promise<void> {
    while (this.#ended === null) {
      const round: Planned[] = []
      for (let planned; round.length < EXPLORE_JOBS_PER_ROUND && (planned = this.#nextOf(policy)) !== null;) {
        round.push(planned)
      }
      if (round.length === 0) return
      const shares = this.#lanes.map((lane) => round.filter((_, at) => at % this.#lanes.length === lane.index))
      const answers = await Promise.all(this.#lanes.map((lane) => this.#ask(lane, shares[lane.index] ?? [])))
      const places = this.#lanes.map(() => 0)
      for (const [at, planned] of round.entries()) {
        const lane = at % this.#lanes.length
        await this.#account(planned, answers[lane]![places[lane]!++] as JobResult, policy)
      }
      this.exploration.marks.reopenWanted()
      await this.#errands()
      await this.#keeper.nowAndThen()
    }
  }

  async #depthFirst(start: Moment, isWarm: boolean): Promise<void> {
    this.#keeper.seedBegun(null)
    const lane = this.#lanes[0] as Lane
    const run = async (planned: Planned): Promise<Merged | null> => {
      if (this.#ended !== null) return null
      if (planned.purpose !== 'rest') this.#begun++
      const [result] = await this.#ask(lane, [planned])
      const [merged] = await this.#account(planned, result as JobResult, null)
      await this.#errands()
      return merged ?? null
    }
    await new DepthFirst(this.exploration, { run, timelinesLeft: () => this.#timelinesLeft() }, isWarm).run(start)
  }

  /** Replays of findings and checks come first. */
  #nextFor(lane: Lane, policy: BestFirst): readonly Planned[] {
    const confirm = this.desk.next()
    if (confirm) return [confirm]
    const checks = this.#selfCheck.take(EXPLORE_CHECKS_AT_ONCE)
    if (checks.length > 0) return checks
    const batch: Planned[] = []
    for (let planned; batch.length < lane.jobs && (planned = this.#nextOf(policy, batch.length > 0)) !== null;) {
      batch.push(planned)
    }
    return batch
  }

  #nextOf(policy: BestFirst, isMore = false): Planned | null {
    const left = this.#timelinesLeft()
    if (left <= 0) {
      if (!isMore) this.stop('runs')
      return null
    }
    const planned = policy.next(left)
    this.#begun += planned?.seeds.length ?? 0
    return planned
  }

  #errand(): Planned | null {
    return this.desk.next() ?? this.#selfCheck.next()
  }

  async #errands(): Promise<void> {
    for (let errand; (errand = this.#errand()) !== null;) {
      const [result] = await this.#ask(this.#lanes[0] as Lane, [errand])
      await this.#account(errand, result as JobResult, null)
      // What a runner learned there does not count: it is told everything again.
      this.#lanes[0]!.marksKnown = 0
    }
  }

  #timelinesLeft(): number {
    return (this.#options.settings.runs ?? Infinity) - this.#begun
  }

  async #ask(lane: Lane, planned: readonly Planned[], until: Until = 'all'): Promise<readonly JobResult[]> {
    const jobs = planned.map((one) => jobFor(lane, one, this.exploration.marks, this.exploration.features))
    return await runOn(lane, jobs, until)
  }

  async #runAndMerge(lane: Lane, planned: readonly Planned[], policy: BestFirst): Promise<void> {
    const isErrand = planned[0]!.purpose === 'confirm' || planned[0]!.purpose === 'check'
    const results = await this.#ask(lane, planned, isErrand ? 'all' : 'news')
    for (const one of planned.slice(results.length).reverse()) this.#giveBack(one, policy)
    let isNewsToAll = false
    let isSplit = false
    for (const [at, result] of results.entries()) {
      const merged = await this.#account(planned[at] as Planned, result, policy)
      isNewsToAll ||= merged.some(({ isNews }) => isNews)
      isSplit ||= merged.some(({ splits }) => splits.length > 0)
    }
    // A mark that was open again is of use to whoever is free next, and nobody is called away from his work for it.
    if (isNewsToAll) this.#options.news?.raise()
    if (isErrand) return
    lane.jobs = isNewsToAll || isSplit ? fewestJobs(lane.runner) : Math.min(2 * lane.jobs, EXPLORE_BATCH_JOBS_MAX)
    this.exploration.marks.reopenWanted()
    await this.#keeper.nowAndThen()
  }

  /** What a result means, according to what the work was for. */
  async #account(planned: Planned, result: JobResult, policy: BestFirst | null): Promise<readonly Merged[]> {
    if (planned.purpose === 'confirm' || planned.purpose === 'check') this.exploration.marks.correct(result.marks)
    if (planned.purpose === 'confirm') {
      await this.desk.confirmed(planned.finding, result.timelines[0] ?? null)
      return []
    }
    if (planned.purpose === 'check') {
      this.#checked(planned, result)
      return []
    }
    const before = this.exploration.timelines
    if (result.lost !== undefined) this.#momentLost(planned, result.lost, policy)
    const merged = policy ? policy.merge(planned, result) : this.exploration.merge(planned, result)
    this.#selfCheck.consider(planned, result, before)
    await this.desk.file()
    if (this.#timelinesLeft() <= 0) this.stop('runs')
    return merged
  }

  #giveBack(planned: Planned, policy: BestFirst): void {
    policy.giveBack(planned)
    this.#begun -= planned.seeds.length
  }

  /** Its futures were not run, and never will be. */
  #momentLost(planned: Planned, why: string, policy: BestFirst | null): void {
    if (planned.purpose === 'split') {
      notBegun(planned, planned.seeds.length, this.exploration.energy)
      policy?.drop(planned)
    }
    if (planned.purpose !== 'rest') this.#begun -= planned.seeds.length
    if (this.#progress.momentsLost++ === 0) this.#warn(exploreWarnings.momentLost(why))
  }

  #state(): CampaignState {
    const { exploration, desk } = this
    const { done, failed } = this.#selfCheck
    return {
      moduleHash: this.#options.moduleHash,
      settings: exploration.settings,
      exploration: exploration.toData(),
      progress: this.#progress.toData(),
      found: desk.told,
      selfChecks: { done, failed },
    }
  }

  #warn(warning: CorpusWarning): void {
    this.#options.emit({ type: 'warning', version: EVENTS_VERSION, ...warning })
  }

  #checked(planned: CheckWork, result: JobResult): void {
    if (this.#selfCheck.isSame(planned, result)) return
    this.#warn(exploreWarnings.diverged(planned.number))
  }

  #tellMerged(): void {
    this.#wake()
    this.#merged = new Promise((resolve) => (this.#wake = resolve))
  }
}
