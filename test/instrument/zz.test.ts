import { expect, test } from 'vitest'
import { compare } from '../generate/compare.ts'
test('x', () => {
  for (let seed = 1; seed < 241; seed++) {
    const comparison = compare(seed, {}, 'one memory')
    expect(comparison.differences, `seed ${seed}`).toEqual([])
  }
}, 100000)
