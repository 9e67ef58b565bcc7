// How deep calls nest, and how much memory a run takes: what inserted code reports when a run goes beyond a border that it
// has not yet come to. So each is told a few times in a run, and none where code neither recurses nor grows its memory.
import {
  CONTROL_MEASURES,
  CONTROL_MEASURES_FLAG,
  COUNTERS_BASE,
  FLAGS_BASE,
  MEASURE_DEPTH,
  PHASE_IDLE,
  WITHOUT_MEASURES,
} from './abi'
import { phase } from './control'
import { has } from './mechanisms'

/** Buckets end at 128 times; deeper calls are told in units of so many. */
const DEPTH_UNIT_BITS: u32 = 6

/** `value`, the largest of this run so far, of MEASURE_*. Returns the value from which it should be told again. */
export function fuzzbox_measure(what: u32, value: u32): u32 {
  const first = load<u32>(CONTROL_MEASURES)
  if (!first || phase() == PHASE_IDLE || !has(WITHOUT_MEASURES)) return 1
  store<u8>(FLAGS_BASE + load<u32>(CONTROL_MEASURES_FLAG), 1)
  const counters = COUNTERS_BASE + (first << 2)
  if (what == MEASURE_DEPTH) {
    store<u32>(counters, min(value, 128))
    store<u32>(counters, value >>> DEPTH_UNIT_BITS, 4)
  } else {
    store<u32>(counters, value, 8)
  }
  return value < 4 ? value + 1 : 2 << (31 - clz(value))
}
