// Addresses for the host; the numbers are REGION of src/core/engine/exports.ts.
import { OUTPUT_BASE } from './abi'
import {
  crashSeenBase,
  dictionaryBase,
  discoveriesBase,
  functionStartsBase,
  imageBase,
  seenBase,
  traceBase,
} from './memory'

/** Start of a region, or 0 for a number that names none. */
export function address(region: u32): usize {
  switch (region) {
    case 0:
      return functionStartsBase
    case 1:
      return traceBase
    case 2:
      return discoveriesBase
    case 3:
      return dictionaryBase
    case 4:
      return imageBase
    case 5:
      return seenBase
    case 6:
      return OUTPUT_BASE
    case 7:
      return crashSeenBase
    default:
      return 0
  }
}
