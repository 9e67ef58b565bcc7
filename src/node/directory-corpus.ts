// A corpus in directories, as libFuzzer keeps them: the first is read and written, the others are only read; a file is
// an input and nothing else, named by the SHA-1 of its bytes. Sub-folders are read too. What cannot be used is skipped
// and said once.

import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StorageLost, type Corpus, type CorpusWarning, type SeedInput } from '../core/campaign/corpus.ts'
import { SEED_FILES_MAX, SEED_FILE_BYTES_MAX, SEED_FOLDERS_DEEP } from '../core/limits.ts'
import { formatSize } from '../core/units.ts'
import { writeIntoFolder } from './atomic-file.ts'
import { nodeErrors, nodeWarnings, reasonOf } from './errors.ts'
import { readRegularFile } from './regular-file.ts'
import { isIgnored, WatchedFolder } from './watched-folder.ts'

export class DirectoryCorpus implements Corpus {
  readonly #directories: readonly string[]
  readonly #watched: readonly WatchedFolder[]
  #writable = true

  constructor(directories: readonly string[]) {
    this.#directories = directories
    this.#watched = directories.map((directory) => new WatchedFolder(directory))
  }

  async load(): Promise<{ seeds: readonly SeedInput[]; warnings: readonly CorpusWarning[] }> {
    const warnings: CorpusWarning[] = []
    const [first, ...others] = this.#directories
    if (first !== undefined) {
      try {
        mkdirSync(first, { recursive: true })
        accessSync(first, constants.W_OK)
      } catch (error) {
        this.#writable = false
        warnings.push(nodeWarnings.corpusWrite(first, error))
      }
    }
    for (const directory of others) if (!existsSync(directory)) throw nodeErrors.corpusMissing(directory)
    // What comes while they are read is read twice rather than never.
    for (const folder of this.#watched) folder.news()
    const read = readInputs(this.#directories)
    return { seeds: read.seeds, warnings: [...warnings, ...read.warnings] }
  }

  /** A folder that cannot be written was warned of by `load`; one that no longer can ends the campaign. */
  async keep(id: string, bytes: Uint8Array): Promise<void> {
    const [first] = this.#directories
    if (first === undefined || !this.#writable) return
    this.#watched[0]?.expect(id)
    const path = join(first, id)
    try {
      if (!existsSync(path)) await writeIntoFolder(path, bytes)
    } catch (error) {
      throw new StorageLost(`the corpus directory ${first}`, reasonOf(error))
    }
  }

  async replace(before: string, id: string, bytes: Uint8Array): Promise<void> {
    const [first] = this.#directories
    if (first === undefined || !this.#writable) return
    await this.keep(id, bytes)
    // The shorter one is there; that the longer one stays as well would do no harm.
    await rm(join(first, before), { force: true }).catch(() => {})
  }

  async news(): Promise<readonly SeedInput[]> {
    const seeds: SeedInput[] = []
    for (const folder of this.#watched) {
      for (const path of folder.news()) readInput(path, seeds, { large: [], unreadable: [] })
    }
    return seeds
  }
}

/** Every input under `directories`, in the order of their names, and what was skipped. */
export function readInputs(directories: readonly string[]): { seeds: SeedInput[]; warnings: CorpusWarning[] } {
  const seeds: SeedInput[] = []
  const skipped = { large: [] as string[], unreadable: [] as string[] }
  const walk = (folder: string, depth: number): void => {
    for (const entry of entriesOf(folder, skipped.unreadable)) {
      const path = join(folder, entry.name)
      if (isIgnored(entry.name) || seeds.length > SEED_FILES_MAX) continue
      if (entry.isDirectory()) {
        if (depth < SEED_FOLDERS_DEEP) walk(path, depth + 1)
      } else readInput(path, seeds, skipped)
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

function readInput(path: string, seeds: SeedInput[], skipped: { large: string[]; unreadable: string[] }): void {
  try {
    const bytes = readRegularFile(path, SEED_FILE_BYTES_MAX)
    if (bytes === null) skipped.large.push(path)
    else seeds.push({ name: path, bytes })
  } catch {
    skipped.unreadable.push(path)
  }
}
