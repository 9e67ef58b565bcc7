// Failing inputs that people keep: fuzz/regressions/<target>/ is theirs. It is read, and nothing of it is ever changed.

import type { CorpusWarning, SeedInput } from '../core/campaign/corpus.ts'
import { readInputs } from './inputs/list-inputs.ts'
import { regressionsFolder } from './project-folders.ts'

export interface Regressions {
  readonly folder: string
  /** Empty where there is no such folder. */
  readonly inputs: readonly SeedInput[]
  readonly warnings: readonly CorpusWarning[]
}

/** The regressions of a target, by its name: `parser` for parser.wasm. */
export function readRegressions(targetName: string): Regressions {
  const folder = regressionsFolder(targetName)
  const { seeds, warnings } = readInputs([folder])
  return { folder, inputs: seeds, warnings }
}
