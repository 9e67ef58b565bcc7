// A corpus in directories, as libFuzzer keeps them: the first is read and written, the others, which may be archives and
// single files as well, are only read; a file is an input and nothing else, named by the SHA-1 of its bytes. Sub-folders
// are read too. What cannot be used is skipped and said once.

import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Corpus, CorpusWarning, SeedInput } from '../core/campaign/corpus.ts'
import { sweepTemporaries, writeAtomically } from './atomic-file.ts'
import { nodeErrors, nodeWarnings } from './errors.ts'
import { readInputs } from './inputs/list-inputs.ts'

export class DirectoryCorpus implements Corpus {
  readonly #directories: readonly string[]
  #writable = true

  constructor(directories: readonly string[]) {
    this.#directories = directories
  }

  async load(): Promise<{ seeds: readonly SeedInput[]; warnings: readonly CorpusWarning[] }> {
    const warnings: CorpusWarning[] = []
    const [first, ...others] = this.#directories
    if (first !== undefined) {
      try {
        mkdirSync(first, { recursive: true })
        sweepTemporaries(first)
      } catch (error) {
        this.#writable = false
        warnings.push(nodeWarnings.corpusWrite(first, error))
      }
    }
    for (const directory of others) if (!existsSync(directory)) throw nodeErrors.corpusMissing(directory)
    const read = readInputs(this.#directories)
    return { seeds: read.seeds, warnings: [...warnings, ...read.warnings] }
  }

  async keep(id: string, bytes: Uint8Array): Promise<CorpusWarning | null> {
    const [first] = this.#directories
    if (first === undefined || !this.#writable) return null
    const path = join(first, id)
    try {
      if (!existsSync(path)) await writeAtomically(path, bytes)
      return null
    } catch (error) {
      this.#writable = false
      return nodeWarnings.corpusWrite(first, error)
    }
  }
}
