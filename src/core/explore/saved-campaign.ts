// A campaign that can be carried on: all that is known of it, as one text that a store keeps whole or not at all.
// Snapshots are no part of it: moments are named by what leads to them, so whoever needs one runs there again.

import type { ExploreFindingEvent } from './events.ts'
import { exploreErrors } from './errors.ts'
import type { ExplorationData } from './exploration.ts'
import type { FrontierData } from './frontier.ts'
import type { ProgressData } from './progress.ts'
import type { ExploreSettings } from './settings.ts'

const FORMAT = 'fuzzbox exploration'
const FORMAT_VERSION = 1

export interface SavedCampaign {
  readonly format: typeof FORMAT
  readonly formatVersion: typeof FORMAT_VERSION
  readonly moduleHash: string
  readonly settings: ExploreSettings
  /** Which root seed comes next, or is under way where there is a frontier. */
  readonly nth: number
  readonly exploration: ExplorationData
  /** Of the root seed under way. */
  readonly frontier: FrontierData | null
  readonly progress: ProgressData
  readonly found: readonly ExploreFindingEvent[]
  readonly selfChecks: { readonly done: number; readonly failed: number }
}

/** Where a campaign is kept. */
export interface CampaignStore {
  /** For messages. */
  readonly name: string
  /** Null where there is none yet. */
  read(): Promise<string | null>
  write(text: string): Promise<void>
}

/** Options that decide which timelines there are: with others it would be another campaign. */
const SHAPING = [
  'seed',
  'maxDepth',
  'timelinesPerSplit',
  'globalEnergy',
  'adaptive',
  'frontier',
  'splitAtStart',
  'deterministic',
] as const satisfies readonly (keyof ExploreSettings)[]

export function campaignText(campaign: Omit<SavedCampaign, 'format' | 'formatVersion'>): string {
  return `${JSON.stringify({ format: FORMAT, formatVersion: FORMAT_VERSION, ...campaign }, writeWord)}\n`
}

/** Null where the store has none; E_RESUME for what is no campaign, or one of another module. */
export async function readCampaign(store: CampaignStore, moduleHash: string): Promise<SavedCampaign | null> {
  const text = await store.read()
  if (text === null) return null
  const saved = parsed(text, store.name)
  if (saved.moduleHash !== moduleHash) {
    throw exploreErrors.resume(store.name, 'belongs to another build of the module; delete it, or name another file')
  }
  return saved
}

/** Throws E_RESUME for the first option that differs. */
export function demandSettings({ settings }: SavedCampaign, now: ExploreSettings, name: string): void {
  for (const option of SHAPING) {
    const [before, wanted] = [settings[option], now[option]].map((value) => JSON.stringify(value, writeWord))
    if (before !== wanted) {
      const why = `was begun with ${option} ${JSON.stringify(settings[option], asText)}, not ${JSON.stringify(now[option], asText)}`
      throw exploreErrors.resume(name, `${why}; go on with the same, or name another file`)
    }
  }
}

function parsed(text: string, name: string): SavedCampaign {
  try {
    const saved = JSON.parse(text, readWord) as Partial<SavedCampaign> | null
    if (saved?.format === FORMAT && saved.formatVersion === FORMAT_VERSION) return saved as SavedCampaign
  } catch {
    // Said below: whatever it is, it cannot be gone on with.
  }
  throw exploreErrors.resume(name, 'is no campaign that this version of fuzzbox wrote; delete it, or name another file')
}

/** Words of 64 bits are objects in the file, so that no text of the program's can be taken for one. */
function writeWord(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { word: String(value) } : value
}

function readWord(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('word' in value)) return value
  return BigInt((value as { word: string }).word)
}

function asText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}
