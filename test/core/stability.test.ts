import { expect, test } from 'vitest'
import { Stability } from '../../src/core/campaign/stability.ts'

test('a campaign is stable when nothing new came for as long as was said', () => {
  const stability = new Stability(1_000)
  stability.noteNew(500)
  expect(stability.isStable(1_499)).toBe(false)
  stability.noteNew(1_400)
  expect(stability.isStable(1_500)).toBe(false)
  expect(stability.isStable(2_400)).toBe(true)
})

test('what was noted late does not turn the clock back', () => {
  const stability = new Stability(1_000)
  stability.noteNew(2_000)
  stability.noteNew(500)
  expect(stability.isStable(2_500)).toBe(false)
})

test('the time before the first note does not count, and without a limit no time does', () => {
  expect(new Stability(1_000).isStable(1e9)).toBe(false)
  const never = new Stability(null)
  never.noteNew(0)
  expect(never.isStable(1e9)).toBe(false)
})
