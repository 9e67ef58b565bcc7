import { describe, expect, test } from 'vitest'
import { workerSeed } from '../../src/core/campaign/worker-seed.ts'

describe("a worker's seed", () => {
  test.each([0, 1, 0xffff_ffff, Number.MAX_SAFE_INTEGER])("is the user's for the first worker: %d", (seed) => {
    const { seedLow, seedHigh } = workerSeed(seed, 0, 0)
    expect(seedHigh * 2 ** 32 + seedLow).toBe(seed)
  })

  test('is another for each of 64 workers and of the 1,000 that follow each, in either word', () => {
    const seeds = Array.from({ length: 64 }, (_, index) =>
      Array.from({ length: 1_000 }, (_, generation) => workerSeed(7, index, generation)),
    ).flat()
    expect(new Set(seeds.map(({ seedLow, seedHigh }) => `${seedHigh} ${seedLow}`)).size).toBe(64_000)
    expect(new Set(seeds.map(({ seedLow }) => seedLow)).size).toBeGreaterThan(63_900)
    expect(new Set(seeds.map(({ seedHigh }) => seedHigh)).size).toBeGreaterThan(63_900)
  })
})
