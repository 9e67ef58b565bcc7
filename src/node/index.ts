// fuzzbox in Node: `fuzz()` with worker threads, corpora and findings in directories.

import { exploreIn, type ExploreOptions, type ExploreSession } from '../core/explore/explore.ts'
import { fuzzIn, type FuzzOptions } from '../core/fuzz.ts'
import type { Session } from '../core/session.ts'
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
