// Reads the records that the engine leaves for the host; assembly/discoveries.ts draws them.

/** One input that the engine kept, as plain data with a buffer of its own. */
export interface EngineDiscovery {
  /** `reduced`: a shorter input that takes the place of entry `entry`. */
  readonly kind: 'new' | 'reduced'
  /** Entry in the engine's corpus; null where the corpus was full. */
  readonly entry: number | null
  /** Entry it was made from; null for an input that the host offered. */
  readonly parent: number | null
  /** Executions up to and including the one that confirmed it. */
  readonly executions: number
  /** Features it was first to reach: edge id and one-hot bucket. */
  readonly features: readonly (readonly [edge: number, bucket: number])[]
  /** How many of them are the first bucket of their edge. */
  readonly newEdges: number
  /** Sum of all counters of its run. */
  readonly cost: number
  /** Ids of the last operators applied to the parent, in order; at most eight. */
  readonly operators: readonly number[]
  readonly input: Uint8Array
}

const HEADER_BYTES = 64
const KIND_NEW = 0
const ENTRY_NONE = 0xffff_ffff

/** Records as they lie in memory, one after the other. */
export function readDiscoveries(records: Uint8Array): EngineDiscovery[] {
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength)
  const found: EngineDiscovery[] = []
  for (let at = 0; at < records.length; at += view.getUint32(at, true)) found.push(readRecord(records, view, at))
  return found
}

function readRecord(records: Uint8Array, view: DataView, at: number): EngineDiscovery {
  const word = (offset: number): number => view.getUint32(at + offset, true)
  const features: [number, number][] = []
  for (let i = 0; i < word(24); i++) {
    const feature = word(HEADER_BYTES + 4 * i)
    features.push([feature >>> 8, feature & 0xff])
  }
  const inputAt = at + HEADER_BYTES + 4 * features.length
  return {
    kind: word(4) === KIND_NEW ? 'new' : 'reduced',
    entry: entryOrNull(word(8)),
    parent: entryOrNull(word(12)),
    executions: word(20) * 2 ** 32 + word(16),
    features,
    newEdges: word(28),
    cost: word(36),
    operators: operatorsOf(records.subarray(at + 40, at + 48)),
    input: records.slice(inputAt, inputAt + word(32)),
  }
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
