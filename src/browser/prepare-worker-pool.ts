// The worker that instruments, kept for a while: most of what a module costs is loading Binaryen, and who prepares one
// module often prepares another. Jobs at the same time have one each; a worker that was lost is not asked again.

import type { PreparedTarget } from '../core/target/prepared.ts'
import type { Reply } from '../core/worker/protocol.ts'
import { browserErrors } from './errors.ts'
import type { PrepareApi, PrepareJob } from './prepare.ts'
import { startService, type ServiceLink } from './worker-link.ts'
import type { Loaded } from './worker-loaders.ts'

/** Binaryen's memory is large, so nobody should hold it who does not come back. */
const IDLE_MS = 30_000

interface Kept {
  readonly link: ServiceLink<PrepareApi>
  readonly timer: ReturnType<typeof setTimeout>
}

let kept: Kept | null = null

export async function prepareInWorker(job: PrepareJob, load: () => Promise<Loaded>): Promise<Reply<PreparedTarget>> {
  const link = takeKept() ?? startService<PrepareApi>('prepare', load)
  try {
    const lost = link.died.then((death): never => {
      throw browserErrors.prepareDied(job.source.name, death.message)
    })
    lost.catch(() => {})
    const reply = await Promise.race([link.api.prepare(job), lost])
    keep(link)
    return reply
  } catch (error) {
    await link.terminate()
    throw error
  }
}

function takeKept(): ServiceLink<PrepareApi> | null {
  const taken = kept
  kept = null
  if (taken) clearTimeout(taken.timer)
  return taken?.link ?? null
}

function keep(link: ServiceLink<PrepareApi>): void {
  void takeKept()?.terminate()
  const forget = (): void => {
    if (kept?.link === link) kept = null
    void link.terminate()
  }
  kept = { link, timer: setTimeout(forget, IDLE_MS) }
  void link.died.then(() => kept?.link === link && takeKept())
}
