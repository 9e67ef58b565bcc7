// Texts about files of typed arguments.

import type { CorpusWarning } from '../campaign/corpus.ts'
import { FuzzboxError } from '../errors.ts'

/** Files that one warning names, each with what is wrong with it. */
const FILES_NAMED_MAX = 20

export const typedErrors = {
  inputFile: (name: string, problem: string | null, types: string): FuzzboxError =>
    new FuzzboxError(
      'E_TYPED_FILE',
      `${name} holds no arguments for this target: ${problem ?? 'its first line is not "go test fuzz v1"'}; ` +
        `write one of ${types} a line`,
    ),
} as const

export const typedWarnings = {
  foreign: (names: readonly string[]): CorpusWarning => ({
    code: 'W_TYPED_FOREIGN',
    message: `${files(names.length)} of the corpus skipped, not in the format "go test fuzz v1", which arguments need: ${listed(names, ', ')}`,
  }),
  malformed: (texts: readonly string[]): CorpusWarning => ({
    code: 'W_TYPED_FILES',
    message: `${files(texts.length)} of the corpus skipped, mend or delete them:\n${listed(texts, '\n')}`,
  }),
} as const

function files(count: number): string {
  return `${count} file${count === 1 ? '' : 's'}`
}

function listed(texts: readonly string[], between: string): string {
  const more = texts.length - FILES_NAMED_MAX
  return [...texts.slice(0, FILES_NAMED_MAX), ...(more > 0 ? [`and ${more} more`] : [])].join(between)
}
