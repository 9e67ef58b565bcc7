// What OSS-Fuzz builds put beside a fuzz target, found by its name: parser.options, parser.dict and
// parser_seed_corpus.zip beside parser.wasm.

import { basename, dirname, join } from 'node:path'
import type { CorpusWarning } from '../core/campaign/corpus.ts'
import { targetNameOf } from '../core/target/target-name.ts'
import { nodeWarnings } from './errors.ts'
import { isFile } from './inputs/list-inputs.ts'
import { readOptionsFile, type FileOptions } from './options-file.ts'

export interface Companions {
  readonly options: FileOptions
  readonly dictionary: string | null
  readonly seeds: string | null
  /** Names what is used and what of it is ignored: one sentence, or none. */
  readonly notices: readonly CorpusWarning[]
}

/** `optionsFile` stands for the one beside the target; a dictionary that options name, for the one beside it. */
export function findCompanions(targetPath: string, optionsFile: string | null): Companions {
  const beside = (ending: string): string | null => {
    const path = join(dirname(targetPath), targetNameOf(targetPath) + ending)
    return isFile(path) ? path : null
  }
  const optionsPath = optionsFile ?? beside('.options')
  const options = optionsPath === null ? { ignored: [] } : readOptionsFile(optionsPath)
  const dictionary = options.dictionary ?? beside('.dict')
  const seeds = beside('_seed_corpus.zip')
  const used = [optionsPath, dictionary, seeds].flatMap((path) => (path === null ? [] : [basename(path)]))
  const notices = used.length > 0 ? [nodeWarnings.companions(basename(targetPath), used, options.ignored)] : []
  return { options, dictionary, seeds, notices }
}
