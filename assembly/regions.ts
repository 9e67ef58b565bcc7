// Addresses for the host.
import {
  OUTPUT_BASE,
  REGION_CRASH_SEEN,
  REGION_DICTIONARY,
  REGION_DISCOVERIES,
  REGION_EDGE_HITS,
  REGION_FUNCTION_STARTS,
  REGION_IMAGE,
  REGION_JOB,
  REGION_LEARNED,
  REGION_MARKS,
  REGION_MARKS_CHANGED,
  REGION_OUTPUT,
  REGION_RESULTS,
  REGION_SEEN,
  REGION_TRACE,
  REGION_UNSTABLE,
} from './abi'
import { changedBase, marksBase } from './explore/marks/table'
import { jobBase, resultsBase } from './explore/timelines'
import {
  crashSeenBase,
  dictionaryBase,
  discoveriesBase,
  edgeHitsBase,
  functionStartsBase,
  imageBase,
  seenBase,
  suspectsBase,
  traceBase,
  unstableBase,
} from './memory'

/** Start of a region of REGION_*, or 0 for a number that names none. */
export function address(region: u32): usize {
  switch (region) {
    case REGION_FUNCTION_STARTS:
      return functionStartsBase
    case REGION_TRACE:
      return traceBase
    case REGION_DISCOVERIES:
      return discoveriesBase
    case REGION_DICTIONARY:
      return dictionaryBase
    case REGION_IMAGE:
      return imageBase
    case REGION_SEEN:
      return seenBase
    case REGION_OUTPUT:
      return OUTPUT_BASE
    case REGION_CRASH_SEEN:
      return crashSeenBase
    case REGION_UNSTABLE:
      return unstableBase
    case REGION_LEARNED:
      return suspectsBase
    case REGION_EDGE_HITS:
      return edgeHitsBase
    case REGION_MARKS:
      return marksBase
    case REGION_MARKS_CHANGED:
      return changedBase
    case REGION_JOB:
      return jobBase()
    case REGION_RESULTS:
      return resultsBase()
    default:
      return 0
  }
}
