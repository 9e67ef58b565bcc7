// The browser's face: everything of core that needs no workers and no files. `fuzz` refuses in one sentence until
// Web Workers and a corpus in the page's own storage are wired up.

import { FuzzboxError } from '../core/errors.ts'
import type { FuzzOptions } from '../core/fuzz.ts'
import type { Session } from '../core/session.ts'

export * from '../core/index.ts'

/** Not available in a page yet: throws E_BROWSER. `fuzzIn` with a runtime of one's own works. */
export function fuzz(_options: FuzzOptions): Session {
  throw new FuzzboxError(
    'E_BROWSER',
    'fuzz() has no runtime for browser pages: run it in Node through "fuzzbox/node", or give fuzzIn() a runtime with workers',
  )
}
