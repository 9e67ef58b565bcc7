// Tokens that operators put into inputs: the user's dictionary, those that stand in the module itself, and those the engine
// learns.
//
//   dictionary + 0   user tokens   u32   written by the host before `ready`
//              + 4   auto tokens   u32   written by whoever learns them
//              + 8   static tokens u32   written by the host before `ready`
//              +16   slots, 128 bytes each: the user's (TOKENS_USER_MAX), the learned (TOKENS_AUTO_MAX), the module's own
//                    (TOKENS_STATIC_MAX)
//                      + 0  bytes  u8   1 … TOKEN_BYTES_MAX
//                      + 1  the token
import { DICTIONARY_HEADER_BYTES, TOKENS_STATIC_MAX, TOKENS_USER_MAX, TOKEN_BYTES_MAX, TOKEN_SLOT_BYTES } from './abi'
import { TOKENS_AUTO_MAX, dictionaryBase } from './memory'

export function userTokens(): u32 {
  return min(load<u32>(dictionaryBase), <u32>TOKENS_USER_MAX)
}

export function autoTokens(): u32 {
  return min(load<u32>(dictionaryBase, 4), TOKENS_AUTO_MAX)
}

export function setAutoTokens(count: u32): void {
  store<u32>(dictionaryBase, count, 4)
}

export function staticTokens(): u32 {
  return min(load<u32>(dictionaryBase, 8), <u32>TOKENS_STATIC_MAX)
}

export function staticToken(index: u32): usize {
  return autoToken(TOKENS_AUTO_MAX + index)
}

/** Tokens that nobody gave: learned ones, then the module's own. */
export function foundTokens(): u32 {
  return autoTokens() + staticTokens()
}

export function foundToken(index: u32): usize {
  const learned = autoTokens()
  return index < learned ? autoToken(index) : staticToken(index - learned)
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
