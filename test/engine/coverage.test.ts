import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { COUNTERS_BASE, ENTRY_NONE, FLAGS_BASE, REGION_SEEN, REGION_TRACE } from '../../assembly/abi.ts'
import { insides, type Inner, type Rig } from './rig.ts'
import { target } from './targets.ts'

interface Shape {
  readonly starts: readonly number[]
  readonly edges: number
}

/** Many functions of 0 to 52 edges, so that scans start anywhere and run over into their neighbours. */
const MANY: Shape = { starts: Array.from({ length: 150 }, (_, f) => Math.floor((f * f * 7) / 40)), edges: 3925 }
/** Few enough edges to be looked at all together. */
const FEW: Shape = { starts: [0, 1, 1, 20, 37], edges: 50 }

let STARTS = MANY.starts
let EDGES = MANY.edges

async function use(shape: Shape): Promise<void> {
  STARTS = shape.starts
  EDGES = shape.edges
  engine = await insides(target(STARTS, EDGES, '(i32.const 0)'))
}

let engine: Rig & { inner: Inner }

beforeEach(() => use(MANY))

/** The scalar model of a bucket. */
function bucketOf(count: number): number {
  if (count === 0) return 0
  const floors = [1, 2, 3, 4, 8, 16, 32, 128]
  return 1 << floors.findLastIndex((floor) => count >= floor)
}

/** A run: counts by edge, as a target would leave them, flags included. */
type Run = ReadonlyMap<number, number>

const counts = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 0x7fff_ffff }))
const runOf = (edges: number): fc.Arbitrary<Run> =>
  fc
    .array(fc.tuple(fc.nat(edges - 1), counts), { maxLength: 40 })
    .map((pairs) => new Map(pairs.toSorted(([a], [b]) => a - b)))

function functionOf(edge: number): number {
  return STARTS.findLastIndex((first, f) => first <= edge && (STARTS[f + 1] ?? EDGES) > edge)
}

function leave(counted: Run): void {
  const { engine: facade } = engine
  for (const [edge, count] of counted) {
    facade.setWord(COUNTERS_BASE + 4 * edge, count)
    facade.bytes()[FLAGS_BASE + functionOf(edge)] = 1
  }
}

function suspects(): number[] {
  const base = engine.inner.suspectsAddress()
  const found: number[] = []
  while (found.length < EDGES && engine.engine.word(base + 4 * found.length) !== 0xffff_ffff) {
    found.push(engine.engine.word(base + 4 * found.length))
  }
  return found
}

function isClear(): boolean {
  const bytes = engine.engine.bytes()
  const flags = bytes.subarray(FLAGS_BASE, FLAGS_BASE + STARTS.length + 64)
  const counters = bytes.subarray(COUNTERS_BASE, COUNTERS_BASE + 4 * (EDGES + 16))
  return flags.every((byte) => byte === 0) && counters.every((byte) => byte === 0)
}

describe('classification', () => {
  test('sixteen counters at once fall into the buckets of the scalar model', () => {
    const { engine: facade, inner } = engine
    const to = facade.address(REGION_TRACE)
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(0), counts), { minLength: 16, maxLength: 16 }), (sixteen) => {
        sixteen.forEach((count, i) => facade.setWord(COUNTERS_BASE + 4 * i, count))
        inner.classifySixteen(to)
        expect([...facade.bytes().subarray(to, to + 16)]).toEqual(sixteen.map(bucketOf))
      }),
    )
  })

  test('one counter falls into the bucket of the scalar model, at every border', () => {
    for (let count = 0; count < 300; count++) expect(engine.inner.bucketOf(count)).toBe(bucketOf(count))
    expect(engine.inner.bucketOf(0x7fff_ffff)).toBe(128)
  })
})

describe('observe', () => {
  test.each([
    ['many', MANY],
    ['few', FEW],
  ])('of %s edges reports exactly the features that were not seen, in order, and leaves nothing', async (_, shape) => {
    await use(shape)
    const { engine: facade, inner } = engine
    const seenAt = facade.address(REGION_SEEN)
    fc.assert(
      fc.property(runOf(EDGES), fc.array(fc.tuple(fc.nat(EDGES - 1), fc.nat(255))), (counted, known) => {
        facade.bytes().fill(0, seenAt, seenAt + EDGES)
        for (const [edge, buckets] of known) facade.bytes()[seenAt + edge] = buckets
        facade.bytes().fill(0xff, inner.suspectsAddress(), inner.suspectsAddress() + 4 * EDGES)
        const before = facade.seen()
        leave(counted)

        const looksNew = inner.observe()

        const expected = [...counted]
          .filter(([edge, count]) => (bucketOf(count) & ~before[edge]!) !== 0)
          .map(([edge, count]) => (edge << 8) | bucketOf(count))
        expect(suspects()).toEqual(expected)
        expect(looksNew).toBe(expected.length > 0 ? 1 : 0)
        expect(facade.seen()).toEqual(before)
        expect(isClear()).toBe(true)
      }),
    )
  })

  test('sees the last function and the last edge', () => {
    leave(new Map([[EDGES - 1, 1]]))
    expect(engine.inner.observe()).toBe(1)
    expect(isClear()).toBe(true)
  })

  test('a run in which nothing was entered is not new', () => {
    expect(engine.inner.observe()).toBe(0)
  })
})

describe('observeTrace', () => {
  test('records every edge with its raw count, and leaves nothing behind', () => {
    fc.assert(
      fc.property(runOf(EDGES), (counted) => {
        leave(counted)
        engine.inner.observeTrace()
        expect(engine.engine.trace().pairs).toEqual([...counted])
        expect(isClear()).toBe(true)
      }),
    )
  })

  test('its hash tells buckets apart, not counts', () => {
    const hashOf = (pairs: [number, number][]): string => {
      leave(new Map(pairs))
      engine.inner.observeTrace()
      return engine.engine.trace().hash
    }
    expect(hashOf([[3, 4], [9, 1]])).toBe(hashOf([[3, 7], [9, 1]])) // prettier-ignore
    const different = [
      hashOf([]),
      hashOf([[3, 8]]),
      hashOf([[3, 4]]),
      hashOf([[4, 4]]),
      hashOf([[3, 4], [4, 4]]), // prettier-ignore
    ]
    expect(new Set(different).size).toBe(different.length)
  })
})

test('hits count once per sampled run and edge, and leave the counters alone', () => {
  const hits = (edge: number): number => engine.engine.word(engine.inner.edgeHitsAddress() + 4 * edge)
  leave(new Map([[3, 70], [200, 1]])) // prettier-ignore
  engine.inner.countHits(ENTRY_NONE)
  engine.inner.countHits(ENTRY_NONE)
  expect([hits(3), hits(4), hits(200)]).toEqual([2, 0, 2])
  engine.inner.observeTrace()
  expect(engine.engine.trace().pairs).toHaveLength(2)
})

test('an input that owns features is matched bucket by bucket', () => {
  const { engine: facade, inner } = engine
  const list = inner.scratchAddress()
  facade.setWord(list, (3 << 8) | 8)
  facade.setWord(list + 4, (200 << 8) | 1)
  const reached = (pairs: [number, number][]): number => {
    leave(new Map(pairs))
    const all = inner.reachedAll(list, 2)
    inner.observeTrace()
    return all
  }
  expect(reached([[3, 5], [200, 1]])).toBe(1) // prettier-ignore
  expect(reached([[3, 5], [200, 1], [7, 1]])).toBe(1) // prettier-ignore
  expect(reached([[3, 8], [200, 1]])).toBe(0) // prettier-ignore
  expect(reached([[3, 5]])).toBe(0)
  // What was missed last is asked for first.
  expect(facade.word(list)).toBe((200 << 8) | 1)
  expect(facade.word(list + 4)).toBe((3 << 8) | 8)
})

test('edges of a harness never count as new', () => {
  engine.engine.exports.ignoreEdges(10, 20)
  leave(new Map([[10, 1], [29, 99]])) // prettier-ignore
  expect(engine.inner.observe()).toBe(0)
  leave(new Map([[9, 1], [30, 99]])) // prettier-ignore
  expect(engine.inner.observe()).toBe(1)
})
