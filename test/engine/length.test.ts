import { beforeEach, describe, expect, test } from 'vitest'
import { insides, type Inner, type Rig } from './rig.ts'
import { QUIET } from './targets.ts'

const INPUT_MAX = 1000

let engine: Rig & { inner: Inner }
const limit = (): number => engine.engine.exports.lengthLimit()

beforeEach(async () => {
  engine = await insides(QUIET, { inputMax: INPUT_MAX })
})

describe('length control', () => {
  test('starts at 4 bytes and rises by log2 of the limit after 100 times as many executions without a find', () => {
    expect(limit()).toBe(4)
    engine.inner.updateLengthLimit(199n)
    expect(limit()).toBe(4)
    engine.inner.updateLengthLimit(200n)
    expect(limit()).toBe(6)
    engine.inner.updateLengthLimit(400n)
    expect(limit()).toBe(8)
    engine.inner.updateLengthLimit(699n)
    expect(limit()).toBe(8)
    engine.inner.updateLengthLimit(700n)
    expect(limit()).toBe(11)
  })

  test('a find starts the waiting anew', () => {
    engine.inner.noteFind(150n, 1)
    engine.inner.updateLengthLimit(349n)
    expect(limit()).toBe(4)
    engine.inner.updateLengthLimit(350n)
    expect(limit()).toBe(6)
  })

  test('a longer find raises the limit to its length, a shorter one never lowers it', () => {
    engine.inner.noteFind(10n, 300)
    expect(limit()).toBe(300)
    engine.inner.noteFind(20n, 3)
    expect(limit()).toBe(300)
  })

  test('never passes the largest input', () => {
    engine.inner.updateLengthLimit(100_000_000n)
    expect(limit()).toBe(INPUT_MAX)
    engine.inner.noteFind(10n, INPUT_MAX)
    expect(limit()).toBe(INPUT_MAX)
  })

  test('factor 0 allows every length at once', () => {
    engine.engine.exports.setLengthControl(0)
    engine.engine.exports.ready()
    expect(limit()).toBe(INPUT_MAX)
  })

  test('holds in the loop: no mutant is longer than the limit of its time', () => {
    engine.offer('seed')
    let longest = 0
    for (let i = 0; i < 5_000; i++) {
      engine.engine.exports.slice(1)
      longest = Math.max(longest, engine.input().length)
      expect(engine.input().length).toBeLessThanOrEqual(limit())
    }
    expect(longest).toBeGreaterThan(16)
    expect(limit()).toBeLessThan(100)
  })
})
