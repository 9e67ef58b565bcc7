// Which mechanisms of the search are on: all, unless a measurement leaves some out. Asked where a batch begins or an input
// was found, never for an execution.
import { CONTROL_WITHOUT } from './abi'

/** True where a mechanism, one of WITHOUT_*, was not left out. */
export function has(mechanism: u32): bool {
  return (load<u32>(CONTROL_WITHOUT) & mechanism) == 0
}
