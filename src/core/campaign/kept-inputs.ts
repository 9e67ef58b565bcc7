// The inputs that a campaign keeps: the host's own copy, from which a replaced worker starts again and other workers
// learn. Files are written behind the loop's back, with a bound on how far behind.

import { campaignWarnings } from './errors.ts'
import type { Corpus, CorpusWarning } from './corpus.ts'
import { sha1Hex } from '../hash.ts'
import { CORPUS_BYTES_MAX, WRITES_BEHIND_MAX } from '../limits.ts'

export class KeptInputs {
  readonly #corpus: Corpus
  readonly #warn: (warning: CorpusWarning) => void
  readonly #ids: Set<string> = new Set()
  readonly #inputs: Uint8Array[] = []
  #writesBehind = 0
  #written: Promise<void> = Promise.resolve()
  #bytes = 0
  #added = 0

  constructor(corpus: Corpus, warn: (warning: CorpusWarning) => void) {
    this.#corpus = corpus
    this.#warn = warn
  }

  get count(): number {
    return this.#ids.size
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Inputs kept in this campaign, without seeds. */
  get added(): number {
    return this.#added
  }

  /** In the order in which they were kept. */
  get all(): readonly Uint8Array[] {
    return this.#inputs
  }

  /** A seed that reached something: on disk already. */
  async keepSeed(input: Uint8Array): Promise<void> {
    this.#remember(await sha1Hex(input), input)
  }

  /** Null for an input that is kept already; its id otherwise. */
  async keep(input: Uint8Array): Promise<string | null> {
    const id = await sha1Hex(input)
    if (!this.#remember(id, input)) return null
    this.#added++
    this.#writesBehind++
    this.#written = this.#written.then(async () => {
      const warning = await this.#corpus.keep(id, input)
      this.#writesBehind--
      if (warning) this.#warn(warning)
    })
    // A store that throws in spite of its promise ends the campaign in `flushed`, not the process here.
    this.#written.catch(() => {})
    if (this.#writesBehind > WRITES_BEHIND_MAX) await this.#written
    return id
  }

  /** Settles when everything is on disk. */
  async flushed(): Promise<void> {
    await this.#written
  }

  #remember(id: string, input: Uint8Array): boolean {
    if (this.#ids.has(id)) return false
    this.#ids.add(id)
    if (this.#bytes + input.length > CORPUS_BYTES_MAX) this.#warn(campaignWarnings.corpusFull())
    else this.#inputs.push(input)
    this.#bytes += input.length
    return true
  }
}
