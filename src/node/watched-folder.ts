// A folder into which others may put files, looked at from time to time: a question to the file system costs nothing as
// long as nothing has changed, and works on every system and network disk, where notifications do not.

import { readdirSync, statSync } from 'node:fs'
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

  /** Paths of the files that were not there at the last call; sub-folders are not looked into. */
  news(): string[] {
    try {
      const changedMs = statSync(this.#path).mtimeMs
      if (changedMs === this.#changedMs) return []
      // A folder that changed just now may change once more without showing it.
      this.#changedMs = Date.now() - changedMs < COARSE_MS ? -1 : changedMs
      return readdirSync(this.#path, { withFileTypes: true })
        .filter((entry) => entry.isFile() && !this.#known.has(entry.name) && !isForeign(entry.name))
        .map(({ name }) => {
          this.#known.add(name)
          return join(this.#path, name)
        })
    } catch {
      // Whoever writes to it will hear why it is not there.
      return []
    }
  }
}
