// Findings in a folder of the page's own storage, named as on disk: crash-<sha1> is the input, or the recipe of an
// exploration, and the same name with .json what is known of it.

import { StorageLost, type FindingRecord, type FindingStore, type StoredFinding } from '../core/campaign/corpus.ts'
import type { RecipeRecord, RecipeStore } from '../core/explore/finding-desk.ts'
import { fileNameOf } from '../core/findings/finding.ts'
import { sha1Hex } from '../core/hash.ts'
import type { SessionPlace } from '../core/runtime.ts'
import { codecOf } from '../core/typed/typed-corpus.ts'
import { browserWarnings, messageOf } from './errors.ts'
import { LazyFolder } from './page-folder.ts'

export class PageFindings implements FindingStore, RecipeStore {
  readonly #folder: LazyFolder
  readonly #place: SessionPlace

  constructor(path: string, place: SessionPlace) {
    this.#folder = new LazyFolder(path)
    this.#place = place
  }

  /** An input, or a recipe, which has its text in its record. */
  write(finding: FindingRecord, input: Uint8Array, replaces: string | null): Promise<StoredFinding>
  write(record: RecipeRecord, replaces: string | null): Promise<StoredFinding>
  async write(
    known: FindingRecord | RecipeRecord,
    given: Uint8Array | string | null,
    replaces: string | null = null,
  ): Promise<StoredFinding> {
    if ('recipe' in known) {
      const file = new TextEncoder().encode(`${known.recipe}\n`)
      return await this.#file(known, file, await sha1Hex(file), given as string | null)
    }
    const codec = codecOf(this.#place.target.types)
    const file = codec.encodeFile(given as Uint8Array)
    const { inputBase64: _, ...about } = known
    return await this.#file(about, file, await codec.nameOf(file), replaces)
  }

  /** A page has no command line. */
  replayOf(): null {
    return null
  }

  async #file(
    about: Pick<FindingRecord, 'kind'>,
    file: Uint8Array,
    inputName: string,
    replaces: string | null,
  ): Promise<StoredFinding> {
    const folder = await this.#folder.open()
    if (!folder) {
      const warning = browserWarnings.noStorage(`what is found (${this.#folder.path})`, this.#folder.problem ?? '')
      return { path: null, replay: null, warning }
    }
    const name = fileNameOf(about.kind, inputName)
    const { target, seed } = this.#place
    const facts = { formatVersion: 1, ...about, target: target.name, moduleHash: target.hash, seed }
    try {
      await folder.write(name, file)
      await folder.write(`${name}.json`, new TextEncoder().encode(JSON.stringify(facts, whole, 2)))
    } catch (error) {
      throw new StorageLost(`the findings folder ${folder.path}`, messageOf(error))
    }
    const before = replaces?.slice(replaces.lastIndexOf('/') + 1)
    if (before !== undefined && before !== name) {
      await folder.remove(before)
      await folder.remove(`${before}.json`)
    }
    return { path: `${folder.path}/${name}`, replay: null, warning: null }
  }
}

/** Words of 64 bits are text in JSON. */
function whole(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
