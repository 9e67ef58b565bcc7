// Inputs that are to be run once, and wait for a worker.

export interface Offer {
  readonly input: Uint8Array
  /** `shared` inputs are kept already: only the worker has to learn them. */
  readonly origin: 'seed' | 'shared'
  /** Where it lies, for one that failed once and was committed. */
  readonly regression: string | null
  /** Made up by fuzzbox for want of seeds, so it has no file yet. */
  readonly isMadeUp?: boolean
}

/** What a worker did not come to goes back to the front. */
export type OfferQueue = Offer[]
