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
import { SeedPacker } from './packed-seed.ts'
import { readRegularFileInto } from './regular-file.ts'
import { isIgnored, WatchedFolder } from './watched-folder.ts'

interface Skipped {
  readonly large: string[]
  readonly unreadable: string[]
}

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
    const packer = new SeedPacker()
    const skipped: Skipped = { large: [], unreadable: [] }
    return this.#watched
      .flatMap((folder) => folder.news().map((name) => readInput(folder.prefix, name, packer, skipped)))
      .filter((seed) => seed !== null)
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
      if (isIgnored(entry.name) || seeds.length > SEED_FILES_MAX) continue
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
