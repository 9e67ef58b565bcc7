// A corpus in a folder of the page's own storage, in the same files as on disk: one an input, named by its SHA-1. Where
// the page may store nothing, the corpus lives as long as the session, and says so.

import { StorageLost, type Corpus, type CorpusWarning, type SeedInput } from '../core/campaign/corpus.ts'
import { SEED_FILES_MAX } from '../core/limits.ts'
import { SkippedFiles, type InputCodec } from '../core/typed/typed-corpus.ts'
import { browserWarnings, messageOf } from './errors.ts'
import { LazyFolder } from './page-folder.ts'

export class PageCorpus implements Corpus {
  readonly #folder: LazyFolder
  readonly #codec: InputCodec
  /** Names of the files that were written, by the ids of their inputs. */
  readonly #names: Map<string, string> = new Map()

  constructor(path: string, codec: InputCodec) {
    this.#folder = new LazyFolder(path)
    this.#codec = codec
  }

  async load(): Promise<{ seeds: readonly SeedInput[]; warnings: readonly CorpusWarning[] }> {
    const folder = await this.#folder.open()
    if (!folder) {
      const warning = browserWarnings.noStorage(`the corpus ${this.#folder.path}`, this.#folder.problem ?? '')
      return { seeds: [], warnings: [warning] }
    }
    const skipped = new SkippedFiles()
    const seeds: SeedInput[] = []
    for await (const { name, file } of folder.files()) {
      if (seeds.length >= SEED_FILES_MAX || file.size > this.#codec.fileBytesMax) continue
      const seed = skipped.read(this.#codec, name, new Uint8Array(await file.arrayBuffer()))
      if (seed) seeds.push(seed)
    }
    return { seeds, warnings: skipped.warnings }
  }

  async keep(id: string, bytes: Uint8Array): Promise<void> {
    const folder = await this.#folder.open()
    if (!folder) return
    const file = this.#codec.encodeFile(bytes)
    const name = file === bytes ? id : await this.#codec.nameOf(file)
    this.#names.set(id, name)
    try {
      await folder.write(name, file)
    } catch (error) {
      throw new StorageLost(`the corpus ${folder.path}`, messageOf(error))
    }
  }

  async replace(before: string, id: string, bytes: Uint8Array): Promise<void> {
    await this.keep(id, bytes)
    const name = this.#names.get(before) ?? before
    this.#names.delete(before)
    if (name !== this.#names.get(id)) await (await this.#folder.open())?.remove(name)
  }
}
