import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { INPUT_BASE, REGION_DICTIONARY } from '../../assembly/abi.ts'
import { FIRST_FOR_TEXTS, OPERATORS } from './operators.ts'
import { insides, type Inner, type Rig } from './rig.ts'
import { QUIET } from './targets.ts'

const NOT_APPLIED = -1
const INPUT_MAX = 300
/** Written beyond the limit, and looked for again afterwards. */
const GUARD_BYTES = 64
const DONOR = new TextEncoder().encode(
  'the donor: 12345, a corpus entry [of some length] that others take blocks from.',
)
const TOKEN = new TextEncoder().encode('<token>')

let engine: Rig & { inner: Inner }

beforeAll(async () => {
  engine = await insides(QUIET, { inputMax: INPUT_MAX })
  const { inner, offer } = engine
  expect(offer(DONOR)).toBe(1)
  writeTokens()
  inner.prepareOperators(-1)
})

/** One user token and, in its own slots, one learned token. */
function writeTokens(): void {
  const { engine: facade } = engine
  expect(facade.writeDictionary([TOKEN])).toBe(1)
  const dictionary = facade.address(REGION_DICTIONARY)
  const autoSlot = dictionary + 16 + 4096 * 128
  facade.bytes()[autoSlot] = TOKEN.length
  facade.bytes().set(TOKEN, autoSlot + 1)
  facade.setWord(dictionary + 4, 1)
}

interface Applied {
  readonly after: Uint8Array
  readonly length: number
  readonly beyond: Uint8Array
  readonly touched: readonly [number, number]
}

function apply(id: number, before: Uint8Array, limit: number, seed: number): Applied {
  const { engine: facade, inner } = engine
  const bytes = facade.bytes()
  const end = Math.max(limit, before.length)
  bytes.fill(0xa5, INPUT_BASE, INPUT_BASE + end + GUARD_BYTES)
  bytes.set(before, INPUT_BASE)
  inner.clearTouched()
  facade.exports.seed(seed, 77)
  const length = inner.applyOperator(id, before.length, limit)
  return {
    length,
    after: bytes.slice(INPUT_BASE, INPUT_BASE + (length === NOT_APPLIED ? before.length : length)),
    beyond: bytes.slice(INPUT_BASE + end, INPUT_BASE + end + GUARD_BYTES),
    touched: [inner.touchedStart() >>> 0, inner.touchedEnd() >>> 0],
  }
}

/** Bytes as they come, and texts with numbers in them, which some operators need. */
const input = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom('a', ' ', ':', '-', '[]', '("b")', '{x y}'),
        fc.integer({ min: -99999, max: 99999 }).map(String),
      ),
    )
    .map((parts) => new TextEncoder().encode(parts.join('').slice(0, 200))),
)
const seed = fc.integer({ min: 0, max: 0x7fff_ffff })
const room = fc.nat(100)

describe.each(Object.entries(OPERATORS))('%s', (name, [id, promise]) => {
  test('stays inside the limit, reports what it touched, and does what it says', () => {
    const extra = name.startsWith('cross') ? DONOR : TOKEN
    let applied = 0
    fc.assert(
      fc.property(input, room, seed, (before, spare, seed) => {
        const limit = before.length + spare
        const { length, after, beyond, touched } = apply(id, before, limit, seed)
        expect(beyond.every((byte) => byte === 0xa5)).toBe(true)
        if (length === NOT_APPLIED) {
          expect(after).toEqual(before)
          return
        }
        applied++
        expect(length).toBeLessThanOrEqual(limit)
        for (let i = 0; i < Math.min(after.length, before.length); i++) {
          if (after[i] !== before[i]) expect(i >= touched[0] && i < touched[1]).toBe(true)
        }
        if (after.length > before.length) expect(touched[1]).toBeGreaterThanOrEqual(after.length)
        expect(promise(before, after, extra), `${name}: ${String(before)} became ${String(after)}`).toBe(true)
      }),
      { numRuns: 200, seed: id + 1 },
    )
    expect(applied).toBeGreaterThan(15)
  })

  test('never grows an input that is at its limit', () => {
    fc.assert(
      fc.property(input, seed, (before, seed) => {
        const { after, beyond } = apply(id, before, before.length, seed)
        expect(after.length).toBeLessThanOrEqual(before.length)
        expect(beyond.every((byte) => byte === 0xa5)).toBe(true)
      }),
      { numRuns: 100, seed: id + 1 },
    )
  })
})

test('whatever is picked, a mutant keeps the limit', () => {
  const { inner, engine: facade } = engine
  fc.assert(
    fc.property(input, fc.integer({ min: 1, max: 250 }), seed, (before, limit, seed) => {
      const start = before.subarray(0, limit)
      facade.bytes().set(start, INPUT_BASE)
      facade.exports.seed(seed, 5)
      const length = inner.mutate(start.length, limit)
      expect(length).toBeLessThanOrEqual(limit)
    }),
    { seed: 1 },
  )
})

test('words and brackets are looked for in texts, and in nothing else', () => {
  const { inner, engine: facade } = engine
  const picksAfter = (entry: Uint8Array): Set<number> => {
    facade.exports.ready()
    facade.bytes().set(entry, INPUT_BASE)
    inner.addEntry(INPUT_BASE, entry.length, inner.suspectsAddress(), 0, 1, -1)
    inner.prepareOperators(0)
    const found = new Set<number>()
    for (let i = 0; i < 3000; i++) {
      facade.bytes().set(new TextEncoder().encode('let a = (1, [2]); print "a" in b'), INPUT_BASE)
      inner.mutate(32, 64)
      found.add(facade.bytes()[0x480 + 16]! - 1)
    }
    return found
  }
  const forTexts = [39, 40, 41, 42, 43]
  const text = picksAfter(new TextEncoder().encode('let a = (1, [2]);\n'))
  expect(forTexts.filter((id) => text.has(id))).toEqual(forTexts)
  const binary = picksAfter(Uint8Array.of(1, 0, 0x80, 0xff, 97, 98, 0, 3))
  expect(forTexts.filter((id) => binary.has(id))).toEqual([])
})

test('every operator is picked, about as often as its weight says', () => {
  const { inner, engine: facade } = engine
  facade.exports.seed(9, 9)
  expect(facade.exports.corpusLength()).toBe(1)
  const found = new Map<number, number>()
  const start = new TextEncoder().encode('some text with the number 1234 in it, 64 bytes or so of it, ok?')
  for (let i = 0; i < 20_000; i++) {
    facade.bytes().set(start, INPUT_BASE)
    inner.mutate(start.length, 256)
    const id = facade.bytes()[0x480 + 16]! - 1
    found.set(id, (found.get(id) ?? 0) + 1)
  }
  // With one entry there is nobody to cross with.
  const expected = Object.entries(OPERATORS).filter(([name, [id]]) => !name.startsWith('cross') && id < FIRST_FOR_TEXTS)
  expect([...found.keys()].sort((a, b) => a - b)).toEqual(expected.map(([, [id]]) => id))
  const share = (name: string): number => (found.get(OPERATORS[name]![0]) ?? 0) / 20_000
  expect(share('insertClone') / share('shuffle')).toBeGreaterThan(1.5)
  expect(share('insertClone') / share('shuffle')).toBeLessThan(2.6)
})
