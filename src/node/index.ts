// fuzzbox in Node: `fuzz()` with worker threads, corpora and findings in directories.

import { exploreIn, type ExploreOptions, type ExploreSession } from '../core/explore/explore.ts'
import { fuzzIn, prepareRequestOf, type FuzzOptions } from '../core/fuzz.ts'
import { replayIn, type Replayed, type ReplayRequest } from '../core/replay.ts'
import type { ModuleReference } from '../core/runtime.ts'
import type { Session } from '../core/session.ts'
import type { PreparedTarget } from '../core/target/prepared.ts'
import { nodeRuntime } from './runtime.ts'

export * from '../core/index.ts'
export { DirectoryCorpus } from './directory-corpus.ts'
export { FindingsFolder, type FindingFile } from './findings-folder.ts'
export { nodeRuntime } from './runtime.ts'

/**
 * Starts a campaign and returns at once; iterate over the session for events, await `done` for the report. Without
 * `corpus` and `findings`, files go to fuzz/corpus/<target>/ and fuzz/findings/<target>/ of the working directory.
 */
export function fuzz(options: FuzzOptions): Session {
  return fuzzIn(nodeRuntime, options)
}

/**
 * Explores a simulation and returns at once; iterate over the session for events, await `done` for the report. Without
 * `findings`, recipes go to fuzz/findings/<target>/ of the working directory.
 */
export function explore(options: ExploreOptions): ExploreSession {
  return exploreIn(nodeRuntime, options)
}

/** Runs given inputs and tells of each what became of it, in their order. */
export function replay(request: ReplayRequest): AsyncGenerator<Replayed> {
  return replayIn(nodeRuntime, request)
}

/**
 * Instruments a target without running it: `module` of `fuzz` takes the result, and `writePrepared` makes a file of it that
 * a page runs without Binaryen. `explore` makes a build for the explorer.
 */
export async function prepare(
  options: Omit<FuzzOptions, 'module'> & { readonly module: ModuleReference; readonly explore?: boolean },
): Promise<PreparedTarget> {
  const { module, explore = false, ...rest } = options
  const request = { ...prepareRequestOf(rest), compares: !explore && (rest.compares ?? true) }
  return await nodeRuntime.prepare(module, explore ? { ...request, explore } : request)
}
