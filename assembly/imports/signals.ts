// Module "fuzzbox", the part that any target may import: what it says of itself, for the fuzzer to follow (signals.ts).
import { KIND_DISTANCE, KIND_MAXIMUM, KIND_MINIMUM, tellScore, tellState, tellValue } from '../signals'

export function fuzzbox_maximize(id: u32, value: i64): void {
  tellScore(KIND_MAXIMUM, id, value)
}
export function fuzzbox_minimize(id: u32, value: i64): void {
  tellScore(KIND_MINIMUM, id, ~value)
}
export function fuzzbox_set(id: u32, value: i64): void {
  tellValue(id, value)
}
export function fuzzbox_state(value: i64): void {
  tellState(value)
}
/** The difference may need 64 bits without a sign; beyond 63 it hardly matters how far. */
export function fuzzbox_distance(id: u32, left: i64, right: i64): void {
  const apart: u64 = left > right ? <u64>left - <u64>right : <u64>right - <u64>left
  tellScore(KIND_DISTANCE, id, ~(<i64>min<u64>(apart, i64.MAX_VALUE)))
}
