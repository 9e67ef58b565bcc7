// What repeats, and what is counted: whole campaigns with several workers, a real engine and a real target.
import { beforeAll, describe, expect, test } from 'vitest'
import { MemoryCorpus } from '../../src/core/campaign/corpus.ts'
import type { SessionEvent } from '../../src/core/campaign/events.ts'
import type { FuzzOptions } from '../../src/core/fuzz.ts'
import { input, wat } from '../support/targets.ts'
import { campaignHere, engineHere, type CampaignHere } from './here.ts'

beforeAll(engineHere)

/** Many ways to go, and a bug behind three bytes. */
const MAZE = wat(
  `(module (memory (export "memory") 1)
    (func $boom (unreachable))
    (func (export "LLVMFuzzerTestOneInput") (param $p i32) (param $n i32) (result i32) (local $i i32) (local $x i32)
      (block $done (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $n)))
        (local.set $x (i32.add (i32.mul (local.get $x) (i32.const 31))
                               (i32.load8_u (i32.add (local.get $p) (local.get $i)))))
        (if (i32.eq (i32.and (local.get $x) (i32.const 15)) (i32.const 7)) (then
          (if (i32.eq (i32.and (local.get $x) (i32.const 255)) (i32.const 7)) (then
            (if (i32.eq (i32.and (local.get $x) (i32.const 4095)) (i32.const 7)) (then (call $boom)))))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
      (i32.const 0)))`,
  'maze.wat',
)

const run = async (options: Partial<FuzzOptions>): Promise<CampaignHere> =>
  await campaignHere({ module: MAZE, seed: 7, workers: 2, ...options })

const told = ({ events }: { readonly events: readonly SessionEvent[] }): string =>
  events.map((event) => JSON.stringify(event)).join('\n')

describe('a deterministic campaign', () => {
  test.each([1, 2, 3])('with %i workers gives the same events, byte for byte', async (workers) => {
    const options = { workers, deterministic: true, limits: { runs: 300_000 } }
    const first = await run(options)
    expect(first.end).toMatchObject({ reason: 'runs', executions: 300_000 })
    expect(first.end.findings).toHaveLength(1)
    expect(first.end.inputsNew).toBeGreaterThan(3)
    expect(told(await run(options))).toBe(told(first))
  })

  test('gives others with another seed, or with another number of workers', async () => {
    const limits = { runs: 60_000 }
    const first = told(await run({ deterministic: true, limits }))
    expect(told(await run({ deterministic: true, limits, seed: 8 }))).not.toBe(first)
    expect(told(await run({ deterministic: true, limits, workers: 1 }))).not.toBe(first)
  })
})

describe('--runs', () => {
  test.each([
    [1, 1],
    [2, 2],
    [997, 1],
    [5_000, 2],
    [100_000, 3],
  ])(
    '%i with %i workers is that many calls of the target: warm-up, shrinking and confirming included',
    async (runs, workers) => {
      const corpus = new MemoryCorpus([input('a'), input('bb'), input('some seed')])
      const { end, calls } = await run({ workers, corpus, limits: { runs } })
      expect(end).toMatchObject({ reason: 'runs', executions: runs })
      expect(calls()).toBe(runs)
    },
  )

  test('leaves enough for a finding to be shrunk and confirmed', async () => {
    const { end } = await run({ deterministic: true, limits: { runs: 100_000 } })
    expect(end.findings).toMatchObject([{ reproduced: 3, reproduceRuns: 3, confirmed: true }])
    const { end: unshrunk } = await run({ deterministic: true, limits: { runs: 100_000, minimizeRuns: 0 } })
    expect(end.findings[0]!.sizeBytes).toBeLessThan(unshrunk.findings[0]!.sizeBytes)
  })
})
