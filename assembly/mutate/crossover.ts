// Operators that bring a block of another corpus entry into the input.
import { INPUT_BASE } from '../abi'
import { corpusLength, entryData, entryLength } from '../corpus'
import { below, next, scale } from '../random'
import { NOT_APPLIED, blockLength, move, openGap, place, touched } from './input'

export function crossOverwrite(length: u32, limit: u32, draw: u64): u32 {
  const donor = below(corpusLength())
  const given = corpusLength() ? entryLength(donor) : 0
  if (!given || !length) return NOT_APPLIED
  const shape = next()
  const bytes = blockLength(shape, min(given, length))
  const at = place(draw, length - bytes + 1)
  move(INPUT_BASE + at, entryData(donor) + scale(<u32>(shape >>> 16), given - bytes + 1), bytes)
  touched(at, at + bytes)
  return length
}

export function crossInsert(length: u32, limit: u32, draw: u64): u32 {
  const donor = below(corpusLength())
  const given = corpusLength() ? entryLength(donor) : 0
  if (!given || length >= limit) return NOT_APPLIED
  const shape = next()
  const bytes = blockLength(shape, min(given, limit - length))
  const at = place(draw, length + 1)
  const longer = openGap(length, at, bytes)
  move(INPUT_BASE + at, entryData(donor) + scale(<u32>(shape >>> 16), given - bytes + 1), bytes)
  return longer
}
