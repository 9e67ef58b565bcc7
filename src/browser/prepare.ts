// Instruments a target in a worker of its own, or takes it from the cache.

import { FuzzboxError } from '../core/errors.ts'
import type { ModuleReference, PrepareRequest } from '../core/runtime.ts'
import type { TargetSource } from '../core/target/load.ts'
import type { PrepareOptions } from '../core/target/prepare.ts'
import type { PreparedTarget } from '../core/target/prepared.ts'
import type { Reply } from '../core/worker/protocol.ts'
import { browserErrors } from './errors.ts'
import { cacheKey, readCached, writeCached } from './module-cache.ts'
import { prepareInWorker } from './prepare-worker-pool.ts'
import { fetchTarget } from './target-fetch.ts'
import type { Loaded } from './worker-loaders.ts'

export interface PrepareJob {
  readonly source: TargetSource
  readonly harness: TargetSource | null
  readonly mutator: TargetSource | null
  readonly options: Omit<PrepareOptions, 'harness' | 'mutator'>
}

export interface PrepareApi {
  prepare(job: PrepareJob): Promise<Reply<PreparedTarget>>
}

export async function prepareInPage(
  module: ModuleReference,
  { harness: harnessReference, mutator: mutatorReference, ...options }: PrepareRequest,
  load: () => Promise<Loaded>,
): Promise<PreparedTarget> {
  const fetched = await fetchTarget(module)
  if (fetched.kind === 'prepared') return fetched.target
  const { source } = fetched
  const harness = harnessReference === undefined ? null : await harnessOf(harnessReference)
  const mutator = mutatorReference === undefined ? null : await harnessOf(mutatorReference)
  const sources = [source, harness, mutator].filter((one) => one !== null)
  const names = [source, harness, mutator].map((one) => one && [one.kind, one.name])
  const key = await cacheKey(sources.map(contentOf), [names, options])
  const cached = await readCached(key)
  if (cached) return cached
  const reply = await prepareInWorker({ source, harness, mutator, options }, load)
  if (!reply.ok) throw new FuzzboxError(reply.error.code, reply.error.message)
  await writeCached(key, reply.value)
  return reply.value
}

async function harnessOf(reference: ModuleReference): Promise<TargetSource> {
  const fetched = await fetchTarget(reference)
  if (fetched.kind === 'prepared') throw browserErrors.targetKind(String(reference))
  return fetched.source
}

function contentOf(source: TargetSource): Uint8Array | string {
  return source.kind === 'wasm' ? source.bytes : source.text
}
