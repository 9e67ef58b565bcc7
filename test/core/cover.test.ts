import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coverOf, type Candidate } from '../../src/core/minimize/cover.ts'
import { encodeFeatures, FeatureSet, visitFeatures } from '../../src/core/minimize/features.ts'

const feature = fc.tuple(fc.nat(60), fc.nat(7)).map(([edge, bit]) => (edge << 8) | (1 << bit))
const features = fc.uniqueArray(feature, { maxLength: 12 }).map((list) => list.sort((a, b) => a - b))
const candidate = fc
  .record({ features, sizeBytes: fc.nat(4), cost: fc.nat(3) })
  .map((about): Candidate => ({ ...about, features: encodeFeatures(about.features) }))
const candidates = fc.array(candidate, { maxLength: 25 })

function decoded({ features: encoded }: Pick<Candidate, 'features'>): number[] {
  const list: number[] = []
  visitFeatures(encoded, (edge, bucket) => list.push((edge << 8) | bucket))
  return list
}

function union(inputs: readonly Candidate[]): number[] {
  return [...new Set(inputs.flatMap(decoded))].sort((a, b) => a - b)
}

/** The same choice by looking at every input every time. */
function plainGreedy(inputs: readonly Candidate[]): number[] {
  const covered = new Set<number>()
  const chosen: number[] = []
  for (;;) {
    const ranked = inputs
      .map((input, index) => ({ index, ...input, gain: decoded(input).filter((one) => !covered.has(one)).length }))
      .sort((a, b) => b.gain - a.gain || a.sizeBytes - b.sizeBytes || a.cost - b.cost || a.index - b.index)
    const [best] = ranked
    if (!best || best.gain === 0) return chosen
    chosen.push(best.index)
    for (const one of decoded(best)) covered.add(one)
  }
}

describe('features on their way to a journal', () => {
  test('come back as they were, however far apart their edges are', () => {
    const far = fc.uniqueArray(
      fc.tuple(fc.nat(2 ** 24 - 1), fc.nat(7)).map(([edge, bit]) => edge * 256 + (1 << bit)),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(far, (list) => {
        const sorted = Uint32Array.from(list).sort()
        const back: number[] = []
        visitFeatures(encodeFeatures(sorted), (edge, bucket) => back.push(edge * 256 + bucket))
        expect(back).toEqual([...sorted])
      }),
    )
  })

  test('take a byte each where edges are near', () => {
    expect(encodeFeatures(Array.from({ length: 100 }, (_, edge) => (edge << 8) | 128))).toHaveLength(100)
  })

  test('torn to pieces are no trouble', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        let features = 0
        visitFeatures(bytes, () => features++)
        expect(features).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })
})

describe('a set of features', () => {
  test('counts features and edges as a plain set would', () => {
    fc.assert(
      fc.property(candidates, (inputs) => {
        const set = new FeatureSet()
        for (const input of inputs) {
          const before = set.features
          const lacked = set.lacks(input.features)
          set.add(input.features)
          expect(set.features - before).toBe(lacked)
        }
        expect(set.features).toBe(union(inputs).length)
        expect(set.edges).toBe(new Set(union(inputs).map((one) => one >>> 8)).size)
      }),
    )
  })
})

describe('a cover', () => {
  test('reaches everything that all inputs reach, and each input in it was needed when it came', () => {
    fc.assert(
      fc.property(candidates, (inputs) => {
        const chosen = coverOf(inputs, new FeatureSet()).map((index) => inputs[index]!)
        expect(union(chosen)).toEqual(union(inputs))
        for (const [at, one] of chosen.entries()) {
          const before = union(chosen.slice(0, at))
          expect(decoded(one).some((reached) => !before.includes(reached))).toBe(true)
        }
      }),
    )
  })

  test('is the one that looking at every input every time would choose', () => {
    fc.assert(
      fc.property(candidates, (inputs) => {
        expect(coverOf(inputs, new FeatureSet())).toEqual(plainGreedy(inputs))
      }),
    )
  })

  test('adds nothing for what is covered already', () => {
    fc.assert(
      fc.property(candidates, candidates, (own, others) => {
        const covered = new FeatureSet()
        for (const input of own) covered.add(input.features)
        const chosen = coverOf(others, covered).map((index) => others[index]!)
        expect(union([...own, ...chosen])).toEqual(union([...own, ...others]))
        expect(coverOf(own, covered)).toEqual([])
      }),
    )
  })

  test('prefers the shorter, then the cheaper, then the earlier of equals', () => {
    const reached = encodeFeatures([257, 513])
    const cover = (...sizes: readonly (readonly [sizeBytes: number, cost: number])[]): number[] =>
      coverOf(
        sizes.map(([sizeBytes, cost]) => ({ sizeBytes, cost, features: reached })),
        new FeatureSet(),
      )
    expect(cover([3, 1], [2, 9], [5, 1])).toEqual([1])
    expect(cover([2, 9], [2, 3])).toEqual([1])
    expect(cover([2, 3], [2, 3])).toEqual([0])
  })

  test('of a hundred thousand inputs counts most only once or twice', () => {
    const inputs = Array.from({ length: 100_000 }, (_, index): Candidate => {
      const list = Array.from({ length: 20 }, (_, edge) => ((edge * 50 + (index % 50)) << 8) | (1 << (index % 8)))
      return { sizeBytes: index % 97, cost: index % 13, features: encodeFeatures(list) }
    })
    const covered = new FeatureSet()
    let counted = 0
    const lacks = covered.lacks.bind(covered)
    covered.lacks = (encoded) => (counted++, lacks(encoded))
    const chosen = coverOf(inputs, covered)
    expect(chosen).toHaveLength(200)
    expect(counted).toBeLessThan(2.5 * inputs.length)
  })
})
