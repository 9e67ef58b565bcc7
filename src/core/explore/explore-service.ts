// What runs inside a worker of an exploration: a sandbox, served to the host through the contract of protocol.ts.

import { toErrorData } from '../errors.ts'
import type { Reply } from '../worker/protocol.ts'
import { ExploreSandbox } from './explore-sandbox.ts'
import type { ExploreApi, ExploreStart } from './protocol.ts'
import type { JobResult, RunJob } from './timelines.ts'

export class ExploreService implements ExploreApi {
  #sandbox: ExploreSandbox | null = null

  async open({ engine, target }: ExploreStart): Promise<Reply<null>> {
    try {
      // Nobody looks on here, and memory that is not shared is a little faster.
      this.#sandbox = await ExploreSandbox.open(engine, target, { shared: false })
      return { ok: true, value: null }
    } catch (error) {
      return { ok: false, error: toErrorData(error), input: null }
    }
  }

  async run(jobs: readonly RunJob[]): Promise<Reply<readonly JobResult[]>> {
    try {
      const sandbox = this.#sandbox
      if (!sandbox) throw new Error('the worker was asked to work before it was opened')
      return { ok: true, value: jobs.map((job) => sandbox.run(job)) }
    } catch (error) {
      return { ok: false, error: toErrorData(error), input: null }
    }
  }
}
