// What runs inside a worker of an exploration: a sandbox, served to the host through the contract of protocol.ts.

import { toErrorData } from '../errors.ts'
import type { Reply } from '../worker/protocol.ts'
import { ExploreSandbox } from './explore-sandbox.ts'
import { NewsSense } from './lanes.ts'
import { NewsSignal } from './news-signal.ts'
import { unpackJobs } from './packed-jobs.ts'
import { packResults, type PackedResults } from './packed-results.ts'
import type { Batch, ExploreApi, ExploreStart } from './protocol.ts'
import { EXPLORE_BATCH_MS } from '../limits.ts'

export class ExploreService implements ExploreApi {
  #sandbox: ExploreSandbox | null = null

  readonly #sense: NewsSense = new NewsSense()
  #news: NewsSignal = new NewsSignal(null)

  async open({ engine, target, marksMax, news }: ExploreStart): Promise<Reply<null>> {
    try {
      this.#news = new NewsSignal(news)
      // Nobody looks on here, and memory that is not shared is a little faster.
      this.#sandbox = await ExploreSandbox.open(engine, target, { shared: false, marksMax })
      return { ok: true, value: null }
    } catch (error) {
      return { ok: false, error: toErrorData(error), input: null }
    }
  }

  async run({ jobs: packed, untilNews }: Batch): Promise<Reply<PackedResults>> {
    try {
      const sandbox = this.#sandbox
      if (!sandbox) throw new Error('the worker was asked to work before it was opened')
      const jobs = unpackJobs(packed)
      const endMs = performance.now() + EXPLORE_BATCH_MS
      const results = sandbox.runSome(jobs, (result) => {
        if (untilNews === null) return false
        return this.#sense.isNews(result) || this.#news.count !== untilNews || performance.now() > endMs
      })
      return { ok: true, value: packResults(results) }
    } catch (error) {
      return { ok: false, error: toErrorData(error), input: null }
    }
  }
}
