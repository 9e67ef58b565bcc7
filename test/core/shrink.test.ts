import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Shrinker } from '../../src/core/findings/shrink.ts'

const never = (): boolean => false

/** True where `part` occurs in `whole` in order, with anything in between. */
function isSubsequence(part: Uint8Array, whole: Uint8Array): boolean {
  let at = 0
  for (const byte of whole) if (byte === part[at]) at++
  return at === part.length
}

function shrink(input: Uint8Array, keeps: (candidate: Uint8Array) => boolean, executionsMax = 100_000): Uint8Array {
  const shrinker = new Shrinker(input, executionsMax)
  shrinker.step(keeps, never)
  return shrinker.best
}

describe('shrinking', () => {
  test('finds the needle in the haystack', () => {
    const input = new TextEncoder().encode(`${'x'.repeat(700)}FUZZ${'y'.repeat(300)}`)
    const keeps = (candidate: Uint8Array): boolean => new TextDecoder().decode(candidate).includes('FUZZ')
    expect(new TextDecoder().decode(shrink(input, keeps))).toBe('FUZZ')
  })

  test('leaves exactly what is needed, whatever that is', () => {
    const needed = fc.uint8Array({ maxLength: 6 })
    const noise = fc.array(fc.uint8Array({ maxLength: 9 }), { minLength: 7, maxLength: 7 })
    fc.assert(
      fc.property(needed, noise, (part, around) => {
        const input = Uint8Array.from([...around[6]!, ...[...part].flatMap((byte, index) => [...around[index]!, byte])])
        const best = shrink(input, (candidate) => isSubsequence(part, candidate))
        expect(best).toEqual(part)
      }),
    )
  })

  test('never answers with an input that does not keep the finding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.nat(20), (input, executionsMax) => {
        const sum = (bytes: Uint8Array): number => bytes.reduce((total, byte) => total + byte, 0)
        const keeps = (candidate: Uint8Array): boolean => sum(candidate) % 7 === sum(input) % 7
        expect(keeps(shrink(input, keeps, executionsMax))).toBe(true)
      }),
    )
  })

  test("turns bytes that do not matter into '0', else into space", () => {
    const input = Uint8Array.from([1, 2, 3, 4])
    const keeps = (candidate: Uint8Array): boolean => candidate.length === 4 && candidate[1] !== 0x30
    expect(new TextDecoder().decode(shrink(input, keeps))).toBe('0 00')
  })

  test('spends no more executions than it was given', () => {
    let executions = 0
    const shrinker = new Shrinker(new Uint8Array(1_000), 17)
    shrinker.step(() => (executions++, false), never)
    expect(executions).toBe(17)
    expect(shrinker.done).toBe(true)
  })

  test('comes to the same end in steps of one as in one go', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (input) => {
        const keeps = (candidate: Uint8Array): boolean => candidate.includes(input[0]!)
        const stepwise = new Shrinker(input, 10_000)
        while (!stepwise.done) expect(stepwise.step(keeps, () => true)).toBe(1)
        expect(stepwise.best).toEqual(shrink(input, keeps))
      }),
    )
  })
})
