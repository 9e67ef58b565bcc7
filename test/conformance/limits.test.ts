// What may be spent: every limit is exact, none is spent twice, and what makes no sense is refused.
import { beforeAll, describe, expect, test } from 'vitest'
import { MemoryCorpus } from '../../src/core/campaign/corpus.ts'
import type { FuzzOptions } from '../../src/core/fuzz.ts'
import { campaignHere, engineHere } from '../core/here.ts'
import { input, refusal, wat } from '../support/targets.ts'
import { target } from './targets.ts'

beforeAll(engineHere)

/** Fails with forty bytes and more, so that there is much to shrink. */
const LONG = target('(if (i32.ge_u (local.get $n) (i32.const 40)) (then unreachable))')

/** Fails when both texts are long: each of them is shrunk, and both are paid from one budget. */
const TWO_TEXTS = wat(
  `(module (memory (export "memory") 1)
    (func (export "join") (param i32 i32 i32 i32)
      (if (i32.and (i32.ge_u (local.get 1) (i32.const 5)) (i32.ge_u (local.get 3) (i32.const 5))) (then unreachable))))`,
  'texts.wat',
)

/** A record of two texts: each is its length, four bytes, and its bytes. */
const twoTexts = (one: string, other: string): Uint8Array =>
  new Uint8Array([one, other].flatMap((text) => [text.length, 0, 0, 0, ...input(text)]))

const CASES: Readonly<Record<string, FuzzOptions & { readonly failing: Uint8Array }>> = {
  'an input of bytes': { module: LONG, failing: input('x'.repeat(200)) },
  'two arguments': {
    module: TWO_TEXTS,
    entry: 'join',
    types: 'bytes,string',
    failing: twoTexts('x'.repeat(90), 'y'.repeat(90)),
  },
}

describe('--minimize-runs', () => {
  test.each(Object.entries(CASES))('is that many calls of the target and no more: %s', async (_, options) => {
    const callsWith = async (minimizeRuns: number): Promise<{ calls: number; sizeBytes: number }> => {
      const { failing, ...rest } = options
      const limits = { runs: 0, minimizeRuns }
      const { calls, end } = await campaignHere({ ...rest, corpus: new MemoryCorpus([failing]), seed: 1, limits })
      expect(end.executions).toBe(calls())
      expect(end.findings).toHaveLength(1)
      return { calls: calls(), sizeBytes: end.findings[0]!.sizeBytes }
    }
    const without = await callsWith(0)
    expect(without.sizeBytes).toBe(options.failing.length)
    for (const runs of [1, 3, 17]) {
      const shrunk = await callsWith(runs)
      expect(shrunk.calls - without.calls).toBe(runs)
      expect(shrunk.sizeBytes).toBeLessThanOrEqual(without.sizeBytes)
    }
    expect((await callsWith(17)).sizeBytes).toBeLessThan(without.sizeBytes)
  })
})

describe('a limit that makes no sense', () => {
  test.each<[Partial<FuzzOptions>, string]>([
    [{ limits: { runs: 1.5 } }, 'runs'],
    [{ limits: { time: -1 } }, 'time'],
    [{ limits: { time: '-1s' } }, 'time'],
    [{ limits: { minimizeRuns: -1 } }, 'minimizeRuns'],
    [{ limits: { minimizeRuns: 0.5 } }, 'minimizeRuns'],
    [{ limits: { minimizeTime: -1 } }, 'minimizeTime'],
    [{ limits: { minimizeTime: 'long' } }, 'minimizeTime'],
    [{ workers: 0 }, 'workers'],
    [{ workers: -2 }, 'workers'],
    [{ workers: 1.5 }, 'workers'],
  ])('%j is refused by name', async (options, name) => {
    const refused = await refusal(campaignHere({ module: LONG, ...options }))
    expect(refused).toMatchObject({ code: 'E_OPTION', message: expect.stringContaining(`"${name}"`) })
  })
})
