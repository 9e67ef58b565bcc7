// The correctness proof of instrumentation: random modules behave the same with and without it, and a restore brings
// back exactly the state that was captured; whether the module keeps a memory of its own or has it inside the engine's.
import { describe, expect, test } from 'vitest'
import { type Comparison, compare } from '../generate/compare.ts'
import { type Layout, LAYOUTS } from '../generate/sandbox.ts'

const PER_SHARD = 40
/** What a module does has been seen already when its memory is moved: fewer will do. */
const SHARDS: Readonly<Record<Layout, number>> = { 'two memories': 6, 'one memory': 2 }

describe.each(LAYOUTS)('instrumented modules, %s,', (layout: Layout) => {
  const done: Comparison[] = []
  const shards = SHARDS[layout]

  test.each(Array.from({ length: shards }, (_, shard) => shard * PER_SHARD + 1))(
    'behave as written and restore completely, seeds from %i',
    (first) => {
      for (let seed = first; seed < first + PER_SHARD; seed++) {
        const comparison = compare(seed, {}, layout)
        done.push(comparison)
        expect(comparison.differences, `seed ${seed}`).toEqual([])
      }
    },
  )

  test('were made to do enough for that to mean something', () => {
    const traps = new Set(done.flatMap(({ traps }) => traps))
    const calls = done.reduce((sum, { calls }) => sum + calls, 0)
    const trapped = done.reduce((sum, { traps }) => sum + traps.length, 0)
    expect(done.length).toBe(shards * PER_SHARD)
    expect(traps.size).toBeGreaterThanOrEqual(8)
    expect(trapped / calls).toBeGreaterThan(0.05)
    expect(trapped / calls).toBeLessThan(0.6)
    expect(done.filter(({ restored }) => restored).length).toBeGreaterThan(0.6 * done.length)
  })
})
