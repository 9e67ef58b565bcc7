// What becomes of an input that was confirmed: an entry of its own, or the place of one that it surpasses.
import { DISCOVERY_NEW, DISCOVERY_REDUCED, ENTRY_NONE } from './abi'
import { rewardBatch, takeBuffer } from './batch'
import * as compares from './compares/loop'
import { executions } from './control'
import { addEntry, corpusLength, entryFeatures, entryOwned, reduceEntry, replaceEntry } from './corpus'
import { traceCost } from './coverage'
import { pushDiscovery } from './discoveries'
import { clearRow } from './energy'
import { noteFind } from './length'
import { noteTokens } from './recommend'
import { crown, placeFor } from './signals'

let corpusFull: bool = false

/** True once after an input for which there was no room. */
export function takeCorpusFull(): bool {
  const full = corpusFull
  corpusFull = false
  return full
}

/** Puts an input into the corpus and tells the host. */
export function keep(data: usize, length: u32, features: usize, count: u32, newEdges: u32, parent: u32): void {
  const place = placeFor(features, count)
  if (place != ENTRY_NONE) replace(place, data, length, features, count, parent)
  else add(data, length, features, count, newEdges, parent)
  noteFind(executions(), length)
  compares.noteFind()
  rewardBatch(parent)
}

function add(data: usize, length: u32, features: usize, count: u32, newEdges: u32, parent: u32): void {
  noteTokens(data, length, parent)
  const entry = corpusLength()
  const added = addEntry(data, length, features, count, traceCost(), parent)
  corpusFull = corpusFull || !added
  if (added) clearRow(entry)
  crown(added ? entry : ENTRY_NONE, features, count)
  pushDiscovery(DISCOVERY_NEW, added ? entry : ENTRY_NONE, parent, features, count, newEdges, data, length)
}

/** An entry that reaches nothing new but meets a compare that no other meets: not told to the host, who could not see why. */
export function promote(data: usize, length: u32, parent: u32): void {
  const entry = corpusLength()
  if (addEntry(data, length, 0, 0, traceCost(), parent)) clearRow(entry)
}

/** An entry that was kept for an extreme alone, and is surpassed, gives its place up. */
function replace(entry: u32, data: usize, length: u32, features: usize, count: u32, parent: u32): void {
  pushDiscovery(DISCOVERY_REDUCED, entry, parent, features, count, 0, data, length)
  const fits = replaceEntry(entry, data, length, features, count, traceCost(), parent)
  corpusFull = corpusFull || !fits
  if (fits) clearRow(entry)
  crown(fits ? entry : ENTRY_NONE, features, count)
  takeBuffer()
}

/** Puts a shorter input in its parent's place and tells the host. */
export function reduce(parent: u32, data: usize, length: u32): void {
  const owned = entryOwned(parent)
  pushDiscovery(DISCOVERY_REDUCED, parent, parent, entryFeatures(parent), owned, 0, data, length)
  reduceEntry(parent, data, length, traceCost())
  takeBuffer()
}
