// Node as a place to run in.

import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Runtime } from '../core/runtime.ts'
import { DirectoryCorpus, readInputs } from './directory-corpus.ts'
import { nodeErrors } from './errors.ts'
import { FindingsFolder } from './findings-folder.ts'
import { ENGINE_PATH } from './package-files.ts'
import { prepare } from './prepare.ts'
import { RescueFolder } from './rescue-folder.ts'
import { startWorker } from './worker-link.ts'

export const nodeRuntime: Runtime = {
  async engine() {
    return new Uint8Array(
      await readFile(ENGINE_PATH).catch(() => {
        throw nodeErrors.engineMissing(ENGINE_PATH)
      }),
    )
  },
  prepare,
  startWorker: () => startWorker(),
  parallelism: () => availableParallelism(),
  corpus(where, { target }) {
    const directories = where === undefined ? [join('fuzz', 'corpus', target.name)] : [where].flat()
    return new DirectoryCorpus(directories)
  },
  findings(where, place) {
    return new FindingsFolder(where ?? join('fuzz', 'findings', place.target.name), place)
  },
  regressions(where, { target }) {
    return readInputs([where ?? join('fuzz', 'regressions', target.name)]).seeds
  },
  rescue: ({ target }) => new RescueFolder(target.name),
}
