// A file is there whole or not at all: written beside its place, then renamed.

import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

let count = 0

/** Writes `bytes` to `path`, creating its folder; throws what the file system throws, and leaves nothing behind. */
export async function writeAtomically(path: string, bytes: Uint8Array | string): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, `.fuzzbox-${process.pid}-${count++}`)
  await mkdir(folder, { recursive: true })
  try {
    await writeFile(temporary, bytes)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
}
