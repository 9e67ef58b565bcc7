// Node as a place to run in.

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { Runtime } from '../core/runtime.ts'
import { codecOf } from '../core/typed/typed-corpus.ts'
import { DirectoryCorpus } from './directory-corpus.ts'
import { nodeErrors } from './errors.ts'
import { FindingsFolder } from './findings-folder.ts'
import { isAflOutput, isFile, readInputs } from './inputs/list-inputs.ts'
import { ENGINE_PATH } from './package-files.ts'
import { prepare } from './prepare.ts'
import { corpusFolder, findingsFolder, regressionsFolder } from './project-folders.ts'
import { RescueFolder } from './rescue-folder.ts'
import { RecipesFolder } from './recipes-folder.ts'
import { CampaignFile } from './campaign-file.ts'
import { startExplorer, startWorker } from './worker-link.ts'

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
  startExplorer: () => startExplorer(),
  recipes: (where, place) => new RecipesFolder(where ?? findingsFolder(place.target.name), place),
  campaignStore: (path) => new CampaignFile(path),
  idOf: (input) => createHash('sha1').update(input).digest('hex'),
  parallelism: () => availableParallelism(),
  corpus(where, { target }) {
    return new DirectoryCorpus(
      corpusPlaces(where === undefined ? [] : [where].flat(), target.name),
      codecOf(target.types),
    )
  },
  findings(where, place) {
    return new FindingsFolder(where ?? findingsFolder(place.target.name), place)
  },
  regressions(where, { target }) {
    return readInputs([where ?? regressionsFolder(target.name)], codecOf(target.types)).seeds
  },
  rescue: ({ target }) => new RescueFolder(target.name, codecOf(target.types)),
}

/** The first place is written to, so where none can be, the default stands before them: other fuzzers' folders are theirs. */
function corpusPlaces(places: readonly string[], targetName: string): readonly string[] {
  const [first] = places
  const isOwn = first !== undefined && !isFile(first) && !isAflOutput(first)
  return isOwn ? places : [corpusFolder(targetName), ...places]
}
