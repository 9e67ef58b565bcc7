// Arguments of a target's own: what is found of them from nothing, by a campaign with hardly any runs.
import { beforeAll, describe, expect, test } from 'vitest'
import { campaignHere, engineHere } from '../core/here.ts'
import { wat } from '../support/targets.ts'

beforeAll(engineHere)

const NUMBERS = [
  ['i32,i64', 'i32 i64', '(i64.ne (local.get 1) (i64.const 0))'],
  ['f32,i8', 'f32 i32', '(i32.ne (local.get 1) (i32.const 0))'],
  ['u16,f64', 'i32 f64', '(f64.ne (local.get 1) (f64.const 0))'],
  ['rune,bool', 'i32 i32', '(local.get 1)'],
  ['bool,bytes', 'i32 i32 i32', '(local.get 2)'],
  ['string,u8', 'i32 i32 i32', '(local.get 2)'],
] as const

describe('of two arguments', () => {
  test.each(NUMBERS)(
    '%s, the second one with something in it is found within 100 calls',
    async (types, params, some) => {
      const module = wat(`(module (memory (export "memory") 1)
      (func (export "check") (param ${params}) (if ${some} (then unreachable))))`)
      for (const seed of [1, 2, 3]) {
        const { end } = await campaignHere({ module, entry: 'check', types, seed, limits: { runs: 100 } })
        expect(end.findings).toHaveLength(1)
        expect(end.findings[0]!.executions).toBeLessThanOrEqual(100)
      }
    },
  )

  test('both texts are given as they were drawn: one never shows in the place of the other', async () => {
    // Fails when a text is not what the other argument says of it: an A in the first, or a B in the second.
    const module = wat(`(module (memory (export "memory") 1)
      (func (export "check") (param i32 i32 i32 i32)
        (if (i32.and (i32.gt_u (local.get 1) (i32.const 0)) (i32.gt_u (local.get 3) (i32.const 0))) (then
          (if (i32.and (i32.eq (i32.load8_u (local.get 0)) (i32.const 65))
                       (i32.eq (i32.load8_u (local.get 2)) (i32.const 66))) (then unreachable))))))`)
    const options = { entry: 'check', types: 'bytes,bytes', seed: 1, limits: { runs: 300_000 } }
    const { end } = await campaignHere({ module, ...options })
    expect(end.findings).toMatchObject([{ arguments: ['[]byte("A")', '[]byte("B")'], reproduced: 3, confirmed: true }])
  })
})
