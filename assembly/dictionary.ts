// Tokens that operators put into inputs: the user's dictionary, and room for those the engine learns by itself.
//
//   dictionary + 0   user tokens   u32   written by the host before `ready`
//              + 4   auto tokens   u32   written by whoever learns them
//              +16   slots, 128 bytes each: the user's (TOKENS_USER_MAX), then the learned (TOKENS_AUTO_MAX)
//                      + 0  bytes  u8   1 … TOKEN_BYTES_MAX
//                      + 1  the token
import { DICTIONARY_HEADER_BYTES, TOKENS_USER_MAX, TOKEN_BYTES_MAX, TOKEN_SLOT_BYTES } from './abi'
import { TOKENS_AUTO_MAX, dictionaryBase } from './memory'

export function userTokens(): u32 {
  return min(load<u32>(dictionaryBase), <u32>TOKENS_USER_MAX)
}

export function autoTokens(): u32 {
  return min(load<u32>(dictionaryBase, 4), TOKENS_AUTO_MAX)
}

export function userToken(index: u32): usize {
  return dictionaryBase + <usize>DICTIONARY_HEADER_BYTES + <usize>index * <usize>TOKEN_SLOT_BYTES
}

export function autoToken(index: u32): usize {
  return userToken(<u32>TOKENS_USER_MAX + index)
}

/** Length of the token in a slot; a slot that claims more than it can hold gives what it holds. */
export function tokenLength(slot: usize): u32 {
  return min(<u32>load<u8>(slot), <u32>TOKEN_BYTES_MAX)
}

export function tokenBytes(slot: usize): usize {
  return slot + 1
}
