// What the campaign as a whole has reached: the coordinator's own map, against which every worker's discovery is checked
// again, because a worker does not know what others found since it was last told.

/** As in the engine: every bucket counts as reached. */
const NEVER_NEW = 0xff

export interface Learned {
  /** Pairs of edge and bucket that nobody had reached before. */
  readonly features: number
  /** How many of them are the first of their edge. */
  readonly edges: number
}

export class CoverageMap {
  /** One-hot buckets, one byte an edge. */
  readonly #seen: Uint8Array
  readonly #code: number
  readonly #unstable: number[] = []
  #edges = 0
  #features = 0

  /** `signals` edges behind those of the code stand for what the target says of itself: they have features, and are none. */
  constructor(edges: number, signals: number = 0) {
    this.#seen = new Uint8Array(edges + signals)
    this.#code = edges
  }

  get edges(): number {
    return this.#edges
  }

  get features(): number {
    return this.#features
  }

  /** Edges that never count as new, in the order in which that was learned. */
  get unstable(): readonly number[] {
    return this.#unstable
  }

  /** Learns features (edge << 8 | bucket) and says how many of them were new. */
  learn(features: Uint32Array): Learned {
    let newFeatures = 0
    let newEdges = 0
    for (const feature of features) {
      const edge = feature >>> 8
      const before = this.#seen[edge]
      if (before === undefined || (feature & 0xff & ~before) === 0) continue
      this.#seen[edge] = before | (feature & 0xff)
      newFeatures++
      if (before === 0 && edge < this.#code) newEdges++
    }
    this.#features += newFeatures
    this.#edges += newEdges
    return { features: newFeatures, edges: newEdges }
  }

  /** From now on these edges count as reached in every way. */
  ignore(edges: Uint32Array): void {
    for (const edge of edges) {
      if (this.#seen[edge] === undefined || this.#seen[edge] === NEVER_NEW) continue
      this.#seen[edge] = NEVER_NEW
      this.#unstable.push(edge)
    }
  }

  /** True for an edge that some input has reached; one that is unstable was reached, too. */
  hasReached(edge: number): boolean {
    return (this.#seen[edge] ?? 0) !== 0
  }
}
