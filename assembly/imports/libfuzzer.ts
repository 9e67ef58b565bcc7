// What libFuzzer provides to custom mutators.
import { mutateForCustom } from '../mutate/custom'

export function libfuzzer_mutate(data: u32, size: u32, most: u32): u32 {
  return mutateForCustom(data, size, most)
}
