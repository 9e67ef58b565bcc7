// 64-bit counts in halves, so that a host without BigInt in its hot path, and a JSON of it, can read them.
import { executions } from './control'
import { traceHash } from './coverage'

export function executionsLow(): u32 {
  return <u32>executions()
}
export function executionsHigh(): u32 {
  return <u32>(executions() >>> 32)
}
export function traceHashLow(): u32 {
  return <u32>traceHash()
}
export function traceHashHigh(): u32 {
  return <u32>(traceHash() >>> 32)
}
