// The correctness proof of instrumentation: random modules behave the same with and without it, and a restore brings
// back exactly the state that was captured.
import { describe, expect, test } from 'vitest'
import { type Comparison, compare } from '../generate/compare.ts'

const SHARDS = 6
const PER_SHARD = 40

const done: Comparison[] = []

describe('instrumented modules', () => {
  test.each(Array.from({ length: SHARDS }, (_, shard) => shard * PER_SHARD + 1))(
    'behave as written and restore completely, seeds from %i',
    (first) => {
      for (let seed = first; seed < first + PER_SHARD; seed++) {
        const comparison = compare(seed)
        done.push(comparison)
        expect(comparison.differences, `seed ${seed}`).toEqual([])
      }
    },
  )

  test('were made to do enough for that to mean something', () => {
    const traps = new Set(done.flatMap(({ traps }) => traps))
    const calls = done.reduce((sum, { calls }) => sum + calls, 0)
    const trapped = done.reduce((sum, { traps }) => sum + traps.length, 0)
    expect(done.length).toBe(SHARDS * PER_SHARD)
    expect(traps.size).toBeGreaterThanOrEqual(8)
    expect(trapped / calls).toBeGreaterThan(0.05)
    expect(trapped / calls).toBeLessThan(0.6)
    expect(done.filter(({ restored }) => restored).length).toBeGreaterThan(150)
  })
})
