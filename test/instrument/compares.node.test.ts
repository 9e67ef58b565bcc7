// What the pass `compares` makes of each kind of compare, letter for letter.
import { expect, test } from 'vitest'
import { golden, goldenNames, only } from '../golden/golden.ts'

for (const name of goldenNames('compares'))
  test(`compares/${name}.wat becomes ${name}.out.wat`, () => {
    const { actual, expected } = golden('compares', name, only([], { compares: true }))
    expect(actual).toBe(expected)
  })
