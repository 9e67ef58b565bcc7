// The dictionary that a campaign recommends at its end: tokens that it learned from compares, that inputs were kept with, and
// that the user's own dictionary does not hold. The lines are libFuzzer's, and --dict reads them.
import { quoteToken } from './dictionary-file.ts'
import type { RecommendedToken } from './events.ts'
import { RECOMMENDED_TOKENS_MAX } from '../limits.ts'
import type { UsefulToken } from '../worker/protocol.ts'

/** What is longer is a piece of an input that was compared with another piece, and no word of a language. */
const WORD_BYTES_MAX = 24

/**
 * The most useful first; ties in the order of their text, so that two equal campaigns recommend the same. Of a word and a
 * longer one that holds it, only the shorter is recommended where it was as useful.
 */
export function recommend(learned: readonly UsefulToken[], known: readonly Uint8Array[]): readonly RecommendedToken[] {
  const given = new Set(known.map(quoteToken))
  const words = new Map<string, { readonly token: Uint8Array; uses: number }>()
  for (const { token, uses } of learned) {
    const text = quoteToken(token)
    if (given.has(text) || token.length > WORD_BYTES_MAX) continue
    const word = words.get(text) ?? { token, uses: 0 }
    word.uses += uses
    words.set(text, word)
  }
  const chosen: { readonly token: Uint8Array; readonly text: string; readonly uses: number }[] = []
  const ordered = [...words]
    .map(([text, { token, uses }]) => ({ token, text, uses }))
    .toSorted((a, b) => b.uses - a.uses || (a.text < b.text ? -1 : 1))
  for (const word of ordered) {
    if (chosen.length === RECOMMENDED_TOKENS_MAX) break
    if (!chosen.some(({ token }) => holds(word.token, token))) chosen.push(word)
  }
  return chosen.map(({ text, uses }) => ({ token: text, uses }))
}

function holds(token: Uint8Array, part: Uint8Array): boolean {
  for (let at = 0; at + part.length <= token.length; at++) {
    if (part.every((byte, index) => byte === token[at + index])) return true
  }
  return false
}
