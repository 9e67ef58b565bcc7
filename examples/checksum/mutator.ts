// Lets fuzzbox change the body as it likes, and writes the checksum that goes with it.
import { SUM_BYTES, sumOf } from './sum'

@external('env', 'LLVMFuzzerMutate')
declare function mutate(data: usize, size: usize, most: usize): usize

export function LLVMFuzzerCustomMutator(data: usize, size: usize, most: usize, seed: u32): usize {
  const body = max(mutate(data, max(size, 2 * SUM_BYTES) - SUM_BYTES, most - SUM_BYTES), SUM_BYTES)
  store<u32>(data + body, sumOf(data, body))
  return body + SUM_BYTES
}
