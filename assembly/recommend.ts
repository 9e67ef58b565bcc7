// Which learned tokens were worth it: those that an input was kept with, at a place where its parent had something else. Looked
// for only when an input is kept, and only around what changed.
import { ENTRY_NONE } from './abi'
import { entryData, entryLength } from './corpus'
import { autoToken, autoTokens, tokenBytes, tokenLength } from './dictionary'
import { TOKENS_AUTO_MAX } from './memory'

/** u32 for each slot of a learned token. */
const USES = memory.data(1024)
/** A change that is longer is no token's. */
const CHANGE_MAX: u32 = 512

/** Inputs that were kept with this learned token. */
export function tokenUses(index: u32): u32 {
  return load<u32>(USES + (index << 2))
}

/** Another token takes the slot. */
export function clearUses(index: u32): void {
  store<u32>(USES + (index << 2), 0)
}

export function resetUses(): void {
  memory.fill(USES, 0, 4 * TOKENS_AUTO_MAX)
}

/** An input is kept that was made from `parent`. */
export function noteTokens(data: usize, length: u32, parent: u32): void {
  const count = autoTokens()
  if (!count || parent == ENTRY_NONE) return
  const before = entryData(parent)
  const beforeLength = entryLength(parent)
  const shorter = min(length, beforeLength)
  let from: u32 = 0
  while (from < shorter && load<u8>(data + from) == load<u8>(before + from)) from++
  let same: u32 = 0
  while (same < shorter - from && load<u8>(data + length - 1 - same) == load<u8>(before + beforeLength - 1 - same)) same++
  const end = length - same
  if (end - from > CHANGE_MAX) return
  for (let i: u32 = 0; i < count; i++) {
    if (stands(autoToken(i), data, length, from, end)) store<u32>(USES + (i << 2), tokenUses(i) + 1)
  }
}

/** True where the token stands in the input and has a byte in `from … end - 1`. */
function stands(slot: usize, data: usize, length: u32, from: u32, end: u32): bool {
  const bytes = tokenLength(slot)
  if (bytes > length) return false
  const last = min(end, length - bytes + 1)
  for (let at: u32 = from < bytes ? 0 : from - bytes + 1; at < last; at++) {
    if (!memory.compare(data + at, tokenBytes(slot), bytes)) return true
  }
  return false
}
