import { beforeEach, describe, expect, test } from 'vitest'
import {
  COUNTERS_BASE,
  FLAGS_BASE,
  INPUT_BASE,
  REGION_IMAGE,
  REGION_SEEN,
  SLICE_BUDGET,
  SLICE_CORPUS_FULL,
  SLICE_DISCOVERIES_FULL,
} from '../../assembly/abi.ts'
import { insides, rig, type Inner, type Rig } from './rig.ts'
import { byte, edge, enter, MAGIC, QUIET, target } from './targets.ts'

const ENTRY_NONE = -1

let engine: Rig & { inner: Inner }

beforeEach(async () => {
  engine = await insides(QUIET, { corpusBytes: 4096 })
})

/** Adds an entry straight to the arena: `length` bytes, `owned` features of edge 0, at `cost`. */
function add(length: number, cost = 1, owned = 1): boolean {
  const { inner } = engine
  engine.engine.setWord(inner.suspectsAddress(), 1)
  return inner.addEntry(INPUT_BASE, length, inner.suspectsAddress(), owned, cost, ENTRY_NONE) !== 0
}

describe('the arena', () => {
  test('takes entries until it is full, and a refused one leaves it as it was', () => {
    let entries = 0
    while (add(100)) entries++
    // 112 bytes of input and 16 of features each.
    expect(entries).toBe(4096 / 128)
    expect(engine.engine.exports.corpusLength()).toBe(entries)
    expect(engine.engine.exports.corpusBytesUsed()).toBe(4096)
    expect(add(0, 1, 0)).toBe(true)
    expect(engine.engine.exports.corpusLength()).toBe(entries + 1)
  })

  test('takes no more entries than it has records, however small they are', () => {
    let entries = 0
    while (add(0, 1, 0) && entries < 10_000) entries++
    expect(entries).toBe(256)
  })
})

test('a full corpus ends a slice, its finds are still told, and fuzzing goes on', async () => {
  // Every value of the first byte is an edge of its own: 256 entries of one byte.
  const wide = target(
    [0],
    257,
    `${enter(0)} ${edge(0)} (if (local.get $length) (then
       (local.set $i (i32.add (i32.const ${0x0100_0004}) (i32.mul ${byte(0)} (i32.const 4))))
       (i32.store $engine (local.get $i) (i32.add (i32.load $engine (local.get $i)) (i32.const 1))))) (i32.const 0)`,
  )
  const { engine: facade } = await rig(wide, { corpusBytes: 1024, inputMax: 8 })
  let full = 0
  let told = 0
  while (facade.executions() < 300_000) {
    if (facade.exports.slice(20_000) === SLICE_CORPUS_FULL) full++
    told += facade.drainDiscoveries().filter(({ kind }) => kind === 'new').length
  }
  expect(full).toBeGreaterThan(0)
  expect(facade.exports.corpusLength()).toBe(1024 / 32)
  expect(told).toBeGreaterThan(200)
  expect(facade.exports.edgesSeen()).toBeGreaterThanOrEqual(told)
})

describe('the schedule', () => {
  /** How often each entry is picked, after the first round in which each gets one batch. */
  function pickedShares(entries: number, picks: number): number[] {
    engine.engine.exports.seed(5, 5)
    const first = Array.from({ length: entries }, () => engine.inner.pickEntry())
    expect(first).toEqual(first.map((_, i) => i))
    return pickedAgain(entries, picks)
  }

  function pickedAgain(entries: number, picks: number): number[] {
    const counts = new Array<number>(entries).fill(0)
    for (let i = 0; i < picks; i++) counts[engine.inner.pickEntry()]!++
    return counts.map((count) => count / picks)
  }

  test('picks nothing while there is nothing, and new entries first, in order', () => {
    expect(engine.inner.pickEntry()).toBe(ENTRY_NONE)
    for (let i = 0; i < 3; i++) add(4)
    expect([0, 1, 2].map(() => engine.inner.pickEntry())).toEqual([0, 1, 2])
    engine.inner.pickEntry()
    add(4)
    expect(engine.inner.pickEntry()).toBe(3)
  })

  test('picks equal entries equally often', () => {
    for (let i = 0; i < 7; i++) add(4)
    for (const share of pickedShares(7, 3500)) expect(Math.abs(share - 1 / 7)).toBeLessThan(0.03)
  })

  test('picks cheap entries more often, and lets go of those that are picked without a find', () => {
    const costs = [0, 1000, 10_000]
    for (const cost of costs) add(0, cost)
    const runCosts = costs.map((cost) => cost + 64)
    const mean = runCosts.reduce((sum, cost) => sum + cost) / 3
    // An entry's weight falls with the root of its picks, so shares go to the weights' power of two thirds.
    const weights = runCosts.map((cost) => (mean / (mean + cost)) ** (2 / 3))
    const total = weights.reduce((sum, weight) => sum + weight)
    pickedShares(3, 4000).forEach((share, i) => expect(Math.abs(share - weights[i]! / total)).toBeLessThan(0.03))
  })

  test('picks the owners of rarely reached edges more often', async () => {
    engine = await insides(MAGIC)
    const { inner, engine: facade } = engine
    const list = inner.suspectsAddress()
    facade.setWord(inner.edgeHitsAddress(), 9999)
    facade.setWord(inner.edgeHitsAddress() + 4, 99)
    facade.setWord(list, (0 << 8) | 1)
    inner.addEntry(INPUT_BASE, 4, list, 1, 1, ENTRY_NONE)
    facade.setWord(list, (1 << 8) | 1)
    inner.addEntry(INPUT_BASE, 4, list, 1, 1, ENTRY_NONE)
    const [common, rare] = pickedShares(2, 4000)
    expect(rare! / common!).toBeGreaterThan(10 ** (2 / 3) - 0.5)
    expect(rare! / common!).toBeLessThan(10 ** (2 / 3) + 0.5)
  })

  test('turns to entries whose mutants reach rare edges, and from those whose samples tell nothing', async () => {
    engine = await insides(MAGIC)
    const { inner, engine: facade } = engine
    facade.setWord(facade.address(REGION_SEEN), 0x0101_0101)
    add(4)
    add(4)
    pickedShares(2, 200)
    // Edge 0 is common; one of ten samples of the second entry's mutants comes to the rare edge 1 as well.
    facade.setWord(inner.edgeHitsAddress(), 100_000)
    for (let sample = 0; sample < 400; sample++) {
      for (const entry of [0, 1]) {
        facade.bytes()[FLAGS_BASE] = 1
        facade.setWord(COUNTERS_BASE, 1)
        facade.setWord(COUNTERS_BASE + 4, entry === 1 && sample % 10 === 0 ? 1 : 0)
        inner.countHits(entry)
      }
    }
    const [dull, telling] = pickedAgain(2, 1000)
    expect(telling! / dull!).toBeGreaterThan(2)
  })

  test('gives costly entries shorter batches', () => {
    add(4, 10)
    add(4, 5_000)
    add(4, 5_000_000)
    expect([0, 1, 2].map((entry) => engine.inner.batchSize(entry))).toEqual([256, 51, 16])
  })
})

describe('the discoveries', () => {
  test('end the slice before one could be lost, and go on after they were drained', async () => {
    const made = await insides(MAGIC, { inputMax: 0x8_0000 })
    const { engine: facade, inner } = made
    made.offer('x')
    const data = facade.address(REGION_IMAGE)
    facade.bytes().fill(7, data, data + 100_000)
    let pushed = 0
    while (facade.exports.slice(0) === SLICE_BUDGET && facade.exports.slice(1) === SLICE_BUDGET) {
      inner.pushDiscovery(1, 0, 0, inner.suspectsAddress(), 1, 0, data, 100_000)
      pushed++
    }
    expect(facade.exports.slice(100)).toBe(SLICE_DISCOVERIES_FULL)
    const before = facade.executions()
    expect(facade.exports.slice(100)).toBe(SLICE_DISCOVERIES_FULL)
    expect(facade.executions()).toBe(before)
    const found = facade.drainDiscoveries().filter(({ input }) => input.length === 100_000)
    expect(found).toHaveLength(pushed)
    expect(found.every(({ kind, input }) => kind === 'reduced' && input.every((value) => value === 7))).toBe(true)
    expect(facade.exports.slice(100)).toBe(SLICE_BUDGET)
  })

  test('that do not fit are dropped, never half written', async () => {
    const { engine: facade, inner } = await insides(QUIET, { inputMax: 0x8_0000 })
    const data = facade.address(REGION_IMAGE)
    for (let i = 0; i < 40; i++) inner.pushDiscovery(0, 0, 0, inner.suspectsAddress(), 1, 0, data, 100_000)
    const found = facade.drainDiscoveries()
    expect(found.length).toBeLessThan(40)
    expect(found.every(({ input }) => input.length === 100_000)).toBe(true)
    expect(facade.drainDiscoveries()).toEqual([])
  })
})
