// Instruments a target in a worker of its own, or takes it from the cache.

import { connect } from '../core/worker/comlink-host.ts'
import { FuzzboxError } from '../core/errors.ts'
import type { PreparedTarget } from '../core/target/prepared.ts'
import type { Reply } from '../core/worker/protocol.ts'
import type { ModuleReference, PrepareRequest } from '../core/runtime.ts'
import { nodeErrors } from './errors.ts'
import { cacheKey, readCached, writeCached } from './module-cache.ts'
import { workerUrl } from './package-files.ts'
import { endpointOf } from './port-endpoint.ts'
import type { PrepareJob, Prepared } from './prepare-worker.ts'
import { readTarget, type SourceFile } from './target-files.ts'
import { openWorker } from './worker-link.ts'

interface PrepareApi {
  prepare(job: PrepareJob): Promise<Reply<Prepared>>
}

export async function prepare(module: ModuleReference, request: PrepareRequest): Promise<PreparedTarget> {
  const { harness: harnessReference, mutator: mutatorReference, ...options } = request
  const target = readTarget(module)
  const harness = harnessReference === undefined ? null : readTarget(harnessReference)
  const mutator = mutatorReference === undefined ? null : readTarget(mutatorReference)
  // A source that brings its own way of reading files depends on things that a cache cannot see.
  const cacheable = !bringsFiles(target) && ![harness, mutator].some((file) => file && bringsFiles(file))
  const names = [
    target.source.name,
    target.source.kind,
    harness?.source.name,
    harness?.source.kind,
    mutator?.source.name,
  ]
  const key = cacheKey(
    [contentOf(target), harness && contentOf(harness), mutator && contentOf(mutator)],
    [names, options],
  )
  const cached = cacheable ? readCached(key) : null
  if (cached) return cached
  const prepared = await prepareInWorker({ target, harness, mutator, options })
  if (cacheable) await writeCached(key, prepared.target, prepared.dependencies)
  return prepared.target
}

async function prepareInWorker(job: PrepareJob): Promise<Prepared> {
  const { worker, port, died } = openWorker(workerUrl('prepare-worker'))
  const { api } = connect<PrepareApi>(endpointOf(port))
  try {
    const lost = died.then((death): never => {
      throw nodeErrors.prepareDied(job.target.source.name, death.message)
    })
    lost.catch(() => {})
    const reply = await Promise.race([api.prepare(job), lost])
    if (!reply.ok) throw new FuzzboxError(reply.error.code, reply.error.message)
    return reply.value
  } finally {
    port.close()
    await worker.terminate()
  }
}

function contentOf({ source }: SourceFile): Uint8Array | string {
  return source.kind === 'wasm' ? source.bytes : source.text
}

function bringsFiles({ source }: SourceFile): boolean {
  return source.kind === 'assemblyscript' && source.readFile !== undefined
}
