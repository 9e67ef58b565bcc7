// A folder into which others may put files, looked at from time to time: a question to the file system costs nothing as
// long as nothing has changed, and works on every system and network disk, where notifications do not.

import { lstatSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isForeign } from './inputs/foreign-files.ts'

/** File systems tell when a folder changed to about this many milliseconds: a change so soon after a look may not show. */
const COARSE_MS = 100

export class WatchedFolder {
  readonly #path: string
  readonly #known: Set<string> = new Set()
  #changedMs = -1

  constructor(path: string) {
    this.#path = path
  }

  /** A file that is about to be written by ourselves. */
  expect(name: string): void {
    this.#known.add(name)
  }

  /** Takes what is there now for known. */
  notice(): void {
    for (const name of this.#unknownNames()) this.#known.add(name)
  }

  /** Paths of the files that were not there at the last call; sub-folders are not looked into. */
  news(): string[] {
    return this.#unknownNames().flatMap((name) => {
      const path = join(this.#path, name)
      if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return []
      this.#known.add(name)
      return path
    })
  }

  /** Names alone: with a type for each of them, a look at a large folder takes several times as long and as much memory. */
  #unknownNames(): string[] {
    try {
      const changedMs = statSync(this.#path).mtimeMs
      if (changedMs === this.#changedMs) return []
      // A folder that changed just now may change once more without showing it.
      this.#changedMs = Date.now() - changedMs < COARSE_MS ? -1 : changedMs
      return readdirSync(this.#path).filter((name) => !this.#known.has(name) && !isForeign(name))
    } catch {
      // Whoever writes to it will hear why it is not there.
      return []
    }
  }
}
