// A corpus in directories, as libFuzzer keeps them: the first is read and written, the others, which may be archives and
// single files as well, are only read; a file is an input and nothing else, named by the SHA-1 of its bytes; for a target
// with typed arguments it is a file of Go's. Sub-folders
// are read too. What cannot be used is skipped and said once.

import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StorageLost, type Corpus, type CorpusWarning, type SeedInput } from '../core/campaign/corpus.ts'
import { plainCodec, type InputCodec } from '../core/typed/typed-corpus.ts'
import { sweepTemporaries, writeIntoFolder } from './atomic-file.ts'
import { nodeErrors, nodeWarnings, reasonOf } from './errors.ts'
import { inputFile, Skipped } from './inputs/input-file.ts'
import { isAflOutput, readInputs } from './inputs/list-inputs.ts'
import { WatchedFolder } from './watched-folder.ts'

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
    // What AFL puts beside its queues is no news.
    this.#watched = directories
      .filter((directory) => !isAflOutput(directory))
      .map((directory) => new WatchedFolder(directory))
  }

  async load(): Promise<{ seeds: readonly SeedInput[]; warnings: readonly CorpusWarning[] }> {
    const warnings: CorpusWarning[] = []
    const [first, ...others] = this.#directories
    if (first !== undefined) {
      try {
        mkdirSync(first, { recursive: true })
        accessSync(first, constants.W_OK)
        sweepTemporaries(first)
      } catch (error) {
        this.#writable = false
        warnings.push(nodeWarnings.corpusWrite(first, error))
      }
    }
    for (const directory of others) if (!existsSync(directory)) throw nodeErrors.corpusMissing(directory)
    // What comes while they are read is read twice rather than never.
    for (const folder of this.#watched) folder.notice()
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
    const skipped = new Skipped(this.#codec)
    for (const folder of this.#watched) {
      for (const path of folder.news()) {
        const bytes = skipped.read(inputFile(path))
        if (bytes !== null) seeds.push({ name: path, bytes })
      }
    }
    return seeds
  }
}
