import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Budget } from '../../src/core/campaign/budget.ts'

describe('a budget of executions', () => {
  test('without a limit grants everything', () => {
    const budget = new Budget(null)
    expect([budget.take(1e9), budget.takeForSlice(1e9), budget.isSpent]).toEqual([1e9, 1e9, false])
  })

  test('never lets a slice have all of what is left while there is much of it', () => {
    const budget = new Budget(80_000)
    expect(budget.takeForSlice(1e9)).toBe(10_000)
    expect(budget.takeForSlice(1e9)).toBe(8_750)
  })

  test('keeps what was reserved from everybody else', () => {
    const budget = new Budget(100)
    const held = budget.reserve(5)
    expect(budget.take(1_000)).toBe(95)
    expect([budget.take(1), budget.isSpent, budget.left]).toEqual([0, true, 5])
    budget.takeReserved(held)
    expect(budget.left).toBe(0)
  })

  test('grants exactly its runs, whoever asks in whatever order and gives back what', () => {
    const step = fc.record({
      wanted: fc.nat(5_000),
      used: fc.double({ min: 0, max: 1, noNaN: true }),
      slice: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.array(step), (runs, steps) => {
        const budget = new Budget(runs)
        let done = 0
        for (const { wanted, used, slice } of steps) {
          const granted = slice ? budget.takeForSlice(wanted) : budget.take(wanted)
          const executed = Math.floor(granted * used)
          done += executed
          budget.giveBack(granted - executed)
          expect(done + budget.left).toBe(runs)
        }
        while (!budget.isSpent) done += budget.takeForSlice(1_000)
        expect(done).toBe(runs)
      }),
    )
  })
})
