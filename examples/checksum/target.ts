// A record that ends with the checksum of what stands before it: changed blindly, every record is refused.
//
//   npx fuzzbox run examples/checksum/target.ts --time 10s                                         finds nothing
//   npx fuzzbox run examples/checksum/target.ts --time 10s --mutator examples/checksum/mutator.ts  finds the bug
import { SUM_BYTES, sumOf } from './sum'

export function fuzz(data: usize, size: usize): i32 {
  if (size < 2 * SUM_BYTES) return 0
  const body = size - SUM_BYTES
  if (sumOf(data, body) != load<u32>(data + body)) return 0
  if (load<u8>(data) == 0x42) unreachable()
  return 0
}
