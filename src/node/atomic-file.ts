// A file is there whole or not at all: written beside its place, then renamed. The name in between says whose it is, so
// that what a killed process left behind can be told from what another is writing.

import { readdirSync, rmSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const TEMPORARY = /^\.fuzzbox-(\d+)-\d+$/
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
    await place(temporary, bytes, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
}

async function place(temporary: string, bytes: Uint8Array | string, path: string): Promise<void> {
  await writeFile(temporary, bytes)
  try {
    await rename(temporary, path)
  } catch (error) {
    // On a disk that machines share, another one cannot see that this process lives, and may have swept.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    await writeFile(temporary, bytes)
    await rename(temporary, path)
  }
}

/** Temporary files in `folder` whose process no longer lives. */
export function leftTemporaries(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => {
      const owner = TEMPORARY.exec(name)?.[1]
      return owner !== undefined && !isAlive(Number(owner))
    })
  } catch {
    return []
  }
}

/** Removes them; what cannot be removed stays. */
export function sweepTemporaries(folder: string): void {
  for (const name of leftTemporaries(folder)) {
    try {
      rmSync(join(folder, name), { force: true })
    } catch {
      // It is only litter.
    }
  }
}

function isAlive(processId: number): boolean {
  try {
    // Asks whether a signal could be sent, and sends none.
    return process.kill(processId, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
