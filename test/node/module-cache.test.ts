import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CACHE_FILES_MAX } from '../../src/core/limits.ts'
import type { PreparedTarget } from '../../src/core/target/prepared.ts'
import { cacheKey, readCached, writeCached } from '../../src/node/module-cache.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzzbox-cache-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const target = { name: 'x', module: { original: new Uint8Array([1, 2]) } } as unknown as PreparedTarget

describe('the cache of instrumented modules', () => {
  test('gives back what was put in', async () => {
    await writeCached('k', target, [], folder)
    expect(readCached('k', folder)).toEqual(target)
    expect(readCached('other', folder)).toBeNull()
  })

  test('has another key for every other source, option or kind of source', () => {
    const keys = [
      cacheKey([new Uint8Array([1]), null], { fuel: 1 }),
      cacheKey([new Uint8Array([2]), null], { fuel: 1 }),
      cacheKey([new Uint8Array([1]), null], { fuel: 2 }),
      cacheKey([new Uint8Array([1]), ''], { fuel: 1 }),
      cacheKey(['ab', 'c'], {}),
      cacheKey(['a', 'bc'], {}),
    ]
    expect(new Set(keys).size).toBe(keys.length)
    expect(cacheKey([new Uint8Array([1]), null], { fuel: 1 })).toBe(keys[0])
  })

  test('does not trust a file that was cut short or changed', async () => {
    await writeCached('k', target, [], folder)
    const path = join(folder, readdirSync(folder)[0]!)
    const whole = readFileSync(path)
    for (const damaged of [whole.subarray(0, -1), whole.subarray(0, 5), Buffer.alloc(0), flipped(whole)]) {
      writeFileSync(path, damaged)
      expect(readCached('k', folder)).toBeNull()
    }
  })

  test('forgets what was compiled from imports that have changed since, or came into being', async () => {
    const imported = join(folder, 'helper.ts')
    const absent = join(folder, 'absent.ts')
    writeFileSync(imported, 'one')
    await writeCached('k', target, [imported, absent], folder)
    expect(readCached('k', folder)).toEqual(target)
    writeFileSync(absent, 'now there')
    expect(readCached('k', folder)).toBeNull()
    rmSync(absent)
    writeFileSync(imported, 'two')
    expect(readCached('k', folder)).toBeNull()
  })

  test('keeps so many files and no more', async () => {
    for (let index = 0; index < CACHE_FILES_MAX + 3; index++) await writeCached(`k${index}`, target, [], folder)
    expect(readdirSync(folder)).toHaveLength(CACHE_FILES_MAX)
  })

  test('that cannot be written costs nothing but time', async () => {
    writeFileSync(join(folder, 'file'), '')
    await writeCached('k', target, [], join(folder, 'file/cache'))
    expect(readCached('k', join(folder, 'file/cache'))).toBeNull()
  })
})

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy[copy.length - 1]! ^= 1
  return copy
}
