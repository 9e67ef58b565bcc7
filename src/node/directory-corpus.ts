// A corpus in directories, as libFuzzer keeps them: the first is read and written, the others are only read; a file is
// an input and nothing else, named by the SHA-1 of its bytes. Sub-folders are read too. What cannot be used is skipped
// and said once.

import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Corpus, CorpusWarning, SeedInput } from '../core/campaign/corpus.ts'
import { SEED_FILES_MAX, SEED_FILE_BYTES_MAX, SEED_FOLDERS_DEEP } from '../core/limits.ts'
import { formatSize } from '../core/units.ts'
import { writeAtomically } from './atomic-file.ts'
import { nodeErrors, nodeWarnings } from './errors.ts'
import { SeedPacker } from './packed-seed.ts'
import { readRegularFileInto } from './regular-file.ts'

/** Not inputs, wherever they are met: documentation, and what describes a finding. */
const IGNORED = /^(\..*|readme(\..*)?|(crash|timeout|oom)-[0-9a-f]{40}\.json)$/i

interface Skipped {
  readonly large: string[]
  readonly unreadable: string[]
}

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

/** Every input under `directories`, in the order of their names, and what was skipped. */
export function readInputs(directories: readonly string[]): { seeds: SeedInput[]; warnings: CorpusWarning[] } {
  const seeds: SeedInput[] = []
  const packer = new SeedPacker()
  const skipped: Skipped = { large: [], unreadable: [] }
  const walk = (folder: string, depth: number): void => {
    // As `join` would begin the path of a file in it.
    const prefix = join(folder, '_').slice(0, -1)
    for (const entry of entriesOf(folder, skipped.unreadable)) {
      if (IGNORED.test(entry.name) || seeds.length > SEED_FILES_MAX) continue
      if (entry.isDirectory()) {
        if (depth < SEED_FOLDERS_DEEP) walk(prefix + entry.name, depth + 1)
      } else {
        const seed = readInput(prefix, entry.name, packer, skipped)
        if (seed) seeds.push(seed)
      }
    }
  }
  for (const directory of directories) walk(directory, 1)
  const warnings: CorpusWarning[] = []
  const most = formatSize(SEED_FILE_BYTES_MAX)
  if (skipped.large.length > 0) warnings.push(nodeWarnings.corpusFiles(`skipped, larger than ${most}`, skipped.large))
  if (skipped.unreadable.length > 0) {
    warnings.push(nodeWarnings.corpusFiles('skipped, not readable', skipped.unreadable))
  }
  if (seeds.length > SEED_FILES_MAX) {
    seeds.length = SEED_FILES_MAX
    warnings.push(nodeWarnings.corpusFull(SEED_FILES_MAX))
  }
  return { seeds, warnings }
}

function entriesOf(folder: string, unreadable: string[]): import('node:fs').Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    if (existsSync(folder)) unreadable.push(folder)
    return []
  }
}

function readInput(folder: string, file: string, packer: SeedPacker, skipped: Skipped): SeedInput | null {
  const path = folder + file
  try {
    const bytes = readRegularFileInto(path, SEED_FILE_BYTES_MAX, (size) => packer.room(size))
    if (bytes !== null) return packer.pack(folder, file, bytes)
    skipped.large.push(path)
  } catch {
    skipped.unreadable.push(path)
  }
  return null
}
