// The engine's insides, for tests of one part: compiled with index.ts into build/engine.test.wasm, never shipped.
import { COUNTERS_BASE } from './abi'
import { addEntry } from './corpus'
import { bucketOf, bucketsOf, countHits, learnCrash, observe, observeTrace, reachedAll, suspectTrace } from './coverage'
import { pushDiscovery } from './discoveries'
import { noteFind, resetLengthControl, updateLengthLimit } from './length'
import { edgeHitsBase, scratchBase, suspectsBase } from './memory'
import { apply, mutate, prepareOperators } from './mutate/operators'
import { mutateField, mutateRecord } from './mutate/typed'
import { clearTouched, touchedFrom, touchedTo } from './mutate/input'
import { below, next } from './random'
import { completeRecord } from './record'
import { batchSize, pickEntry } from './schedule'
import { noteProgress, stagnated } from './stagnation'

export {
  addEntry,
  batchSize,
  below,
  bucketOf,
  clearTouched,
  completeRecord,
  countHits,
  learnCrash,
  mutate,
  mutateField,
  mutateRecord,
  noteFind,
  noteProgress,
  observe,
  observeTrace,
  pickEntry,
  prepareOperators,
  pushDiscovery,
  reachedAll,
  resetLengthControl,
  stagnated,
  suspectTrace,
  updateLengthLimit,
}

/** One operator by id, with a draw of its own. */
export function applyOperator(id: u32, length: u32, limit: u32): u32 {
  return apply(id, length, limit, next())
}

export function randomBits(): u64 {
  return next()
}

export function touchedStart(): u32 {
  return touchedFrom
}
export function touchedEnd(): u32 {
  return touchedTo
}

export function scratchAddress(): usize {
  return scratchBase
}
export function suspectsAddress(): usize {
  return suspectsBase
}
export function edgeHitsAddress(): usize {
  return edgeHitsBase
}

/** The buckets of the first sixteen counters, written to `to`. */
export function classifySixteen(to: usize): void {
  v128.store(to, bucketsOf(COUNTERS_BASE))
}
