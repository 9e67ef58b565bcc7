// A corpus that outlives a reload of the page: in memory while the campaign runs, and every few seconds in the browser's
// own database. Where a browser has none (private windows, sandboxed frames) the campaign begins anew, and that is all.
import { MemoryCorpus, type Corpus, type CorpusWarning, type SeedInput } from 'fuzzbox/browser'

const DATABASE = 'fuzzbox'
const STORE = 'corpora'
const SAVE_EVERY_MS = 2_000
/** More than this is not kept over a reload. */
const BYTES_MAX = 16 * 1024 * 1024

export class KeptCorpus implements Corpus {
  readonly #key: string
  readonly #memory = new MemoryCorpus()
  #changed = false
  readonly #timer: ReturnType<typeof setInterval>

  /** `key` names the program: another program has another corpus. */
  constructor(key: string) {
    this.#key = key
    this.#timer = setInterval(() => void this.save(), SAVE_EVERY_MS)
  }

  async load(): Promise<{ seeds: readonly SeedInput[]; warnings: readonly CorpusWarning[] }> {
    const kept = ((await request('readonly', (store) => store.get(this.#key))) ?? []) as readonly Uint8Array[]
    return { seeds: kept.map((bytes, index) => ({ name: `kept input ${index}`, bytes })), warnings: [] }
  }

  async keep(id: string, bytes: Uint8Array): Promise<void> {
    this.#changed = true
    await this.#memory.keep(id, bytes)
  }

  async replace(before: string, id: string, bytes: Uint8Array): Promise<void> {
    this.#changed = true
    await this.#memory.replace(before, id, bytes)
  }

  async save(): Promise<void> {
    if (!this.#changed) return
    this.#changed = false
    let bytes = 0
    const inputs = [...this.#memory.inputs.values()].filter(({ length }) => (bytes += length) <= BYTES_MAX)
    await request('readwrite', (store) => store.put(inputs, this.#key))
  }

  close(): void {
    clearInterval(this.#timer)
    void this.save()
  }
}

/** Resolves to null where there is no database. */
async function request(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return await new Promise((resolve) => {
    try {
      const opened = indexedDB.open(DATABASE, 1)
      opened.addEventListener('upgradeneeded', () => opened.result.createObjectStore(STORE))
      opened.addEventListener('error', () => resolve(null))
      opened.addEventListener('success', () => {
        const done = work(opened.result.transaction(STORE, mode).objectStore(STORE))
        done.addEventListener('success', () => {
          resolve(done.result)
          opened.result.close()
        })
        done.addEventListener('error', () => resolve(null))
      })
    } catch {
      resolve(null)
    }
  })
}
