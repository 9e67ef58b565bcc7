import { expect, test } from 'vitest'

import { WITHOUT_ENERGY, WITHOUT_TRIM } from '../../assembly/abi.ts'
import { MECHANISMS, withoutWord, type Mechanism } from '../../src/core/mechanisms.ts'

test('each mechanism that a measurement may leave out has a bit of its own', () => {
  const bits = MECHANISMS.map((name) => withoutWord([name]))
  expect(new Set(bits).size).toBe(MECHANISMS.length)
  expect(withoutWord(MECHANISMS)).toBe(bits.reduce((sum, bit) => sum + bit, 0))
  expect(withoutWord(['energy', 'trim'])).toBe(WITHOUT_ENERGY | WITHOUT_TRIM)
})

test('a mechanism that there is not is refused, and those that there are are named', () => {
  expect(() => withoutWord(['luck' as Mechanism])).toThrow(/energy.*trim/)
})
