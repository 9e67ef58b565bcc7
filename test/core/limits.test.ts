import { expect, test } from 'vitest'
import * as limits from '../../src/core/limits.ts'

/** What only shapes a report, cuts work into portions, or is another row in another unit. */
const UNTOLD = new Set([
  'FUEL_MAX',
  'SLICE_MS_MAX',
  'SLICE_EXECUTIONS_MAX',
  'EXPLORE_BATCH_JOBS_MAX',
  'SHRINK_TIMEOUT_EXECUTIONS_MAX',
  'STATUS_LINES_MAX',
  'HEX_LINES_MAX',
])

test('the table that doctor prints has every maximum, each under a name of its own', () => {
  const told = limits.NAMED_LIMITS.map(({ value }) => value)
  const maxima = Object.entries(limits).filter(([name]) => name.endsWith('_MAX') && !UNTOLD.has(name))
  const untold = maxima.filter(([, value]) => !told.includes(value as number)).map(([name]) => name)
  expect(untold).toEqual([])
  const names = limits.NAMED_LIMITS.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})
