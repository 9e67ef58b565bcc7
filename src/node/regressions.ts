// Failing inputs that people keep: fuzz/regressions/<target>/ is theirs. It is read, and nothing of it is ever changed.

import type { CorpusWarning, SeedInput } from '../core/campaign/corpus.ts'
import type { PreparedTarget } from '../core/target/prepared.ts'
import { codecOf } from '../core/typed/typed-corpus.ts'
import { readInputs } from './inputs/list-inputs.ts'
import { regressionsFolder } from './project-folders.ts'

export interface Regressions {
  readonly folder: string
  /** Empty where there is no such folder. */
  readonly inputs: readonly SeedInput[]
  readonly warnings: readonly CorpusWarning[]
}

/** The regressions of a target. */
export function readRegressions({ name, types }: Pick<PreparedTarget, 'name' | 'types'>): Regressions {
  const folder = regressionsFolder(name)
  const { seeds, warnings } = readInputs([folder], codecOf(types))
  return { folder, inputs: seeds, warnings }
}
