// Operators that put a dictionary token into the input.
import { INPUT_BASE } from '../abi'
import { foundToken, foundTokens, tokenBytes, tokenLength, userToken, userTokens } from '../dictionary'
import { NOT_APPLIED, move, openGap, place, touched, value } from './input'

export function overwriteUserToken(length: u32, limit: u32, draw: u64): u32 {
  const count = userTokens()
  return count ? overwriteToken(length, draw, userToken(value(draw, count))) : NOT_APPLIED
}
export function insertUserToken(length: u32, limit: u32, draw: u64): u32 {
  const count = userTokens()
  return count ? insertToken(length, limit, draw, userToken(value(draw, count))) : NOT_APPLIED
}
export function overwriteAutoToken(length: u32, limit: u32, draw: u64): u32 {
  const count = foundTokens()
  return count ? overwriteToken(length, draw, foundToken(value(draw, count))) : NOT_APPLIED
}
export function insertAutoToken(length: u32, limit: u32, draw: u64): u32 {
  const count = foundTokens()
  return count ? insertToken(length, limit, draw, foundToken(value(draw, count))) : NOT_APPLIED
}

function overwriteToken(length: u32, draw: u64, token: usize): u32 {
  const bytes = tokenLength(token)
  if (!bytes || bytes > length) return NOT_APPLIED
  const at = place(draw, length - bytes + 1)
  move(INPUT_BASE + at, tokenBytes(token), bytes)
  touched(at, at + bytes)
  return length
}

function insertToken(length: u32, limit: u32, draw: u64, token: usize): u32 {
  const bytes = tokenLength(token)
  if (!bytes || length + bytes > limit) return NOT_APPLIED
  const at = place(draw, length + 1)
  const longer = openGap(length, at, bytes)
  move(INPUT_BASE + at, tokenBytes(token), bytes)
  return longer
}
