// What the compares stage does besides when nothing is found any more: it mends mutants, and keeps what comes nearer.
import { describe, expect, test } from 'vitest'

import { byteAt, open, shorter, solve, target, when, word } from '../support/solving.ts'

const MOST = 400_000
const unless = (condition: string): string => `(if (i32.eqz ${condition}) (then (return (i32.const 0))))`

/** What is behind it cannot be reached unless each change of a payload changes its checksum too. */
const checksummed = target(`${shorter(8)}
  ${unless(`(i32.eq ${word(4)} (i32.add (i32.mul ${word(0)} (i32.const 0x01000193)) (i32.rotl ${word(0)} (i32.const 7))))`)}
  ${unless(`(i32.eq ${byteAt(0)} (i32.const 0x42))`)}
  ${when(`(i32.eq ${byteAt(1)} (i32.const 0x7e))`)}`)

/** A length that counts what follows it, to the byte, and a bug for a body of a certain length. */
const counted = target(`${shorter(2)}
  ${unless(`(i32.eq (i32.load16_u (local.get $at)) (i32.sub (local.get $size) (i32.const 2)))`)}
  ${unless(`(i32.eq ${byteAt(2)} (i32.const 0x61))`)}
  ${when(`(i32.and (i32.gt_u (local.get $size) (i32.const 9)) (i32.eq ${byteAt(3)} (i32.const 0x62)))`)}`)

/** Seven bits, each for one constraint; coverage sees that all hold, and nothing before. */
const bit = (condition: string, index: number): string =>
  `(local.set $sum (i32.or (local.get $sum) (i32.shl ${condition} (i32.const ${index}))))`
const together = target(`${shorter(16)}
  ${bit(`(i32.eq (i32.load16_u (local.get $at)) (i32.const 0x5442))`, 0)}
  ${bit(`(i32.eq ${byteAt(2)} (i32.const 24))`, 1)}
  ${bit(`(i32.eq ${word(3)} (i32.const 0xcafed00d))`, 2)}
  ${bit(`(i32.eq (i32.rem_u ${byteAt(7)} (i32.const 37)) (i32.const 5))`, 3)}
  ${bit(`(i32.eq (i32.and ${word(8)} (i32.const 0x0ff0)) (i32.const 0x0a50))`, 4)}
  ${bit(`(i32.eq (i32.rem_u ${byteAt(13)} (i32.const 41)) (i32.const 7))`, 5)}
  ${bit(`(i32.eq (i32.sub ${byteAt(14)} ${byteAt(15)}) (i32.const 100))`, 6)}
  ${when('(i32.eq (local.get $sum) (i32.const 127))')}`)

describe('when nothing is found any more', () => {
  test('a checksum follows the bytes that it covers', async () => {
    expect(solve(await open(checksummed), MOST)).not.toBe(null)
  })

  test('a length follows what it counts', async () => {
    expect(solve(await open(counted), MOST)).not.toBe(null)
  })

  test('constraints that only hold together are met one after the other', async () => {
    expect(solve(await open(together), MOST)).not.toBe(null)
  })

  test('neither happens where the mechanism is left out', async () => {
    expect(solve(await open(checksummed, {}, true, ['repair']), MOST)).toBe(null)
    expect(solve(await open(together, {}, true, ['frontier']), MOST)).toBe(null)
  })

  test('slices of any length run the same inputs', async () => {
    const [whole, cut] = [await open(together), await open(together)]
    const most = 80_000
    solve(whole, most)
    solve(cut, most, 997)
    expect(cut.executionsBegun()).toBe(whole.executionsBegun())
    expect(cut.currentInput()).toEqual(whole.currentInput())
    expect(cut.statistics()).toEqual(whole.statistics())
  })

  test('what came nearer is not added to the corpus, but for what meets a compare that no entry meets', async () => {
    const [near, far] = [await open(together), await open(together, {}, true, ['frontier'])]
    expect(solve(near, 100_000)).not.toBe(null)
    expect(solve(far, 100_000)).toBe(null)
    // The program has seven compares, and one of them all.
    expect(near.statistics().corpus).toBeGreaterThan(far.statistics().corpus)
    expect(near.statistics().corpus).toBeLessThanOrEqual(far.statistics().corpus + 8)
  })
})

test('nothing of the second build runs where compares are left out', async () => {
  const sandbox = await open(checksummed, {}, true, ['compares'])
  expect(solve(sandbox, 20_000)).toBe(null)
  expect(sandbox.statistics().compares).toMatchObject({ executions: 0 })
})
