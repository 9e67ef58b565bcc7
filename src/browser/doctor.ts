// What this page can do and what it lacks, before anything is run: the page's side of `fuzzbox doctor`. Every shortcoming has the code
// and the sentence with which a campaign would warn of it or fail.

import type { CorpusWarning } from '../core/campaign/corpus.ts'
import { hasMultiMemory, hasSharedMemory, memoryLayout } from '../core/engine/features.ts'
import { isCoded, type FuzzboxError } from '../core/errors.ts'
import { browserErrors, browserWarnings, messageOf } from './errors.ts'
import { pageLoaders, type BrowserOptions } from './runtime.ts'
import { mayCompile } from './worker-greeting.ts'
import { LoadingFailed, WorkerLoaders } from './worker-loaders.ts'

export interface PageCheck {
  readonly name: 'context' | 'policy' | 'engine' | 'workers' | 'isolation' | 'storage'
  /** False where nothing runs. */
  readonly ok: boolean
  /** The code of the error or of the warning that a campaign here comes with; null where nothing is missing. */
  readonly code: string | null
  readonly details: string
}

/** All checks, in the order in which one would mend what they find. Starts a worker, and ends it. */
export async function doctor({ createWorker }: BrowserOptions = {}): Promise<readonly PageCheck[]> {
  const loaders = createWorker ? new WorkerLoaders([{ name: 'host', create: createWorker }]) : pageLoaders
  return [context(), policy(), engine(), await workers(loaders), isolation(), await storage()]
}

function context(): PageCheck {
  if (!globalThis.crypto?.subtle) return failed('context', browserErrors.insecure())
  return passed('context', 'the page is secure')
}

function policy(): PageCheck {
  return mayCompile() ? passed('policy', 'WebAssembly is allowed') : failed('policy', browserErrors.policy())
}

function engine(): PageCheck {
  try {
    const layout = memoryLayout()
    return passed('engine', `multi-memory ${hasMultiMemory() ? 'yes' : 'no'}, so the layout is ${layout}`)
  } catch (error) {
    if (!isCoded(error)) throw error
    return failed('engine', error)
  }
}

async function workers(loaders: WorkerLoaders): Promise<PageCheck> {
  try {
    const { worker, by, failures } = await loaders.load('fuzz')
    worker.terminate()
    if (failures.length > 0) return lacking('workers', browserWarnings.inlineWorkers(failures.join('; ')))
    const processors = navigator.hardwareConcurrency || 1
    return passed('workers', `they start ${STARTS[by]}; ${processors} processor${processors === 1 ? '' : 's'}`)
  } catch (error) {
    return failed(
      'workers',
      browserErrors.noWorkers(error instanceof LoadingFailed ? error.failures : [messageOf(error)]),
    )
  }
}

const STARTS = { host: 'by createWorker', address: 'by their address', inline: 'from memory' } as const

function isolation(): PageCheck {
  if (!globalThis.crossOriginIsolated || !hasSharedMemory()) return lacking('isolation', browserWarnings.notIsolated())
  return passed('isolation', 'the page shares memory with its workers')
}

/** Asks for no folder of its own: looking must leave nothing behind. */
async function storage(): Promise<PageCheck> {
  try {
    if (!navigator.storage?.getDirectory) throw new Error('it has no private file system')
    await navigator.storage.getDirectory()
    return passed('storage', 'a corpus or findings with a name are kept in the private file system of the origin')
  } catch (error) {
    return lacking('storage', browserWarnings.noStorage('a corpus that is named', messageOf(error)))
  }
}

function passed(name: PageCheck['name'], details: string): PageCheck {
  return { name, ok: true, code: null, details }
}

function lacking(name: PageCheck['name'], { code, message }: CorpusWarning): PageCheck {
  return { name, ok: true, code, details: message }
}

function failed(name: PageCheck['name'], { code, message }: Pick<FuzzboxError, 'code' | 'message'>): PageCheck {
  return { name, ok: false, code, details: message }
}
