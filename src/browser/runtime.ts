// A page as a place to run in.

import { MemoryCorpus, MemoryFindings, type CorpusWarning } from '../core/campaign/corpus.ts'
import { MemoryRecipes } from '../core/explore/finding-desk.ts'
import type { ExploreApi } from '../core/explore/protocol.ts'
import type { Runtime } from '../core/runtime.ts'
import { codecOf } from '../core/typed/typed-corpus.ts'
import type { WorkerApi } from '../core/worker/protocol.ts'
import { browserErrors, browserWarnings } from './errors.ts'
import engine from './bundled/engine.js'
import { inlineLoader } from './inline-loader.ts'
import { moduleLoader } from './module-loader.ts'
import { unpackBytes } from './packed.ts'
import { PageCorpus } from './page-corpus.ts'
import { PageFindings } from './page-findings.ts'
import { prepareInPage } from './prepare.ts'
import { startService } from './worker-link.ts'
import { WorkerLoaders, type Loaded, type WorkerKind } from './worker-loaders.ts'

export interface BrowserOptions {
  /** Makes workers where a page has its own way to; `fuzz-worker.js` and `prepare-worker.js` of the package are their scripts. */
  readonly createWorker?: (kind: WorkerKind) => Worker | Promise<Worker>
}

/** For all sessions of the page: what was found out about loading workers holds for the next session too. */
export const pageLoaders: WorkerLoaders = new WorkerLoaders([...(moduleLoader ? [moduleLoader] : []), inlineLoader])
let unpackedEngine: Promise<Uint8Array> | null = null

/** A runtime for one session. Corpora and findings that have a name are folders of the page's own storage. */
export function browserRuntime({ createWorker }: BrowserOptions = {}): Runtime {
  const loaders = createWorker ? new WorkerLoaders([{ name: 'host', create: createWorker }]) : pageLoaders
  let inlineBecause: string | null = null
  const load = async (kind: WorkerKind): Promise<Loaded> => {
    const loaded = await loaders.load(kind)
    if (loaded.failures.length > 0) inlineBecause = loaded.failures.join('; ')
    return loaded
  }
  return {
    async engine() {
      if (!globalThis.crypto?.subtle) throw browserErrors.insecure()
      unpackedEngine ??= unpackBytes(engine)
      return await unpackedEngine
    },
    prepare: (module, request) => prepareInPage(module, request, () => load('prepare')),
    startWorker: () => startService<WorkerApi>('fuzz', () => load('fuzz')),
    startExplorer: () => startService<ExploreApi>('explore', () => load('fuzz')),
    parallelism: () => navigator.hardwareConcurrency || 1,
    corpus(where, { target }) {
      const [path] = where === undefined ? [] : [where].flat()
      return path === undefined ? new MemoryCorpus() : new PageCorpus(path, codecOf(target.types))
    },
    findings: (where, place) => (where === undefined ? new MemoryFindings() : new PageFindings(where, place)),
    recipes: (where, place) => (where === undefined ? new MemoryRecipes() : new PageFindings(where, place)),
    shortcomings(): readonly CorpusWarning[] {
      return [
        ...(globalThis.crossOriginIsolated ? [] : [browserWarnings.notIsolated()]),
        ...(inlineBecause === null ? [] : [browserWarnings.inlineWorkers(inlineBecause)]),
      ]
    },
  }
}
