// The dictionary that a campaign recommends: what it had to learn, in a form that the next one takes.
import { beforeAll, expect, test } from 'vitest'
import { parseDictionary, quoteToken } from '../../src/core/campaign/dictionary-file.ts'
import type { EndEvent } from '../../src/core/campaign/events.ts'
import { recommend } from '../../src/core/campaign/recommended.ts'
import { summaryText } from '../../src/report/summary.ts'
import { wat } from '../support/targets.ts'
import { campaignHere, engineHere } from './here.ts'

beforeAll(engineHere)

/** The word that is asked for stands nowhere in the module: it is made when the program runs. */
const WORD = Uint8Array.from([0x22, 0x01, 0x5a, 0x6b, 0x7c, 0xd8, 0x39, 0x4a])
const TARGET = `(module (memory (export "memory") 1) (global $mask (mut i64) (i64.const 0x5555555555555555))
  (func (export "fuzz") (param $p i32) (param $n i32) (result i32)
    (if (i32.lt_u (local.get $n) (i32.const 8)) (then (return (i32.const 0))))
    (if (i64.eq (i64.load (local.get $p)) (i64.xor (global.get $mask) (i64.const 0x1f6c8d293e0f5477))) (then (return (i32.const 1))))
    (i32.const 0)))`

async function ended(dictionary: readonly Uint8Array[]): Promise<EndEvent> {
  const { end } = await campaignHere({ module: wat(TARGET), seed: 1, workers: 1, dictionary, limits: { runs: 4_000 } })
  return end
}

test('a learned token that led to something new is recommended, in the form that --dict reads', async () => {
  const end = await ended([])
  const tokens = end.recommendedDictionary!.map(({ token }) => token)
  expect(tokens).toContain(quoteToken(WORD))
  expect(end.edges).toBe(3)
  const printed = summaryText(end, 'target')
  const file = printed.slice(printed.indexOf('######'), printed.lastIndexOf('######'))
  expect(parseDictionary(file, 'printed').map(quoteToken)).toEqual(tokens)
})

test('a token that the user has given is not recommended', async () => {
  const { recommendedDictionary = [] } = await ended([WORD])
  expect(recommendedDictionary.map(({ token }) => token)).not.toContain(quoteToken(WORD))
})

test('what several workers learned is added up, the most useful first', () => {
  const [a, b, c] = ['aa', 'bb', 'c"\\'].map((text) => new TextEncoder().encode(text)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ]
  const learned = [
    { token: a, uses: 1 },
    { token: b, uses: 2 },
    { token: a, uses: 2 },
    { token: c, uses: 2 },
  ]
  expect(recommend(learned, [])).toEqual([
    { token: '"aa"', uses: 3 },
    { token: '"bb"', uses: 2 },
    { token: '"c\\"\\\\"', uses: 2 },
  ])
  expect(recommend(learned, [b]).map(({ token }) => token)).toEqual(['"aa"', '"c\\"\\\\"'])
})

test('a piece of an input is not recommended: what is long, and what only holds a word that was as useful', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  const learned = [
    { token: bytes('width'), uses: 3 },
    { token: bytes('width=7'), uses: 3 },
    { token: bytes('a line of the input, and'), uses: 9 },
    { token: bytes('one that is longer than any word'), uses: 99 },
  ]
  expect(recommend(learned, []).map(({ token }) => token)).toEqual(['"a line of the input, and"', '"width"'])
})

test('every byte comes back from its quotes', () => {
  const all = Uint8Array.from({ length: 120 }, (_, index) => index)
  const more = Uint8Array.from({ length: 120 }, (_, index) => 136 + index)
  expect(parseDictionary(`${quoteToken(all)}\n${quoteToken(more)} # uses: 2`, 'file')).toEqual([all, more])
})
