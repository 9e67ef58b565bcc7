// Tokens that operators put into inputs: the user's dictionary, and room for those the engine learns by itself.
//
//   dictionary + 0   user tokens   u32   written by the host before `ready`
//              + 4   auto tokens   u32   written by whoever learns them
//              +16   slots, 128 bytes each: the user's (TOKENS_USER_MAX), then the learned (TOKENS_AUTO_MAX)
//                      + 0  bytes  u8   1 … TOKEN_BYTES_MAX
//                      + 1  the token
import {
  DICTIONARY_HEADER_BYTES,
  TOKENS_AUTO_MAX,
  TOKENS_USER_MAX,
  TOKEN_SLOT_BYTES,
  dictionaryBase,
} from './memory'

export const TOKEN_BYTES_MAX: u32 = TOKEN_SLOT_BYTES - 1

export function userTokens(): u32 {
  return min(load<u32>(dictionaryBase), TOKENS_USER_MAX)
}

export function autoTokens(): u32 {
  return min(load<u32>(dictionaryBase, 4), TOKENS_AUTO_MAX)
}

export function userToken(index: u32): usize {
  return dictionaryBase + DICTIONARY_HEADER_BYTES + index * TOKEN_SLOT_BYTES
}

export function autoToken(index: u32): usize {
  return userToken(TOKENS_USER_MAX + index)
}

/** Length of the token in a slot; a slot that claims more than it can hold gives what it holds. */
export function tokenLength(slot: usize): u32 {
  return min(<u32>load<u8>(slot), TOKEN_BYTES_MAX)
}

export function tokenBytes(slot: usize): usize {
  return slot + 1
}
