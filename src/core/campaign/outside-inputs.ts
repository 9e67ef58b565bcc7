// Inputs that someone else puts into the corpus while the campaign runs: another campaign, or a person. Nothing received
// is trusted: each is run like a seed, and kept only for what it reaches here.

import type { Corpus, CorpusWarning } from './corpus.ts'
import type { OfferQueue } from './offers.ts'
import { OUTSIDE_EVERY_MS, OUTSIDE_SHARE } from '../limits.ts'

export class OutsideInputs {
  readonly #corpus: Corpus
  readonly #inputMax: number
  readonly #warn: (warning: CorpusWarning) => void
  readonly #isOn: boolean
  #timer: ReturnType<typeof setTimeout> | undefined
  #stopped = false
  /** Not yet run. */
  readonly waiting: OfferQueue = []

  constructor(
    options: {
      readonly corpus: Corpus
      readonly target: { readonly inputMax: number }
      readonly deterministic: boolean
    },
    warn: (warning: CorpusWarning) => void,
  ) {
    this.#corpus = options.corpus
    this.#inputMax = options.target.inputMax
    this.#warn = warn
    // What others do, and when, never repeats.
    this.#isOn = !options.deterministic && options.corpus.news !== undefined
  }

  /** Looks from time to time, the more rarely the longer a look takes. */
  watch(afterMs: number = OUTSIDE_EVERY_MS): void {
    if (!this.#isOn || this.#stopped) return
    this.#timer = setTimeout(() => void this.#look(), afterMs)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  async #look(): Promise<void> {
    const startMs = performance.now()
    try {
      for (const { bytes } of (await this.#corpus.news?.()) ?? []) {
        this.waiting.push({ input: bytes.slice(0, this.#inputMax), origin: 'seed', regression: null })
      }
    } catch (error) {
      this.#warn({ code: 'W_CORPUS_NEWS', message: `new files of the corpus cannot be read (${String(error)})` })
    }
    this.watch(Math.max(OUTSIDE_EVERY_MS, (performance.now() - startMs) * OUTSIDE_SHARE))
  }
}
