// A corpus in directories, as libFuzzer keeps them: the first is read and written, the others are only read; a file is
// an input and nothing else, named by the SHA-1 of its bytes; for a target with typed arguments a file of Go's. Sub-folders
// are read too. What cannot be used is skipped and said once.

import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StorageLost, type Corpus, type CorpusWarning, type SeedInput } from '../core/campaign/corpus.ts'
import { SEED_FILES_MAX, SEED_FOLDERS_DEEP } from '../core/limits.ts'
import { plainCodec, SkippedFiles, type InputCodec } from '../core/typed/typed-corpus.ts'
import { formatSize } from '../core/units.ts'
import { writeIntoFolder } from './atomic-file.ts'
import { nodeErrors, nodeWarnings, reasonOf } from './errors.ts'
import { readRegularFile } from './regular-file.ts'
import { isIgnored, WatchedFolder } from './watched-folder.ts'

export class DirectoryCorpus implements Corpus {
  readonly #directories: readonly string[]
  readonly #watched: readonly WatchedFolder[]
  readonly #codec: InputCodec
  /** Names of the files that were written, by the ids of their inputs. */
  readonly #names: Map<string, string> = new Map()
  #writable = true

  constructor(directories: readonly string[], codec: InputCodec = plainCodec) {
    this.#directories = directories
    this.#codec = codec
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
    const read = readInputs(this.#directories, this.#codec)
    return { seeds: read.seeds, warnings: [...warnings, ...read.warnings] }
  }

  /** A folder that cannot be written was warned of by `load`; one that no longer can ends the campaign. */
  async keep(id: string, bytes: Uint8Array): Promise<void> {
    const [first] = this.#directories
    if (first === undefined || !this.#writable) return
    const file = this.#codec.encodeFile(bytes)
    // A file that is the input is named by the id of the input.
    const name = file === bytes ? id : await this.#codec.nameOf(file)
    this.#names.set(id, name)
    this.#watched[0]?.expect(name)
    const path = join(first, name)
    try {
      if (!existsSync(path)) await writeIntoFolder(path, file)
    } catch (error) {
      throw new StorageLost(`the corpus directory ${first}`, reasonOf(error))
    }
  }

  async replace(before: string, id: string, bytes: Uint8Array): Promise<void> {
    const [first] = this.#directories
    if (first === undefined || !this.#writable) return
    await this.keep(id, bytes)
    // The shorter one is there; that the longer one stays as well would do no harm.
    const name = this.#names.get(before) ?? before
    this.#names.delete(before)
    if (name !== this.#names.get(id)) await rm(join(first, name), { force: true }).catch(() => {})
  }

  async news(): Promise<readonly SeedInput[]> {
    const seeds: SeedInput[] = []
    for (const folder of this.#watched) {
      for (const path of folder.news()) readInput(path, seeds, nothingSkipped(), this.#codec)
    }
    return seeds
  }
}

/** Every input under `directories`, in the order of their names, and what was skipped. */
export function readInputs(
  directories: readonly string[],
  codec: InputCodec = plainCodec,
): { seeds: SeedInput[]; warnings: CorpusWarning[] } {
  const seeds: SeedInput[] = []
  const skipped = nothingSkipped()
  const walk = (folder: string, depth: number): void => {
    for (const entry of entriesOf(folder, skipped.unreadable)) {
      const path = join(folder, entry.name)
      if (isIgnored(entry.name) || seeds.length > SEED_FILES_MAX) continue
      if (entry.isDirectory()) {
        if (depth < SEED_FOLDERS_DEEP) walk(path, depth + 1)
      } else readInput(path, seeds, skipped, codec)
    }
  }
  for (const directory of directories) walk(directory, 1)
  const warnings: CorpusWarning[] = [...skipped.files.warnings]
  const most = formatSize(codec.fileBytesMax)
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

interface Skipped {
  readonly large: string[]
  readonly unreadable: string[]
  readonly files: SkippedFiles
}

function nothingSkipped(): Skipped {
  return { large: [], unreadable: [], files: new SkippedFiles() }
}

function readInput(path: string, seeds: SeedInput[], skipped: Skipped, codec: InputCodec): void {
  let file: Uint8Array | null
  try {
    file = readRegularFile(path, codec.fileBytesMax)
  } catch {
    skipped.unreadable.push(path)
    return
  }
  const seed = file && skipped.files.read(codec, path, file)
  if (file === null) skipped.large.push(path)
  if (seed) seeds.push(seed)
}
