// `explore({ module, … })`: options as people write them become an exploration.

import { campaignErrors } from '../campaign/errors.ts'
import { EventQueue } from '../campaign/event-queue.ts'
import type { MemoryLayout } from '../engine/features.ts'
import { isPrepared, prepareRequestOf, type FuzzLimits } from '../fuzz.ts'
import { EXPLORE_MARKS_MAX, TIMEOUT_MS_DEFAULT, WORKERS_MAX, WORKER_OPEN_MS_MAX, patienceMsOf } from '../limits.ts'
import type { ModuleReference, Runtime } from '../runtime.ts'
import type { PreparedTarget } from '../target/prepared.ts'
import { parseDurationMs } from '../units.ts'
import { EVENTS_VERSION, type ExploreEndEvent, type ExploreEvent } from './events.ts'
import { Explorer } from './explorer.ts'
import type { RecipeStore } from './finding-desk.ts'
import { NewsSignal } from './news-signal.ts'
import { demandSettings, readCampaign, type CampaignStore, type SavedCampaign } from './saved-campaign.ts'
import { ADAPTIVE_DEFAULTS, EXPLORE_DEFAULTS, checkedSettings } from './settings.ts'
import type { AdaptiveSettings, ExploreSettings } from './settings.ts'
import { WorkerRunner } from './worker-runner.ts'

export interface ExploreOptions extends Partial<Omit<ExploreSettings, 'seed' | 'adaptive'>> {
  /** The simulation: a path, the bytes of a .wasm, a source in memory, or a target that was prepared for exploring. */
  readonly module: ModuleReference | PreparedTarget
  /** The export to call; `simulate` by default. */
  readonly entry?: string
  readonly imports?: 'trap' | 'zero'
  /** Where the program's memory lies: one of its own, or a part of the engine's; by default what is faster here. */
  readonly layout?: MemoryLayout
  /** The first root seed; random when left out. */
  readonly seed?: number | bigint
  /** What is left out has its default; null splits a fixed number of times, see `timelinesPerSplit`. */
  readonly adaptive?: Partial<AdaptiveSettings> | null
  /** Length of the exploration: `'30s'`, or milliseconds. */
  readonly time?: string | number
  /** Of one timeline, and of the program's memory. */
  readonly limits?: Pick<FuzzLimits, 'timeout' | 'memory'>
  /** As many as there are processors when left out. */
  readonly workers?: number
  /** The directory for findings, or a store of one's own. */
  readonly findings?: string | RecipeStore
  readonly signal?: AbortSignal
  /** At the end, runs other futures from each moment on the way to the first finding: `rewind` of the end event. */
  readonly rewindGraph?: boolean
  /** A file, or a store of one's own, that the campaign is kept in, and gone on with where it is there already. */
  readonly resume?: string | CampaignStore
}

/** An exploration as its user holds it. */
export class ExploreSession implements AsyncIterable<ExploreEvent> {
  /** The end event; rejects with a FuzzboxError when the exploration could not run. */
  readonly done: Promise<ExploreEndEvent>
  readonly target: Promise<PreparedTarget>
  /** The explorer itself, with its tree, once it runs. */
  readonly explorer: Promise<Explorer>
  readonly #queue: EventQueue<ExploreEvent> = new EventQueue()
  readonly #abort: AbortController = new AbortController()

  constructor(runtime: Runtime, options: ExploreOptions) {
    const signals = options.signal ? [options.signal, this.#abort.signal] : [this.#abort.signal]
    const opened = open(runtime, options, AbortSignal.any(signals), (event) => this.#queue.push(event))
    this.target = opened.then(({ target }) => target)
    this.explorer = opened.then(({ explorer }) => explorer)
    this.done = this.#run(opened)
    for (const promise of [this.target, this.explorer, this.done]) promise.catch(() => {})
  }

  /** Ends the exploration after the jobs under way. */
  stop(): void {
    this.#abort.abort()
  }

  [Symbol.asyncIterator](): AsyncIterator<ExploreEvent> {
    return this.#queue[Symbol.asyncIterator]()
  }

  async #run(opened: Promise<Opened>): Promise<ExploreEndEvent> {
    try {
      const { explorer, runners } = await opened
      try {
        const end = await explorer.run()
        this.#queue.close()
        return end
      } finally {
        await Promise.all(runners.map((runner) => runner.close()))
      }
    } catch (error) {
      this.#queue.close(error)
      throw error
    }
  }
}

/** Starts an exploration in `runtime`; the runtimes export it as `explore`, bound to themselves. */
export function exploreIn(runtime: Runtime, options: ExploreOptions): ExploreSession {
  return new ExploreSession(runtime, options)
}

interface Opened {
  readonly explorer: Explorer
  readonly runners: readonly WorkerRunner[]
  readonly target: PreparedTarget
}

async function open(
  runtime: Runtime,
  options: ExploreOptions,
  signal: AbortSignal,
  emit: (event: ExploreEvent) => void,
): Promise<Opened> {
  const given = settingsOf(options)
  const timeMs = durationOf('time', options.time)
  const { runners, target, news } = await openRunners(runtime, options, workersOf(runtime, options), given.marksMax)
  const store = storeOf(runtime, options)
  const saved = store ? await savedIn(store, target, runners) : null
  const settings = saved && options.seed === undefined ? { ...given, seed: saved.settings.seed } : given
  if (store && saved) await closedUnless(runners, () => demandSettings(saved, settings, store.name))
  const place = {
    target,
    module: isPrepared(options.module) ? null : options.module,
    seed: Number(settings.seed),
    replayArguments: replayArgumentsOf(options),
  }
  for (const warning of runtime.shortcomings?.() ?? []) emit({ type: 'warning', version: EVENTS_VERSION, ...warning })
  const { findings } = options
  const explorer = new Explorer({
    settings,
    runners,
    news,
    saved,
    store,
    edges: target.module.map.edges,
    moduleHash: target.hash,
    catalogue: (target.module.map.marks?.sites ?? []).map(({ message }) => message),
    unresolvedMarks: target.module.map.marks?.unresolved ?? 0,
    findings: typeof findings === 'object' ? findings : runtime.recipes!(findings, place),
    timeMs,
    signal,
    emit,
    rewindGraph: options.rewindGraph === true,
    restarts: () => runners.reduce((sum, { restarts }) => sum + restarts, 0),
  })
  return { explorer, runners, target }
}

function storeOf(runtime: Runtime, { resume }: ExploreOptions): CampaignStore | null {
  if (resume === undefined) return null
  if (typeof resume !== 'string') return resume
  if (!runtime.campaignStore) throw campaignErrors.option('resume', 'cannot be a path in this place: it has no files')
  return runtime.campaignStore(resume)
}

async function savedIn(
  store: CampaignStore,
  target: PreparedTarget,
  runners: readonly WorkerRunner[],
): Promise<SavedCampaign | null> {
  return await closedUnless(runners, async () => await readCampaign(store, target.hash))
}

/** Leaves no worker behind where `ask` throws. */
async function closedUnless<Value>(
  runners: readonly WorkerRunner[],
  ask: () => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await ask()
  } catch (error) {
    await Promise.all(runners.map((runner) => runner.close()))
    throw error
  }
}

/** Prepares the target for exploring, and opens it in so many workers. */
export async function openRunners(
  runtime: Runtime,
  options: Pick<ExploreOptions, 'module' | 'entry' | 'imports' | 'layout' | 'limits'>,
  workers: number,
  marksMax: number = EXPLORE_MARKS_MAX,
): Promise<{ runners: readonly WorkerRunner[]; target: PreparedTarget; news: NewsSignal }> {
  const startWorker = runtime.startExplorer
  if (!startWorker)
    throw campaignErrors.option('module', 'cannot be explored in this place: it has no workers for that')
  const { entry, imports, layout, limits = {} } = options
  const request = prepareRequestOf({
    ...(entry === undefined ? {} : { entry }),
    ...(imports && { imports }),
    ...(layout && { layout }),
    limits,
  })
  const engine = runtime.engine()
  engine.catch(() => {})
  const { module } = options
  const target = isPrepared(module) ? module : await runtime.prepare(module, { ...request, explore: true })
  const patienceMs = patienceMsOf(durationOf('timeout', limits.timeout) ?? TIMEOUT_MS_DEFAULT)
  const news = new NewsSignal()
  const start = { engine: await engine, target, marksMax, news: news.words }
  const runners = Array.from({ length: workers }, () => {
    return new WorkerRunner({
      start,
      startWorker: () => startWorker(),
      openPatienceMs: WORKER_OPEN_MS_MAX,
      patienceMs,
      news,
    })
  })
  try {
    await Promise.all(runners.map((runner) => runner.open()))
    return { runners, target, news }
  } catch (error) {
    await Promise.all(runners.map((runner) => runner.close()))
    throw error
  }
}

export function settingsOf(options: Omit<ExploreOptions, 'module'>): ExploreSettings {
  const known = Object.keys(EXPLORE_DEFAULTS) as (keyof ExploreSettings)[]
  const given = Object.fromEntries(
    known.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  ) as Partial<ExploreSettings>
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 32)
  if (typeof seed === 'number' && !(Number.isSafeInteger(seed) && seed >= 0)) {
    throw campaignErrors.option('seed', 'must be a whole number of at least 0')
  }
  const adaptive = options.adaptive === null ? null : { ...ADAPTIVE_DEFAULTS, ...options.adaptive }
  return checkedSettings({ ...EXPLORE_DEFAULTS, ...given, adaptive, seed: BigInt(seed) })
}

function workersOf(runtime: Runtime, { workers }: ExploreOptions): number {
  const wanted = workers ?? runtime.parallelism()
  if (!Number.isSafeInteger(wanted) || wanted < 1 || wanted > WORKERS_MAX) {
    throw campaignErrors.option('workers', `must be a whole number from 1 to ${WORKERS_MAX}`)
  }
  return wanted
}

function durationOf(name: string, value: string | number | undefined): number | null {
  if (value === undefined) return null
  const ms = typeof value === 'number' ? value : parseDurationMs(value)
  if (ms === null || !(ms >= 0)) throw campaignErrors.option(name, `is no duration: "${value}"; write "30s"`)
  return ms
}

function replayArgumentsOf({ entry, imports, limits }: ExploreOptions): string[] {
  const values: readonly (readonly [string, unknown])[] = [
    ['--entry', entry],
    ['--imports', imports],
    ['--timeout', typeof limits?.timeout === 'number' ? `${limits.timeout}ms` : limits?.timeout],
    ['--memory', limits?.memory],
  ]
  return values.flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)]))
}
