// Figures that experts will check: known values of the two statistics, both ways round.
import { expect, test } from 'vitest'

import { mannWhitney, smallerShare } from '../../bench/lib/rank-statistics.ts'

test('tells how often ours is smaller, ties half', () => {
  expect(smallerShare([1, 2], [3, 4])).toBe(1)
  expect(smallerShare([3, 4], [1, 2])).toBe(0)
  expect(smallerShare([1, 2], [2, 1])).toBe(0.5)
  expect(smallerShare([1], [1, 2])).toBe(0.75)
})

test('calls a difference by chance what may well be one', () => {
  expect(mannWhitney([1, 2, 3], [1, 2, 3])).toBeCloseTo(1)
  expect(mannWhitney([5, 5, 5], [5, 5, 5])).toBeCloseTo(1)
})

test('has the p of a sample that was worked out by hand', () => {
  // U = 0 of 25, standard deviation √(25 · 11 / 12), with continuity: z = 12 / 4.787 = 2.507.
  const p = mannWhitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])
  expect(p).toBeCloseTo(0.01219, 4)
  expect(mannWhitney([6, 7, 8, 9, 10], [1, 2, 3, 4, 5])).toBeCloseTo(p, 10)
})
