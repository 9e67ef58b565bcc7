// fuzzbox in a page for modules that were prepared elsewhere: without the explorer and without Binaryen, which are most
// of its size.

import { fuzzIn, type FuzzOptions } from '../../core/fuzz.ts'
import { replayIn, type Replayed, type ReplayRequest } from '../../core/replay.ts'
import type { Session } from '../../core/session.ts'
import { browserRuntime, type BrowserOptions } from '../runtime.ts'

export { FuzzboxError } from '../../core/errors.ts'
export { readPrepared } from '../../core/target/prepared-file.ts'

/** As in index.ts; `module` is a prepared target, or the address or the bytes of its file. */
export function fuzz(options: FuzzOptions & BrowserOptions): Session {
  return fuzzIn(browserRuntime(options), options)
}

export function replay(request: ReplayRequest & BrowserOptions): AsyncGenerator<Replayed> {
  return replayIn(browserRuntime(request), request)
}
