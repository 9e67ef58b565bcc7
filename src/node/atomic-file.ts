// A file is there whole or not at all: written beside its place, then renamed.

import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

let count = 0

/** Writes `bytes` to `path`, creating its folder; throws what the file system throws, and leaves nothing behind. */
export async function writeAtomically(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeIntoFolder(path, bytes)
}

/** The same where the folder must be there already: one that has vanished is the caller's to speak of. */
export async function writeIntoFolder(path: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = join(dirname(path), `.fuzzbox-${process.pid}-${count++}`)
  try {
    await writeFile(temporary, bytes)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
}
