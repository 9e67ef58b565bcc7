// How a page comes by a worker: by its address, where the page's origin has one; from memory, where it has none; or as its
// host says. Which way works is found out by trying, once for each kind of worker.
//
//   createWorker given ──► that, and nothing else
//   otherwise          ──► byAddress   new Worker(new URL('./bundled/fuzz-worker.js', import.meta.url)): bundlers know this form
//                          inline      a classic worker from a Blob: opaque origins, CDNs, one-file builds
//
// A worker says that it is there as soon as its script has run (worker-greeting.ts); an error before that is a way that
// does not work.

import { messageOf } from './errors.ts'
import { isGreeting } from './worker-greeting.ts'

/** `fuzz`: runs targets, for campaigns and explorations. `prepare`: instruments them. */
export type WorkerKind = 'fuzz' | 'prepare'

export interface WorkerLoader {
  readonly name: 'host' | 'address' | 'inline'
  create(kind: WorkerKind): Worker | Promise<Worker>
}

export interface Loaded {
  readonly worker: Worker
  readonly by: WorkerLoader['name']
  /** Why the ways before it did not work. */
  readonly failures: readonly string[]
}

/** Tries one loader after the other; rejects with the failures of all. */
export class WorkerLoaders {
  readonly #loaders: readonly WorkerLoader[]
  readonly #chosen: Map<WorkerKind, Promise<{ loader: WorkerLoader; failures: readonly string[] }>> = new Map()

  constructor(loaders: readonly WorkerLoader[]) {
    this.#loaders = loaders
  }

  async load(kind: WorkerKind): Promise<Loaded> {
    const chosen = await this.#chosen.get(kind)?.catch(() => null)
    if (chosen) {
      const worker = await ready(await chosen.loader.create(kind))
      return { worker, by: chosen.loader.name, failures: chosen.failures }
    }
    let choose: (loaded: Loaded) => void = () => {}
    let fail: (error: unknown) => void = () => {}
    const choice = new Promise<Loaded>((resolve, reject) => {
      choose = resolve
      fail = reject
    })
    const settled = choice.then(({ by, failures }) => {
      return { loader: this.#loaders.find(({ name }) => name === by) as WorkerLoader, failures }
    })
    settled.catch(() => {})
    // Who comes while the first one tries waits for what it finds.
    this.#chosen.set(kind, settled)
    try {
      const loaded = await this.#first(kind)
      choose(loaded)
      return loaded
    } catch (error) {
      this.#chosen.delete(kind)
      fail(error)
      throw error
    }
  }

  async #first(kind: WorkerKind): Promise<Loaded> {
    const failures: string[] = []
    for (const loader of this.#loaders) {
      try {
        return { worker: await ready(await loader.create(kind)), by: loader.name, failures }
      } catch (error) {
        failures.push(messageOf(error))
      }
    }
    throw new LoadingFailed(failures)
  }
}

export class LoadingFailed extends Error {
  readonly failures: readonly string[]

  constructor(failures: readonly string[]) {
    super(failures.join('; '))
    this.name = 'LoadingFailed'
    this.failures = failures
  }
}

/** The worker when it has said that it is there. */
async function ready(worker: Worker): Promise<Worker> {
  return await new Promise<Worker>((resolve, reject) => {
    const settle = (): void => {
      worker.removeEventListener('message', onMessage)
      worker.removeEventListener('error', onError)
    }
    const onMessage = ({ data }: MessageEvent): void => {
      if (!isGreeting(data)) return
      settle()
      resolve(worker)
    }
    const onError = (event: Event): void => {
      settle()
      worker.terminate()
      const { message } = event as ErrorEvent
      reject(new Error(message || 'its script could not be loaded'))
    }
    worker.addEventListener('message', onMessage)
    worker.addEventListener('error', onError)
  })
}
