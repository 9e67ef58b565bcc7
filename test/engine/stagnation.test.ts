import { expect, test } from 'vitest'
import { CONTROL_EXECUTIONS } from '../../assembly/abi.ts'
import { insides } from './rig.ts'
import { QUIET } from './targets.ts'

test('the search has run dry when a quarter of all executions brought nothing, and goes on with the next find', async () => {
  const { inner, engine } = await insides(QUIET)
  const at = (executions: number): boolean => {
    engine.setWord(CONTROL_EXECUTIONS, executions)
    return inner.stagnated() !== 0
  }
  expect(at(100_000), 'too early to say').toBe(false)
  expect(at(140_000)).toBe(true)
  inner.noteProgress()
  expect(at(140_001)).toBe(false)
  at(10_000_000)
  inner.noteProgress()
  expect(at(13_300_000)).toBe(false)
  expect(at(13_400_000)).toBe(true)
})
