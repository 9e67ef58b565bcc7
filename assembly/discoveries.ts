// What the host has to hear about: a buffer of records that it drains after each slice.
//
//   record + 0  bytes       u32  of this record, a multiple of 8
//          + 4  kind        u32  DISCOVERY_*
//          + 8  entry       u32  corpus entry, or ENTRY_NONE where the corpus was full
//          +12  parent      u32  entry it was made from, or ENTRY_NONE
//          +16  executions  u64  when it was found
//          +24  features    u32  how many follow
//          +28  new edges   u32  how many of them are first buckets of their edge
//          +32  length      u32  bytes of the input
//          +36  cost        u32  sum of all counters
//          +40  operators   u64  see control.ts
//          +48  trace hash  u64
//          +64  features, u32 each: edge << 8 | bucket; then the input, padded to 8
//
// There is always room for one record of any size when `discoveriesFull` says no.
import { DISCOVERY_HEADER_BYTES, discoveriesBase, discoveriesBytes, edges, inputMax } from './memory'
import { executions, operators } from './control'
import { traceCost, traceHash } from './coverage'

/** A new corpus entry. */
export const DISCOVERY_NEW: u32 = 0
/** A shorter input for the entry named; its features are those the entry owns. */
export const DISCOVERY_REDUCED: u32 = 1

let used: u32 = 0

export function discoveriesLength(): u32 {
  return used
}
export function discoveriesClear(): void {
  used = 0
}

export function discoveriesFull(): bool {
  const recordMax = <u64>DISCOVERY_HEADER_BYTES + 4 * <u64>edges + <u64>inputMax + 8
  return <u64>used + recordMax > <u64>discoveriesBytes
}

/** Appends a record about the run that was traced last; a host that does not drain a full buffer loses it. */
export function pushDiscovery(
  kind: u32,
  entry: u32,
  parent: u32,
  features: usize,
  featureCount: u32,
  newEdges: u32,
  data: usize,
  length: u32,
): void {
  if (discoveriesFull()) return
  const record = discoveriesBase + used
  const bytes = (DISCOVERY_HEADER_BYTES + 4 * featureCount + length + 7) & ~7
  store<u32>(record, bytes)
  store<u32>(record, kind, 4)
  store<u32>(record, entry, 8)
  store<u32>(record, parent, 12)
  store<u64>(record, executions(), 16)
  store<u32>(record, featureCount, 24)
  store<u32>(record, newEdges, 28)
  store<u32>(record, length, 32)
  store<u32>(record, traceCost(), 36)
  store<u64>(record, operators(), 40)
  store<u64>(record, traceHash(), 48)
  store<u64>(record, 0, 56)
  const list = record + DISCOVERY_HEADER_BYTES
  memory.copy(list, features, 4 * featureCount)
  memory.copy(list + 4 * featureCount, data, length)
  used += bytes
}
