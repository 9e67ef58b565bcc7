// fuzzbox in a page: the functions of Node's face, with Web Workers, and with corpora and findings in memory or in folders
// of the page's own storage.

import { exploreIn, type ExploreOptions, type ExploreSession } from '../core/explore/explore.ts'
import { fuzzIn, prepareRequestOf, type FuzzOptions } from '../core/fuzz.ts'
import { replayIn, type Replayed, type ReplayRequest } from '../core/replay.ts'
import type { ModuleReference } from '../core/runtime.ts'
import type { Session } from '../core/session.ts'
import type { PreparedTarget } from '../core/target/prepared.ts'
import { browserRuntime, type BrowserOptions } from './runtime.ts'

export * from '../core/index.ts'
export { doctor, type PageCheck } from './doctor.ts'
export { browserRuntime, type BrowserOptions } from './runtime.ts'
export type { WorkerKind } from './worker-loaders.ts'

/**
 * Starts a campaign and returns at once; iterate over the session for events, await `done` for the report. `module` is an
 * address, bytes, a source or a prepared target; a named `corpus` or `findings` is a folder of the page's own storage, and
 * without a name both stay in memory.
 */
export function fuzz(options: FuzzOptions & BrowserOptions): Session {
  return fuzzIn(browserRuntime(options), options)
}

/** Explores a simulation and returns at once; the session is held as that of `fuzz` is. */
export function explore(options: ExploreOptions & BrowserOptions): ExploreSession {
  return exploreIn(browserRuntime(options), options)
}

/** Runs given inputs and tells of each what became of it, in their order. */
export function replay(request: ReplayRequest & BrowserOptions): AsyncGenerator<Replayed> {
  return replayIn(browserRuntime(request), request)
}

/**
 * Instruments a target without running it: `module` of `fuzz` takes the result, and `writePrepared` makes a file of it that
 * runs without Binaryen. `explore` makes a build for the explorer; `places` makes `module.map.places` tell which code of the
 * module belongs to which edges, of which `Session.hasReached` tells.
 */
export async function prepare(
  options: Omit<FuzzOptions, 'module'> &
    BrowserOptions & { readonly module: ModuleReference; readonly explore?: boolean; readonly places?: boolean },
): Promise<PreparedTarget> {
  const { module, explore: forExploring = false, places = false, createWorker, ...rest } = options
  const request = { ...prepareRequestOf(rest), places, compares: !forExploring && (rest.compares ?? true) }
  const runtime = browserRuntime(createWorker ? { createWorker } : {})
  return await runtime.prepare(module, forExploring ? { ...request, explore: true } : request)
}
