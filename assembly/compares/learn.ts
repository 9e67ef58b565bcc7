// Tokens that the program asked for and that were found to stand in inputs: they go to the dictionary of learned ones, the
// oldest of which makes room, unless an input was kept with it.
import { TOKEN_BYTES_MAX, WITHOUT_TOKENS } from '../abi'
import { autoToken, autoTokens, setAutoTokens, tokenBytes, tokenLength } from '../dictionary'
import { has } from '../mechanisms'
import { TOKENS_AUTO_MAX } from '../memory'
import { clearUses, resetUses, tokenUses } from '../recommend'

let learned: u32 = 0

export function resetLearning(): void {
  learned = 0
  resetUses()
}

/** Tokens learned so far, those that had to make room included. */
export function tokensLearned(): u32 {
  return learned
}

export function learnToken(data: usize, bytes: u32): void {
  if (bytes < 2 || bytes > <u32>TOKEN_BYTES_MAX || !has(WITHOUT_TOKENS)) return
  const count = autoTokens()
  for (let i: u32 = 0; i < count; i++) {
    const slot = autoToken(i)
    if (tokenLength(slot) == bytes && !memory.compare(tokenBytes(slot), data, bytes)) return
  }
  let index = learned % TOKENS_AUTO_MAX
  for (let tries: u32 = 0; tries < TOKENS_AUTO_MAX && tokenUses(index); tries++) index = (index + 1) % TOKENS_AUTO_MAX
  clearUses(index)
  const slot = autoToken(index)
  store<u8>(slot, <u8>bytes)
  memory.copy(tokenBytes(slot), data, bytes)
  learned++
  setAutoTokens(min(learned, TOKENS_AUTO_MAX))
}
