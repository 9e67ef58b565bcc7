// One input, wherever it lies: in a file of its own, or in an archive. It is read when it is needed, because a corpus may
// be larger than memory.

import { SEED_FILE_BYTES_MAX } from '../../core/limits.ts'
import type { CorpusWarning } from '../../core/campaign/corpus.ts'
import { formatSize } from '../../core/units.ts'
import { nodeWarnings } from '../errors.ts'
import { readRegularFile } from '../regular-file.ts'

export interface InputFile {
  /** For messages: a path, or an archive's path and the name in there. */
  readonly name: string
  /** The file that holds this input and nothing else; null for one in an archive. */
  readonly path: string | null
  /** Its bytes, or why it is skipped. */
  read(): Uint8Array | 'large' | 'unreadable'
}

export function inputFile(path: string): InputFile {
  return { name: path, path, read: () => readInputFile(path) }
}

function readInputFile(path: string): Uint8Array | 'large' | 'unreadable' {
  try {
    return readRegularFile(path, SEED_FILE_BYTES_MAX) ?? 'large'
  } catch {
    return 'unreadable'
  }
}

/** Remembers what was skipped, so that it is said once. */
export class Skipped {
  readonly #large: string[] = []
  readonly #unreadable: string[] = []

  add(name: string, why: 'large' | 'unreadable'): void {
    const names = why === 'large' ? this.#large : this.#unreadable
    names.push(name)
  }

  /** Null for what has to be skipped. */
  read(file: InputFile): Uint8Array | null {
    const bytes = file.read()
    if (typeof bytes !== 'string') return bytes
    this.add(file.name, bytes)
    return null
  }

  warnings(): CorpusWarning[] {
    const most = formatSize(SEED_FILE_BYTES_MAX)
    return [
      ...(this.#large.length > 0 ? [nodeWarnings.corpusFiles(`skipped, larger than ${most}`, this.#large)] : []),
      ...(this.#unreadable.length > 0 ? [nodeWarnings.corpusFiles('skipped, not readable', this.#unreadable)] : []),
    ]
  }
}
