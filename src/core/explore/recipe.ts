// How a timeline is reached, as text to keep, to post and to type:
//
//   seed=42 module=9f86d081884c7d65: 12@7021… -> 3@9951…
//   │       │                        └ after so many draws since the reseed before, go on from this seed
//   │       └ the first digits of the module's SHA-256: another module draws other numbers
//   └ what the root draws from
//
// What stands before the colon may be left out: then the seed is 0 and any module will do. An empty recipe is the root.

import { exploreErrors } from './errors.ts'
import type { Reseed } from './timelines.ts'

export interface Recipe {
  readonly rootSeed: bigint
  /** The first digits of the module's hash, or all; null where the recipe does not say. */
  readonly moduleHash: string | null
  readonly reseeds: readonly Reseed[]
}

/** Digits of the module's hash in a recipe: enough to tell modules apart, short enough to read. */
export const HASH_DIGITS = 16
const HASH_DIGITS_MIN = 8
const WORD_MAX = (1n << 64n) - 1n
const ARROW = ' -> '

/** `12@7021 -> 3@9951`. */
export function formatReseeds(reseeds: readonly Reseed[]): string {
  return reseeds.map(({ draws, seed }) => `${draws}@${seed}`).join(ARROW)
}

export function formatRecipe({ rootSeed, moduleHash, reseeds }: Recipe): string {
  const module = moduleHash === null ? '' : ` module=${moduleHash.slice(0, HASH_DIGITS)}`
  return `seed=${rootSeed}${module}: ${formatReseeds(reseeds)}`.trimEnd()
}

/** Throws E_RECIPE, and says which entry is wrong and why. */
export function parseReseeds(text: string): Reseed[] {
  const trimmed = text.trim()
  if (trimmed === '') return []
  return trimmed.split(ARROW).map((part, index) => parseReseed(part.trim(), index + 1))
}

function parseReseed(entry: string, nth: number): Reseed {
  const at = entry.indexOf('@')
  if (at < 0) throw exploreErrors.recipeEntry(nth, entry, 'has no "@" between count and seed')
  const [count, seed] = [entry.slice(0, at), entry.slice(at + 1)]
  const draws = parseWord(count)
  if (draws === null || draws > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw exploreErrors.recipeEntry(nth, entry, `has "${count}" where the count of draws should be`)
  }
  const word = parseWord(seed)
  if (word === null) throw exploreErrors.recipeEntry(nth, entry, `has "${seed}" where a seed of 64 bits should be`)
  return { draws: Number(draws), seed: word }
}

/** Throws E_RECIPE. */
export function parseRecipe(text: string): Recipe {
  const colon = text.indexOf(':')
  const head = colon < 0 ? '' : text.slice(0, colon)
  const fields = new Map<string, string>()
  for (const word of head.split(/\s+/).filter((part) => part !== '')) {
    const [, name, value] = /^(seed|module)=(.*)$/.exec(word) ?? []
    if (name === undefined || value === undefined) throw exploreErrors.recipeHead(word)
    if (fields.has(name)) throw exploreErrors.recipeHead(word)
    fields.set(name, value)
  }
  const seed = fields.get('seed')
  const rootSeed = seed === undefined ? 0n : parseWord(seed)
  if (rootSeed === null) throw exploreErrors.recipeHead(`seed=${seed}`)
  const moduleHash = fields.get('module') ?? null
  if (moduleHash !== null && !isHash(moduleHash)) throw exploreErrors.recipeHead(`module=${moduleHash}`)
  return { rootSeed, moduleHash, reseeds: parseReseeds(text.slice(colon + 1)) }
}

/** Throws E_RECIPE_MODULE for a recipe of another module: its draws mean nothing here. */
export function demandModule({ moduleHash }: Recipe, name: string, hash: string): void {
  if (moduleHash !== null && !hash.startsWith(moduleHash)) {
    throw exploreErrors.recipeModule(name, moduleHash, hash.slice(0, HASH_DIGITS))
  }
}

function isHash(text: string): boolean {
  return text.length >= HASH_DIGITS_MIN && /^[0-9a-f]{1,64}$/.test(text)
}

/** 64 bits in decimal; null for everything else. */
function parseWord(text: string): bigint | null {
  if (!/^\d{1,20}$/.test(text)) return null
  const word = BigInt(text)
  return word <= WORD_MAX ? word : null
}
