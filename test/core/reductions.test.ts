import { describe, expect, test } from 'vitest'
import { REDUCTIONS_EVERY_SLICES } from '../../src/core/limits.ts'
import type { Discovered } from '../../src/core/worker/protocol.ts'
import { Reductions } from '../../src/core/worker/reductions.ts'
import { discovery } from './scripted-worker.ts'

const form = (length: number): Uint8Array => new Uint8Array(length).fill(7)
const step = (from: number | null, to: number): Discovered => ({
  ...discovery(form(to), 1),
  replaces: from === null ? null : form(from),
})
const told = (discoveries: readonly Discovered[]): [number | null, number][] =>
  discoveries.map(({ input, replaces }) => [replaces?.length ?? null, input.length])

describe('an input that gets shorter', () => {
  test('in the slice in which it was found is told in its last form, as new', () => {
    expect(told(new Reductions().settle([step(null, 9), step(9, 7), step(7, 2)], false))).toEqual([[null, 2]])
  })

  test('over several slices is told as one step from the form that the host knows', () => {
    const reductions = new Reductions()
    expect(told(reductions.settle([step(null, 9)], false))).toEqual([[null, 9]])
    expect(told(reductions.settle([step(9, 7)], false))).toEqual([])
    expect(told(reductions.settle([step(7, 4)], false))).toEqual([])
    expect(reductions.isEmpty).toBe(false)
    expect(told(reductions.settle([], true))).toEqual([[9, 4]])
    expect(reductions.isEmpty).toBe(true)
  })

  test(`is told every ${REDUCTIONS_EVERY_SLICES} slices, whether the campaign ends or not`, () => {
    const reductions = new Reductions()
    reductions.settle([step(null, 9), step(null, 8)], false)
    const slices = Array.from({ length: REDUCTIONS_EVERY_SLICES }, (_, slice) =>
      told(reductions.settle(slice === 0 ? [step(8, 3)] : [], false)),
    )
    expect(slices.flat()).toEqual([[8, 3]])
  })
})
