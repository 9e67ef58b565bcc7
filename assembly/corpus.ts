// The inputs worth mutating, in a bump arena, with one fixed record each.
//
//   entry + 0  data       address of the bytes, 16-aligned
//         + 4  length     bytes
//         + 8  features   address of the features the entry was first to reach: u32 each, edge << 8 | bucket
//         +12  owned      how many
//         +16  cost       sum of all counters of its run
//         +20  batches    how often the schedule picked it
//         +24  finds      entries that were found by mutating it
//         +28  parent     entry it was made from, or ENTRY_NONE
//         +32  weight     f64, the schedule's
//         +40  samples    mutants of it that were sampled
//         +44  room       bytes that fit at data
//         +48  slots      features that fit at features
//
//   arena   │ bytes, padded to 16 │ features │ bytes … │ …
//
// Entries are never removed. REDUCE writes a shorter input over a longer one in place; REPLACE gives an entry another
// input altogether, and moves its bytes where they do not fit.
import { ENTRY_BYTES, arenaBase, arenaBytes, entriesBase, entriesMax } from './memory'

let count: u32 = 0
let used: u32 = 0

export function corpusLength(): u32 {
  return count
}
export function corpusBytesUsed(): u32 {
  return used
}

export function clearCorpus(): void {
  count = 0
  used = 0
}

export function entryAt(entry: u32): usize {
  return entriesBase + <usize>entry * ENTRY_BYTES
}
export function entryData(entry: u32): usize {
  return load<u32>(entryAt(entry))
}
export function entryLength(entry: u32): u32 {
  return load<u32>(entryAt(entry), 4)
}
export function entryFeatures(entry: u32): usize {
  return load<u32>(entryAt(entry), 8)
}
export function entryOwned(entry: u32): u32 {
  return load<u32>(entryAt(entry), 12)
}
export function entryCost(entry: u32): u32 {
  return load<u32>(entryAt(entry), 16)
}
export function entryBatches(entry: u32): u32 {
  return load<u32>(entryAt(entry), 20)
}
export function entryFinds(entry: u32): u32 {
  return load<u32>(entryAt(entry), 24)
}
export function entryWeight(entry: u32): f64 {
  return load<f64>(entryAt(entry), 32)
}
export function setEntryWeight(entry: u32, weight: f64): void {
  store<f64>(entryAt(entry), weight, 32)
}
export function entrySamples(entry: u32): u32 {
  return load<u32>(entryAt(entry), 40)
}
export function countSample(entry: u32): void {
  store<u32>(entryAt(entry), entrySamples(entry) + 1, 40)
}
export function countBatch(entry: u32): void {
  store<u32>(entryAt(entry), entryBatches(entry) + 1, 20)
}
export function countFind(entry: u32): void {
  store<u32>(entryAt(entry), entryFinds(entry) + 1, 24)
}

/** Adds an input and the features it owns. False where records or arena are full; nothing has changed then. */
export function addEntry(
  data: usize,
  length: u32,
  features: usize,
  owned: u32,
  cost: u32,
  parent: u32,
): bool {
  const dataBytes = (length + 15) & ~15
  const featureBytes = (4 * owned + 15) & ~15
  if (count == entriesMax || <u64>used + dataBytes + featureBytes > <u64>arenaBytes) return false
  const dataTo = arenaBase + used
  const featuresTo = dataTo + dataBytes
  memory.copy(dataTo, data, length)
  memory.copy(featuresTo, features, 4 * owned)
  const entry = entryAt(count)
  memory.fill(entry, 0, ENTRY_BYTES)
  store<u32>(entry, <u32>dataTo)
  store<u32>(entry, length, 4)
  store<u32>(entry, <u32>featuresTo, 8)
  store<u32>(entry, owned, 12)
  store<u32>(entry, cost, 16)
  store<u32>(entry, parent, 28)
  store<u32>(entry, dataBytes, 44)
  store<u32>(entry, featureBytes >>> 2, 48)
  used += dataBytes + featureBytes
  count++
  return true
}

/** REDUCE: a shorter input that reaches all that the entry owns takes its place. */
export function reduceEntry(entry: u32, data: usize, length: u32, cost: u32): void {
  memory.copy(entryData(entry), data, length)
  store<u32>(entryAt(entry), length, 4)
  store<u32>(entryAt(entry), cost, 16)
}

/** REPLACE: another input, which owns other features. False where it does not fit and the arena is full. */
export function replaceEntry(entry: u32, data: usize, length: u32, features: usize, owned: u32, cost: u32, parent: u32): bool {
  const at = entryAt(entry)
  if (length > load<u32>(at, 44) || owned > load<u32>(at, 48)) {
    // Twice as much as is needed, so that an input which goes on growing moves a few times only.
    const dataBytes = max(load<u32>(at, 44), (2 * length + 15) & ~15)
    const featureBytes = max(4 * load<u32>(at, 48), (8 * owned + 15) & ~15)
    if (<u64>used + dataBytes + featureBytes > <u64>arenaBytes) return false
    store<u32>(at, <u32>(arenaBase + used))
    store<u32>(at, <u32>(arenaBase + used + dataBytes), 8)
    store<u32>(at, dataBytes, 44)
    store<u32>(at, featureBytes >>> 2, 48)
    used += dataBytes + featureBytes
  }
  memory.copy(entryData(entry), data, length)
  memory.copy(entryFeatures(entry), features, 4 * owned)
  store<u32>(at, length, 4)
  store<u32>(at, owned, 12)
  store<u32>(at, cost, 16)
  store<u32>(at, 0, 20)
  // Its own mutant, as often as not.
  if (parent != entry) store<u32>(at, parent, 28)
  return true
}
