// Findings of an exploration on disk: fuzz/findings/<target>/crash-<sha1> holds the recipe as text, the same name with .json
// what is known of it, as with findings of `fuzzbox run`.

import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StorageLost } from '../core/campaign/corpus.ts'
import type { RecipeRecord, RecipeStore } from '../core/explore/finding-desk.ts'
import { fileNameOf } from '../core/findings/finding.ts'
import type { SessionPlace } from '../core/runtime.ts'
import { writeAtomically } from './atomic-file.ts'
import { reasonOf } from './errors.ts'
import { quoted } from './findings-folder.ts'
import { packageVersion } from './package-files.ts'

export class RecipesFolder implements RecipeStore {
  readonly #folder: string
  readonly #place: SessionPlace

  constructor(folder: string, place: SessionPlace) {
    this.#folder = folder
    this.#place = place
  }

  async write(record: RecipeRecord, replaces: string | null): Promise<{ path: string; replay: string | null }> {
    const text = `${record.recipe}\n`
    // One timeline may fail in several ways, and then it is one recipe for several findings.
    const digest = createHash('sha1').update(text).update(record.key).digest('hex')
    const path = join(this.#folder, fileNameOf(record.kind, digest))
    const replay = this.#replayOf(path)
    try {
      await writeAtomically(path, text)
      await writeAtomically(`${path}.json`, `${JSON.stringify(this.#describe(record, replay), whole, 2)}\n`)
      if (replaces !== null && replaces !== path) {
        await rm(replaces, { force: true })
        await rm(`${replaces}.json`, { force: true })
      }
      return { path, replay }
    } catch (error) {
      throw new StorageLost(`the findings directory ${this.#folder}`, reasonOf(error))
    }
  }

  #describe(record: RecipeRecord, replay: string | null): object {
    const { target } = this.#place
    const confirmed = record.reproduceRuns > 0 ? record.reproduced === record.reproduceRuns : null
    const versions = { fuzzbox: packageVersion(), node: process.version }
    return { formatVersion: 1, ...record, confirmed, target: target.name, moduleHash: target.hash, versions, replay }
  }

  /** Null for a module that has no path to name. */
  #replayOf(path: string): string | null {
    const { module, replayArguments } = this.#place
    if (typeof module !== 'string' && !(module instanceof URL)) return null
    const modulePath = typeof module === 'string' ? module : fileURLToPath(module)
    const words = ['npx fuzzbox replay', quoted(modulePath), '--recipe', quoted(path), ...replayArguments.map(quoted)]
    return words.join(' ')
  }
}

/** Words of 64 bits are text in JSON. */
function whole(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
