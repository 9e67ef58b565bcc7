// Instrumented modules on disk, by content: instrumenting takes seconds, reading takes a millisecond.
//
//   <cache>/<sha256 of everything that decides the result>.fuzzbox = sha256 of the rest (32 bytes) | v8.serialize(entry)
//
// A file that does not match its own hash is ignored and written again, so nothing here can do harm or needs locks.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { ABI_VERSION } from '../../assembly/abi.ts'
import { CACHE_FILES_MAX } from '../core/limits.ts'
import type { PreparedTarget } from '../core/target/prepared.ts'
import { writeAtomically } from './atomic-file.ts'
import { instrumentationFingerprint, packageVersion } from './package-files.ts'

interface CacheEntry {
  readonly target: PreparedTarget
  /** Path and content hash (null: no such file) of every file that the source imports. */
  readonly dependencies: readonly (readonly [string, string | null])[]
}

const ENDING = '.fuzzbox'
const HASH_BYTES = 32

/** node_modules/.cache/fuzzbox of the project one is in, or the user's own cache. */
function cacheFolder(): string {
  const chosen = process.env['FUZZBOX_CACHE']
  if (chosen) return resolve(chosen)
  if (existsSync('node_modules')) return resolve('node_modules/.cache/fuzzbox')
  const userCache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  return join(userCache, 'fuzzbox')
}

/** The key of what instrumenting `sources` with `options` gives. */
export function cacheKey(sources: readonly (Uint8Array | string | null)[], options: unknown): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([ABI_VERSION, packageVersion(), options]))
  hash.update(instrumentationFingerprint())
  for (const source of sources) hash.update(`|${source?.length ?? '-'}|`).update(source ?? '')
  return hash.digest('hex')
}

/** Null when there is nothing under this key, or nothing that can be trusted. */
export function readCached(key: string, folder: string = cacheFolder()): PreparedTarget | null {
  try {
    const file = readFileSync(join(folder, key + ENDING))
    const payload = file.subarray(HASH_BYTES)
    if (!createHash('sha256').update(payload).digest().equals(file.subarray(0, HASH_BYTES))) return null
    const entry = deserialize(payload) as CacheEntry
    return entry.dependencies.every(([path, hash]) => hashOfFile(path) === hash) ? entry.target : null
  } catch {
    return null
  }
}

/** Never fails: a cache that cannot be written only costs time. */
export async function writeCached(
  key: string,
  target: PreparedTarget,
  dependencies: readonly string[],
  folder: string = cacheFolder(),
): Promise<void> {
  const entry: CacheEntry = { target, dependencies: dependencies.map((path) => [path, hashOfFile(path)] as const) }
  const payload = serialize(entry)
  const hash = createHash('sha256').update(payload).digest()
  try {
    await writeAtomically(join(folder, key + ENDING), Buffer.concat([hash, payload]))
    forgetOldest(folder)
  } catch {
    // Read-only or full disk: the next start instruments again.
  }
}

/** The files of the cache, and only those. */
export function cachedFiles(folder: string = cacheFolder()): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^[0-9a-f]{64}$/.test(name.slice(0, -ENDING.length)) && name.endsWith(ENDING))
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}

function forgetOldest(folder: string): void {
  const files = readdirSync(folder).filter((name) => name.endsWith(ENDING))
  if (files.length <= CACHE_FILES_MAX) return
  const byAge = files.map((name) => ({ name, ms: statSync(join(folder, name)).mtimeMs })).sort((a, b) => a.ms - b.ms)
  for (const { name } of byAge.slice(0, files.length - CACHE_FILES_MAX)) rmSync(join(folder, name), { force: true })
}

function hashOfFile(path: string): string | null {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch {
    return null
  }
}
