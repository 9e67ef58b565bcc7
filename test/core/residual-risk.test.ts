import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addHits } from '../../src/core/campaign/edge-hits.ts'
import { estimateResidualRisk, type ResidualRisk } from '../../src/core/campaign/residual-risk.ts'

/** Reproducible numbers in [0, 1): xorshift, as good as is needed here. */
function random(seed: number): () => number {
  let state = (seed | 1) >>> 0
  return () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
}

/** How many of `trials` succeed, each with `chance`: exact enough for rare ones, normal for frequent ones. */
function successes(trials: number, chance: number, next: () => number): number {
  const mean = trials * chance
  if (mean > 30) {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
    return Math.max(0, Math.min(trials, Math.round(mean + normal * Math.sqrt(mean * (1 - chance)))))
  }
  const end = Math.exp(-mean)
  let count = 0
  for (let product = next(); product > end; product *= next()) count++
  return Math.min(trials, count)
}

interface Campaign {
  readonly risk: ResidualRisk
  /** New edges that the next execution really reaches, on average. */
  readonly truth: number
}

/** A campaign whose edges are each reached with a chance of their own; one execution in `stride` is sampled. */
function campaign(chances: readonly number[], executions: number, stride: number, seed: number): Campaign {
  const next = random(seed)
  const samples = Math.floor(executions / stride)
  const counts = new Uint32Array(chances.length)
  let edges = 0
  let truth = 0
  chances.forEach((chance, edge) => {
    counts[edge] = successes(samples, chance, next)
    if (counts[edge]! > 0 || successes(executions - samples, chance, next) > 0) edges++
    else truth += chance
  })
  const risk = estimateResidualRisk({ samples, counts, executions, edges, edgesTotal: chances.length })
  return { risk, truth }
}

const EDGES = 2_000
const DISTRIBUTIONS = {
  'falling with the square': Array.from({ length: EDGES }, (_, i) => 0.5 / (i + 1) ** 2),
  'falling with the cube': Array.from({ length: EDGES }, (_, i) => 0.5 / (i + 1) ** 3),
  'even over nine orders of magnitude': Array.from({ length: EDGES }, (_, i) => 10 ** ((-9 * i) / EDGES)),
}
const SHAPES = Object.entries(DISTRIBUTIONS)

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!
}

describe('the estimate of what is left', () => {
  test.each(SHAPES)('is close when every execution is counted, chances %s', (_, chances) => {
    const ratios = Array.from({ length: 40 }, (_, seed) => {
      const { risk, truth } = campaign(chances, 100_000, 1, seed + 1)
      return risk.discoveryProbability / truth
    })
    expect(median(ratios)).toBeGreaterThan(0.8)
    expect(median(ratios)).toBeLessThan(1.25)
  })

  test.each(SHAPES)('is within a factor of three when one execution in 64 is, chances %s', (_, chances) => {
    for (const executions of [100_000, 1_000_000, 10_000_000]) {
      const ratios = Array.from({ length: 20 }, (_, seed) => {
        const { risk, truth } = campaign(chances, executions, 64, seed + 1)
        expect(risk.executionsToNextEdge).toBe(Math.max(1, Math.round(1 / risk.discoveryProbability)))
        return risk.discoveryProbability / truth
      })
      expect(median(ratios)).toBeGreaterThan(1 / 3)
      expect(median(ratios)).toBeLessThan(3)
    }
  })

  test('has an upper limit that holds nineteen times in twenty', () => {
    for (const stride of [1, 64]) {
      for (const [, chances] of SHAPES) {
        const within = Array.from({ length: 200 }, (_, seed) => campaign(chances, 200_000, stride, seed + 1)).filter(
          ({ risk, truth }) => truth <= risk.discoveryProbabilityMax,
        )
        expect(within.length).toBeGreaterThanOrEqual(190)
      }
    }
  })

  test('never claims more than it can know, whatever the counts', () => {
    const evidence = fc.record({
      counts: fc.array(fc.nat(5), { minLength: 1, maxLength: 50 }).map((list) => Uint32Array.from(list)),
      samples: fc.nat(100_000),
      executions: fc.nat(10_000_000),
      edges: fc.nat(60),
    })
    fc.assert(
      fc.property(evidence, ({ edges, ...more }) => {
        const edgesTotal = more.counts.length
        const risk = estimateResidualRisk({ ...more, edges: Math.min(edges, edgesTotal), edgesTotal })
        for (const value of [risk.discoveryProbability, risk.discoveryProbabilityMax]) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
        expect(risk.edgesReachable).toBeGreaterThanOrEqual(Math.min(edges, edgesTotal))
        expect(risk.edgesReachable).toBeLessThanOrEqual(edgesTotal)
        if (risk.executionsToNextEdge !== null) expect(Number.isSafeInteger(risk.executionsToNextEdge)).toBe(true)
        expect(JSON.parse(JSON.stringify(risk))).toEqual(risk)
      }),
    )
  })

  test('counts what is reached once and twice, and how many edges there are at least', () => {
    const counts = Uint32Array.from([0, 1, 1, 1, 2, 9, 0, 0, 0, 0])
    const risk = estimateResidualRisk({ samples: 5_000, counts, executions: 5_000, edges: 5, edgesTotal: 10 })
    expect(risk).toMatchObject({ singletons: 3, doubletons: 1, doubt: null })
    // Chao: 3 × 2 / (2 × 2) more than the five.
    expect(risk.edgesReachable).toBe(7)
    expect(risk.discoveryProbability).toBeCloseTo(3 / 5_000)
  })

  test('says when it means nothing', () => {
    const counts = Uint32Array.from([9, 9, 1, 0])
    const base = { samples: 5_000, counts, executions: 5_000, edges: 3, edgesTotal: 4 }
    expect(estimateResidualRisk({ ...base, samples: 999, executions: 999 }).doubt).toBe('few-samples')
    expect(estimateResidualRisk({ ...base, edges: 4 })).toMatchObject({
      doubt: 'all-reached',
      discoveryProbability: 0,
      executionsToNextEdge: null,
    })
    const noneRare = estimateResidualRisk({ ...base, counts: Uint32Array.from([9, 9, 3, 0]) })
    expect(noneRare).toMatchObject({ doubt: 'none-rare', discoveryProbability: 0, executionsToNextEdge: null })
    // About 3 in n, though nothing was seen.
    expect(noneRare.discoveryProbabilityMax * 5_000).toBeCloseTo(2.7, 1)
  })
})

test('hits of several workers are added up as if one had counted them', () => {
  const one = { samples: 10, counts: Uint32Array.from([1, 0, 2]) }
  const other = { samples: 5, counts: Uint32Array.from([1, 3, 0]), tokens: [Uint8Array.of(7)] }
  expect(addHits([one, other])).toEqual({
    samples: 15,
    counts: Uint32Array.from([2, 3, 2]),
    tokens: [Uint8Array.of(7)],
  })
  expect(one.counts).toEqual(Uint32Array.from([1, 0, 2]))
  expect(addHits([])).toBeNull()
})
