// A moment that cannot be come to again costs its own timelines, never the exploration.

import { FuzzboxError } from '../errors.ts'
import type { JobResult } from './timelines.ts'

const LOST_CODES: ReadonlySet<string> = new Set(['E_EXPLORE_DIVERGED', 'E_EXPLORE_RESEEDS'])

/** What `run` returns; where its moment cannot be come to, a result without timelines that says why. */
export function unlessLost(run: () => JobResult): JobResult {
  try {
    return run()
  } catch (error) {
    return lostResult(error)
  }
}

/** Throws on whatever is no such error. */
export function lostResult(error: unknown): JobResult {
  if (!(error instanceof FuzzboxError) || !LOST_CODES.has(error.code)) throw error
  return { timelines: [], marks: [], reached: 'replay', lost: error.message }
}
