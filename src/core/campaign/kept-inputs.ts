// The inputs that a campaign keeps: the host's own copy, from which a replaced worker starts again and other workers
// learn. Files are written behind the loop's back, with a bound on how far behind.

import { campaignWarnings } from './errors.ts'
import { StorageLost, type Corpus, type CorpusWarning } from './corpus.ts'
import { CORPUS_BYTES_MAX, WRITES_BEHIND_MAX } from '../limits.ts'

/** The worker that an input came from; it need not be told of it. */
export interface Finder {
  readonly index: number
  readonly generation: number
}

interface Kept {
  input: Uint8Array
  readonly finder: Finder | null
  /** Found in this campaign, so that its file is the campaign's own to replace. */
  readonly isNew: boolean
}

export interface KeptOutlet {
  warn(warning: CorpusWarning): void
  /** The store cannot be written any more. */
  storageLost(lost: StorageLost): void
}

/** The SHA-1 of an input, in hex: at once where the runtime can, because a promise costs the coordinator more than the hash. */
export type IdOf = (input: Uint8Array) => string | Promise<string>

export class KeptInputs {
  readonly #corpus: Corpus
  readonly #outlet: KeptOutlet
  readonly #idOf: IdOf
  /** Position in `#kept` by id; -1 for one that there was no room for. */
  readonly #positions: Map<string, number> = new Map()
  readonly #kept: Kept[] = []
  #writesBehind = 0
  #written: Promise<void> = Promise.resolve()
  #storageLost = false
  #bytes = 0
  #added = 0

  constructor(corpus: Corpus, outlet: KeptOutlet, idOf: IdOf) {
    this.#corpus = corpus
    this.#outlet = outlet
    this.#idOf = idOf
  }

  get count(): number {
    return this.#positions.size
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Inputs kept in this campaign, without seeds. */
  get added(): number {
    return this.#added
  }

  /** How many can be handed to a worker by `since`. */
  get shared(): number {
    return this.#kept.length
  }

  /** The inputs from position `first` on that `worker` did not find itself, in the order in which they were kept. */
  since(first: number, worker: Finder): Uint8Array[] {
    return this.#kept
      .slice(first)
      .filter(({ finder }) => !isSame(finder, worker))
      .map(({ input }) => input)
  }

  /** Those found in this campaign, for whoever has to save them elsewhere. */
  found(): Uint8Array[] {
    return this.#kept.filter(({ isNew }) => isNew).map(({ input }) => input)
  }

  /** A seed that reached something: on disk already. */
  async keepSeed(input: Uint8Array, finder: Finder): Promise<void> {
    this.#remember(await this.#idOf(input), { input, finder, isNew: false })
  }

  /** Null for an input that is kept already; its id otherwise. */
  async keep(input: Uint8Array, finder: Finder): Promise<string | null> {
    const id = await this.#idOf(input)
    if (!this.#remember(id, { input, finder, isNew: true })) return null
    this.#added++
    await this.#write(async () => await this.#corpus.keep(id, input))
    return id
  }

  /**
   * A shorter input in the place of one that the same worker found in this campaign; others stay as they are. A worker
   * that was only handed the longer one does not know all that the campaign keeps it for. False where nothing was replaced.
   */
  async replace(longer: Uint8Array, input: Uint8Array, finder: Finder): Promise<boolean> {
    const before = await this.#idOf(longer)
    const position = this.#positions.get(before)
    const kept = position === undefined ? undefined : this.#kept[position]
    const id = await this.#idOf(input)
    if (position === undefined || !kept?.isNew || !isSame(kept.finder, finder) || this.#positions.has(id)) return false
    this.#positions.delete(before)
    this.#positions.set(id, position)
    this.#bytes += input.length - kept.input.length
    kept.input = input
    await this.#write(async () => await this.#corpus.replace(before, id, input))
    return true
  }

  /** Settles when everything is on disk. */
  async flushed(): Promise<void> {
    await this.#written
  }

  async #write(work: () => Promise<void>): Promise<void> {
    this.#writesBehind++
    this.#written = this.#written.then(async () => {
      this.#writesBehind--
      if (this.#storageLost) return
      try {
        await work()
      } catch (error) {
        if (!(error instanceof StorageLost)) throw error
        this.#storageLost = true
        this.#outlet.storageLost(error)
      }
    })
    // A store that throws something else ends the campaign in `flushed`, not the process here.
    this.#written.catch(() => {})
    if (this.#writesBehind > WRITES_BEHIND_MAX) await this.#written
  }

  #remember(id: string, kept: Kept): boolean {
    if (this.#positions.has(id)) return false
    const fits = this.#bytes + kept.input.length <= CORPUS_BYTES_MAX
    this.#positions.set(id, fits ? this.#kept.length : -1)
    if (fits) this.#kept.push(kept)
    else this.#outlet.warn(campaignWarnings.corpusFull())
    this.#bytes += kept.input.length
    return true
  }
}

function isSame(a: Finder | null, b: Finder): boolean {
  return a?.index === b.index && a.generation === b.generation
}
