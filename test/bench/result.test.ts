// A benchmark that cannot show a loss is a defect: rows must say when a goal is missed, in both directions.
import { expect, test } from 'vitest'

import { type Measured, row } from '../../bench/lib/result.ts'
import { geometricMean, summarize } from '../../bench/lib/statistics.ts'

const rate: Measured = {
  target: 'json',
  metric: 'executions',
  unit: '1/s',
  ours: [30, 80, 40],
  peer: 'libFuzzer',
  theirs: [10, 10, 10],
  goal: 4,
}

test('meets a goal for rates from the ratio asked for on, by the median of the pairs', () => {
  expect(row(rate)).toMatchObject({ ratio: { median: 4, min: 3, max: 8, n: 3 }, met: true })
  expect(row({ ...rate, ours: [39, 80, 39] })).toMatchObject({ met: false })
})

test('meets a goal for costs up to the ratio asked for', () => {
  const cost = { ...rate, unit: 'ns/execution', goal: 1.5 }
  expect(row({ ...cost, ours: [15, 15, 16] })).toMatchObject({ met: true })
  expect(row({ ...cost, ours: [15, 16, 16] })).toMatchObject({ met: false })
})

test('takes the ratio pair by pair, not of the medians', () => {
  const ratio = row({ ...rate, ours: [10, 100, 50], theirs: [100, 10, 50] }).ratio
  expect(ratio).toEqual({ median: 1, min: 0.1, max: 10, n: 3 })
})

test('judges nothing where no goal was set', () => {
  expect(row({ ...rate, goal: null }).met).toBeNull()
})

test('summarizes an even number of measurements by the mean of the middle two', () => {
  expect(summarize([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4, n: 4 })
  expect(geometricMean([1, 4, 16])).toBeCloseTo(4)
})
