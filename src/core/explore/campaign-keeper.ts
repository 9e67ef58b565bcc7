// Writes the campaign now and then, after each root seed, and at its end, so that it can be gone on with. Best first, a root
// seed that is broken off is gone on with in its middle; depth first, what is open is a timeline in the middle of its run, and
// that root seed is begun anew.

import type { CorpusWarning } from '../campaign/corpus.ts'
import type { BestFirst } from './best-first.ts'
import { exploreWarnings } from './errors.ts'
import { campaignText, type CampaignStore, type SavedCampaign } from './saved-campaign.ts'
import { EXPLORE_SAVE_EVERY_MS } from '../limits.ts'

export type CampaignState = Omit<SavedCampaign, 'format' | 'formatVersion' | 'nth' | 'frontier'>

export interface KeeperHost {
  readonly state: () => CampaignState
  readonly warn: (warning: CorpusWarning) => void
}

export class CampaignKeeper {
  #store: CampaignStore | null
  readonly #host: KeeperHost
  #nth: number
  #policy: BestFirst | null = null
  #isBetween = true
  /** Of a root seed that was broken off: as it was before the report counted it. */
  #broken: CampaignState['progress'] | null = null
  #savedMs = performance.now()
  #isSaving = false

  /** Without a store it does nothing. */
  constructor(store: CampaignStore | null, nth: number, host: KeeperHost) {
    this.#store = store
    this.#nth = nth
    this.#host = host
  }

  /** `policy` is null where a root seed cannot be gone on with in its middle. */
  seedBegun(policy: BestFirst | null): void {
    this.#policy = policy
    this.#isBetween = false
  }

  seedDone(isWhole: boolean): void {
    if (!isWhole && this.#store) this.#broken = this.#host.state().progress
  }

  async betweenSeeds(next: number): Promise<void> {
    this.#nth = next
    this.#policy = null
    this.#isBetween = true
    await this.#save()
  }

  async nowAndThen(): Promise<void> {
    if (this.#isSaving || performance.now() - this.#savedMs < EXPLORE_SAVE_EVERY_MS) return
    await this.#save()
  }

  async atEnd(): Promise<void> {
    if (this.#broken === null) return
    await this.#save(this.#broken)
  }

  async #save(progress: CampaignState['progress'] | null = null): Promise<void> {
    const store = this.#store
    const frontier = this.#policy?.toData() ?? null
    if (store === null || (frontier === null && !this.#isBetween)) return
    this.#isSaving = true
    try {
      const state = this.#host.state()
      await store.write(campaignText({ ...state, nth: this.#nth, frontier, ...(progress ? { progress } : {}) }))
    } catch (error) {
      this.#store = null
      this.#host.warn(exploreWarnings.notSaved(store.name, error instanceof Error ? error.message : String(error)))
    } finally {
      this.#isSaving = false
      this.#savedMs = performance.now()
    }
  }
}
