// What the host has to hear about: a buffer of records that it drains after each slice; abi.ts draws them.
// There is always room for one record of any size when `discoveriesFull` says no.
import {
  DISCOVERY_BYTES,
  DISCOVERY_COST,
  DISCOVERY_ENTRY,
  DISCOVERY_EXECUTIONS,
  DISCOVERY_FEATURES,
  DISCOVERY_HEADER_BYTES,
  DISCOVERY_KIND,
  DISCOVERY_LENGTH,
  DISCOVERY_NEW_EDGES,
  DISCOVERY_OPERATORS,
  DISCOVERY_PARENT,
  DISCOVERY_REDUCED,
  DISCOVERY_REPLACED,
  DISCOVERY_TRACE_HASH,
} from './abi'
import { executions, operators } from './control'
import { entryData, entryLength } from './corpus'
import { traceCost, traceHash } from './coverage'
import { discoveriesBase, discoveriesBytes, recordBytesMax } from './memory'

let used: u32 = 0

export function discoveriesLength(): u32 {
  return used
}
export function discoveriesClear(): void {
  used = 0
}

export function discoveriesFull(): bool {
  return <u64>used + recordBytesMax() > <u64>discoveriesBytes
}

/**
 * Appends a record about the run that was traced last; a host that does not drain a full buffer loses it. One of an input
 * that takes an entry's place holds what lies there now, too.
 */
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
  const replaced: u32 = kind == DISCOVERY_REDUCED ? entryLength(entry) : 0
  const bytes = (DISCOVERY_HEADER_BYTES + 4 * featureCount + length + replaced + 7) & ~7
  store<u32>(record, bytes, DISCOVERY_BYTES)
  store<u32>(record, kind, DISCOVERY_KIND)
  store<u32>(record, entry, DISCOVERY_ENTRY)
  store<u32>(record, parent, DISCOVERY_PARENT)
  store<u64>(record, executions(), DISCOVERY_EXECUTIONS)
  store<u32>(record, featureCount, DISCOVERY_FEATURES)
  store<u32>(record, newEdges, DISCOVERY_NEW_EDGES)
  store<u32>(record, length, DISCOVERY_LENGTH)
  store<u32>(record, traceCost(), DISCOVERY_COST)
  store<u64>(record, operators(), DISCOVERY_OPERATORS)
  store<u64>(record, traceHash(), DISCOVERY_TRACE_HASH)
  store<u32>(record, replaced, DISCOVERY_REPLACED)
  const list = record + DISCOVERY_HEADER_BYTES
  memory.copy(list, features, 4 * featureCount)
  memory.copy(list + 4 * featureCount, data, length)
  if (replaced) memory.copy(list + 4 * featureCount + length, entryData(entry), replaced)
  used += bytes
}
