// Code that was reached, over all runners: pairs of edge and bucket, and the order in which they were found, so that a
// runner can be told of those that it has not heard of.

export class FeatureLedger {
  /** One-hot buckets, one byte an edge. */
  readonly #seen: Uint8Array
  readonly #log: number[] = []
  #edges = 0

  constructor(edges: number) {
    this.#seen = new Uint8Array(edges)
  }

  /** Edges that were reached at all. */
  get edges(): number {
    return this.#edges
  }

  get features(): number {
    return this.#log.length
  }

  /** Learns features (edge << 8 | bucket) and says how many nobody had reached before. */
  learn(features: Uint32Array): number {
    let fresh = 0
    for (const feature of features) {
      const edge = feature >>> 8
      const before = this.#seen[edge]
      if (before === undefined || (feature & 0xff & ~before) === 0) continue
      this.#seen[edge] = before | (feature & 0xff)
      this.#log.push(feature)
      if (before === 0) this.#edges++
      fresh++
    }
    return fresh
  }

  /** What was learned after the first `count` features. */
  since(count: number): Uint32Array {
    return Uint32Array.from(this.#log.slice(count))
  }
}
