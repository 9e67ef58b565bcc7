import { expect, test } from 'vitest'
import { countPaths } from '../../instrument/cfg/paths.ts'

const sites = (...pairs: [number, number][]): Map<number, number> => new Map(pairs)

test('adds up the ways to a function through every call site', () => {
  // 0 calls 1 twice and 2 once; 1 calls 2 three times; nobody calls 3.
  const calls = [sites([1, 2], [2, 1]), sites([2, 3]), sites(), sites()]
  expect([...countPaths(calls, new Uint8Array(4))]).toEqual([1, 2, 7, 1])
})

test('starts anew below recursive functions, whose own counters carry fuel', () => {
  // 0 calls 1 ten times; 1 calls itself, and 2 twice.
  const calls = [sites([1, 10]), sites([1, 1], [2, 2]), sites()]
  expect([...countPaths(calls, new Uint8Array([0, 1, 0]))][2]).toBe(2)
})

test('survives more paths than a number can count', () => {
  const calls = Array.from({ length: 1100 }, (_, n) => (n < 1099 ? sites([n + 1, 2]) : sites()))
  expect(countPaths(calls, new Uint8Array(1100))[1099]).toBe(Infinity)
})
