// The entry of the worker that instruments: the only place that loads Binaryen, and only for a target that is not cached.

import { readFile } from 'node:fs/promises'
import module from 'node:module'
import { dirname, resolve } from 'node:path'
import { workerData, type MessagePort } from 'node:worker_threads'
import { serve } from '../core/worker/comlink-worker.ts'
import { toErrorData } from '../core/errors.ts'
import type { PreparedTarget } from '../core/target/prepared.ts'
import type { Reply } from '../core/worker/protocol.ts'
import { prepareTarget, type PrepareOptions } from '../core/target/prepare.ts'
import type { TargetSource } from '../core/target/load.ts'
import { demangle } from './demangle.ts'
import { SIMULATION_MODULE_FILE, SIMULATION_MODULE_PATH } from './package-files.ts'
import { endpointOf } from './port-endpoint.ts'
import type { SourceFile } from './target-files.ts'

export interface PrepareJob {
  readonly target: SourceFile
  readonly harness: SourceFile | null
  readonly mutator: SourceFile | null
  readonly options: Omit<PrepareOptions, 'harness' | 'mutator'>
}

export interface Prepared {
  readonly target: PreparedTarget
  /** Files that AssemblyScript sources imported, or looked for in vain: the result depends on them. */
  readonly dependencies: readonly string[]
}

class PrepareService {
  async prepare(job: PrepareJob): Promise<Reply<Prepared>> {
    const dependencies = new Set<string>()
    try {
      const harness = job.harness ? { harness: withFiles(job.harness, dependencies) } : {}
      const mutator = job.mutator ? { mutator: withFiles(job.mutator, dependencies) } : {}
      const options = { ...job.options, ...harness, ...mutator }
      const target = await prepareTarget(withFiles(job.target, dependencies), options, demangle)
      // This thread will be terminated, and then V8's cache would not be written.
      module.flushCompileCache?.()
      return { ok: true, value: { target, dependencies: [...dependencies] } }
    } catch (error) {
      return { ok: false, error: toErrorData(error), input: null }
    }
  }
}

function withFiles({ source, path }: SourceFile, dependencies: Set<string>): TargetSource {
  if (source.kind !== 'assemblyscript' || path === null) return source
  const folder = dirname(path)
  const readImported = async (name: string): Promise<string | null> => {
    const wanted = name.endsWith(SIMULATION_MODULE_FILE) ? SIMULATION_MODULE_PATH : resolve(folder, name)
    dependencies.add(wanted)
    return await readFile(wanted, 'utf8').catch(() => null)
  }
  return { ...source, readFile: readImported }
}

// Parsing Binaryen is a third of a cold start; threads do not inherit the cache that the command enables.
module.enableCompileCache?.()
serve(new PrepareService(), endpointOf((workerData as { port: MessagePort }).port))
