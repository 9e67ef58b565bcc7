// The hits of a campaign's workers, added up: each counts its own sampled executions.

import type { EdgeHits } from '../worker/protocol.ts'
import type { SupervisedWorker } from '../worker/supervised-worker.ts'

/** Asks the workers that still answer; a lost one has taken its hits along. Null where nobody answers. */
export async function gatherHits(workers: readonly SupervisedWorker[]): Promise<EdgeHits | null> {
  const answers = await Promise.all(workers.map((worker) => worker.call((api) => api.hits()).catch(() => null)))
  return addHits(answers.filter((hits) => hits !== null))
}

/** As if one worker had counted them all; null where there are none. */
export function addHits(all: readonly EdgeHits[]): EdgeHits | null {
  const [first, ...others] = all
  if (first === undefined) return null
  const counts = first.counts.slice()
  for (const { counts: more } of others) {
    for (let edge = 0; edge < counts.length; edge++) counts[edge] = (counts[edge] ?? 0) + (more[edge] ?? 0)
  }
  const samples = all.reduce((sum, hits) => sum + hits.samples, 0)
  return { samples, counts, tokens: all.flatMap(({ tokens }) => tokens ?? []) }
}
