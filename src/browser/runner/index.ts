// fuzzbox.runner.js: runs prepared modules in as few kilobytes as it can. Targets that are not plain (plain-target.ts)
// it hands on to fuzzbox.runner-complete.js, which is loaded then and not before.

import { fuzzIn, isPrepared, type FuzzOptions } from '../../core/fuzz.ts'
import { replayIn, type Replayed, type ReplayRequest } from '../../core/replay.ts'
import type { Runtime } from '../../core/runtime.ts'
import type { PreparedTarget } from '../../core/target/prepared.ts'
import { browserRuntime, type BrowserOptions } from '../runtime.ts'
import { loadComplete } from './itself.ts'
import { isPlain } from './plain-target.ts'
import { NotPlain, PassedOnSession, type RunnerSession } from './session.ts'

export { FuzzboxError } from '../../core/errors.ts'
export { readPrepared } from '../../core/target/prepared-file.ts'
export type { RunnerSession } from './session.ts'

/** As in ../index.ts; `module` is a prepared target, or the address or the bytes of its file. */
export function fuzz(options: FuzzOptions & BrowserOptions): RunnerSession {
  return new PassedOnSession(fuzzIn(runtimeFor(options), options), async (module) => {
    const { fuzz } = await loadComplete()
    return fuzz({ ...options, module })
  })
}

export async function* replay(request: ReplayRequest & BrowserOptions): AsyncGenerator<Replayed> {
  try {
    yield* replayIn(runtimeFor(request), request)
  } catch (error) {
    if (!(error instanceof NotPlain)) throw error
    const { replay } = await loadComplete()
    yield* replay({ ...request, module: error.target })
  }
}

/** The page's runtime, which throws NotPlain for targets that are not, before a worker sees them. */
function runtimeFor({ module, createWorker }: Pick<FuzzOptions, 'module'> & BrowserOptions): Runtime {
  const runtime = browserRuntime(createWorker ? { createWorker } : {})
  return {
    ...runtime,
    async engine() {
      if (isPrepared(module)) demandPlain(module)
      return await runtime.engine()
    },
    prepare: async (reference, request) => demandPlain(await runtime.prepare(reference, request)),
  }
}

function demandPlain(target: PreparedTarget): PreparedTarget {
  if (!isPlain(target)) throw new NotPlain(target)
  return target
}
