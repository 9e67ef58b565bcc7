// Instrumented modules by content: instrumenting takes seconds, reading takes a millisecond. The last few stay in memory;
// all are kept in the origin's Cache Storage, where it has one, under names that no server answers to.

import { ABI_VERSION } from '../../assembly/abi.ts'
import { sha256Hex } from '../core/hash.ts'
import { CACHE_FILES_MAX } from '../core/limits.ts'
import type { PreparedTarget } from '../core/target/prepared.ts'
import { readPrepared, writePrepared } from '../core/target/prepared-file.ts'
import fingerprint from './bundled/fingerprint.js'

const CACHE = 'fuzzbox'
const MEMORY_MODULES_MAX = 8

const memory = new Map<string, PreparedTarget>()

/** The key of what instrumenting `sources` with `options` gives. */
export async function cacheKey(sources: readonly (Uint8Array | string)[], options: unknown): Promise<string> {
  const encoder = new TextEncoder()
  const hashes = await Promise.all(sources.map((source) => sha256Hex(toBytes(source))))
  return await sha256Hex(encoder.encode(JSON.stringify([ABI_VERSION, fingerprint, hashes, options])))
}

/** Null where nothing is kept under this key, or nothing may be. */
export async function readCached(key: string): Promise<PreparedTarget | null> {
  const known = memory.get(key)
  if (known) return known
  try {
    const found = await (await caches.open(CACHE)).match(nameOf(key))
    if (!found) return null
    const target = readPrepared(new Uint8Array(await found.arrayBuffer()))
    remember(key, target)
    return target
  } catch {
    return null
  }
}

/** Never fails: a cache that cannot be written only costs time. */
export async function writeCached(key: string, target: PreparedTarget): Promise<void> {
  remember(key, target)
  try {
    const cache = await caches.open(CACHE)
    await cache.put(nameOf(key), new Response(new Blob([writePrepared(target)])))
    // The names come in the order in which they were put.
    const names = await cache.keys()
    await Promise.all(names.slice(0, Math.max(0, names.length - CACHE_FILES_MAX)).map((name) => cache.delete(name)))
  } catch {
    // No storage here, or none left.
  }
}

function remember(key: string, target: PreparedTarget): void {
  memory.set(key, target)
  const [oldest] = memory.keys()
  if (memory.size > MEMORY_MODULES_MAX && oldest !== undefined) memory.delete(oldest)
}

function nameOf(key: string): string {
  return `https://fuzzbox.invalid/${key}`
}

function toBytes(source: Uint8Array | string): Uint8Array {
  return typeof source === 'string' ? new TextEncoder().encode(source) : source
}
