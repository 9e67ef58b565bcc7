import { describe, expect, test } from 'vitest'
import { CoverageMap } from '../../src/core/campaign/coverage-map.ts'

const features = (...pairs: readonly [edge: number, bucket: number][]): Uint32Array =>
  Uint32Array.from(pairs, ([edge, bucket]) => (edge << 8) | bucket)

describe('the map of a campaign', () => {
  test('counts a pair of edge and bucket as new once, and an edge with its first bucket', () => {
    const map = new CoverageMap(10)
    expect(map.learn(features([1, 1], [2, 4]))).toEqual({ features: 2, edges: 2 })
    expect(map.learn(features([1, 1], [1, 8]))).toEqual({ features: 1, edges: 0 })
    expect([map.edges, map.features]).toEqual([2, 3])
  })

  test('never counts an edge as new that was seen to change between two runs', () => {
    const map = new CoverageMap(10)
    map.ignore(Uint32Array.of(3, 3))
    expect(map.learn(features([3, 1], [3, 128]))).toEqual({ features: 0, edges: 0 })
    expect(map.unstable).toEqual([3])
  })

  test('takes no notice of edges that the module does not have', () => {
    const map = new CoverageMap(2)
    map.ignore(Uint32Array.of(2, 99))
    expect(map.learn(features([2, 1], [0xffffff, 1]))).toEqual({ features: 0, edges: 0 })
    expect(map.unstable).toEqual([])
  })
})
