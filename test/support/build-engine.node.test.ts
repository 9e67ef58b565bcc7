import { expect, inject, test } from 'vitest'

test('the engine compiles', () => {
  expect(inject('engineProblem')).toBe('')
})
