// The dictionary that a campaign recommends at its end: tokens that it learned from compares, that inputs were kept with, and
// that the user's own dictionary does not hold. The lines are libFuzzer's, and --dict reads them.
import { quoteToken } from './dictionary-file.ts'
import type { RecommendedToken } from './events.ts'
import { RECOMMENDED_TOKENS_MAX } from '../limits.ts'
import type { UsefulToken } from '../worker/protocol.ts'

/** The most useful first; ties in the order of their text, so that two equal campaigns recommend the same. */
export function recommend(learned: readonly UsefulToken[], known: readonly Uint8Array[]): readonly RecommendedToken[] {
  const given = new Set(known.map(quoteToken))
  const uses = new Map<string, number>()
  for (const { token, uses: more } of learned) {
    const text = quoteToken(token)
    if (!given.has(text)) uses.set(text, (uses.get(text) ?? 0) + more)
  }
  return [...uses]
    .map(([token, times]) => ({ token, uses: times }))
    .toSorted((a, b) => b.uses - a.uses || (a.token < b.token ? -1 : 1))
    .slice(0, RECOMMENDED_TOKENS_MAX)
}
