// Reads the records that the engine leaves for the host; assembly/abi.ts draws them.

import {
  DISCOVERY_BYTES,
  DISCOVERY_COST,
  DISCOVERY_ENTRY,
  DISCOVERY_EXECUTIONS,
  DISCOVERY_FEATURES,
  DISCOVERY_HEADER_BYTES,
  DISCOVERY_KIND,
  DISCOVERY_LENGTH,
  DISCOVERY_NEW,
  DISCOVERY_NEW_EDGES,
  DISCOVERY_OPERATORS,
  DISCOVERY_PARENT,
  DISCOVERY_REPLACED,
  DISCOVERY_TRACE_HASH,
  ENTRY_NONE,
} from '../../../assembly/abi.ts'

/** One input that the engine kept, as plain data with a buffer of its own. */
export interface EngineDiscovery {
  /** `reduced`: a shorter input that takes the place of entry `entry`. */
  readonly kind: 'new' | 'reduced'
  /** Entry in the engine's corpus; null where the corpus was full. */
  readonly entry: number | null
  /** Entry it was made from; null for an input that the host offered. */
  readonly parent: number | null
  /** Executions up to and including the last one that it took to confirm and to trim it. */
  readonly executions: number
  /** Features it was first to reach, edge << 8 | one-hot bucket, in no order; all that the entry owns for `reduced`. */
  readonly features: Uint32Array
  /** How many of them are the first bucket of their edge. */
  readonly newEdges: number
  /** Sum of all counters of its run. */
  readonly cost: number
  /** Ids of the last operators applied to the parent, in order; at most eight. */
  readonly operators: readonly number[]
  readonly input: Uint8Array
  /** The input that it takes the place of; null for a new entry. */
  readonly replaces: Uint8Array | null
}

/** Records as they lie in memory, one after the other. */
export function readDiscoveries(records: Uint8Array): EngineDiscovery[] {
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength)
  const found: EngineDiscovery[] = []
  for (let at = 0; at < records.length; at += view.getUint32(at + DISCOVERY_BYTES, true))
    found.push(readRecord(records, view, at))
  return found
}

function readRecord(records: Uint8Array, view: DataView, at: number): EngineDiscovery {
  const word = (offset: number): number => view.getUint32(at + offset, true)
  const isNew = word(DISCOVERY_KIND) === DISCOVERY_NEW
  const features = readWords(view, at + DISCOVERY_HEADER_BYTES, word(DISCOVERY_FEATURES))
  const inputAt = at + DISCOVERY_HEADER_BYTES + features.byteLength
  const replacedAt = inputAt + word(DISCOVERY_LENGTH)
  return {
    kind: isNew ? 'new' : 'reduced',
    entry: entryOrNull(word(DISCOVERY_ENTRY)),
    parent: entryOrNull(word(DISCOVERY_PARENT)),
    executions: word(DISCOVERY_EXECUTIONS + 4) * 2 ** 32 + word(DISCOVERY_EXECUTIONS),
    features,
    newEdges: word(DISCOVERY_NEW_EDGES),
    cost: word(DISCOVERY_COST),
    operators: operatorsOf(records.subarray(at + DISCOVERY_OPERATORS, at + DISCOVERY_TRACE_HASH)),
    input: records.slice(inputAt, replacedAt),
    replaces: isNew ? null : records.slice(replacedAt, replacedAt + word(DISCOVERY_REPLACED)),
  }
}

/** `count` words of the engine's memory, in the order of bytes that it has on every host. */
export function readWords(view: DataView, at: number, count: number): Uint32Array {
  const words = new Uint32Array(count)
  for (let i = 0; i < count; i++) words[i] = view.getUint32(at + 4 * i, true)
  return words
}

function entryOrNull(entry: number): number | null {
  return entry === ENTRY_NONE ? null : entry
}

/** Eight bytes, the last operator first; ids are stored plus one. */
function operatorsOf(bytes: Uint8Array): number[] {
  return [...bytes]
    .filter((id) => id > 0)
    .map((id) => id - 1)
    .reverse()
}
