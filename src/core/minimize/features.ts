// What an input reached, as few bytes as can be: a hundred thousand of these lie in memory, and in a journal on disk.
//
//   one feature = LEB128 of  (edge - edge of the feature before) << 3 | log2(bucket)      most take one byte
//
// Edges rise, so what lies between two of them is small, and of a one-hot bucket three bits say which.

/** Features in the encoding above. */
export type EncodedFeatures = Uint8Array

/** `features` are edge << 8 | one-hot bucket, edges never falling; that is how the engine gives them. */
export function encodeFeatures(features: ArrayLike<number>): EncodedFeatures {
  const bytes: number[] = []
  let edgeBefore = 0
  for (let index = 0; index < features.length; index++) {
    const feature = features[index] as number
    const edge = feature >>> 8
    let rest = ((edge - edgeBefore) << 3) | (31 - Math.clz32(feature & 0xff))
    for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80)
    bytes.push(rest)
    edgeBefore = edge
  }
  return Uint8Array.from(bytes)
}

/** Calls `visit` with each edge and its one-hot bucket, in order. */
export function visitFeatures(encoded: EncodedFeatures, visit: (edge: number, bucket: number) => void): void {
  let edge = 0
  for (let at = 0; at < encoded.length;) {
    let word = 0
    let byte = 0x80
    for (let shift = 0; byte & 0x80 && at < encoded.length; shift += 7) {
      byte = encoded[at++] as number
      word |= (byte & 0x7f) << shift
    }
    edge += word >>> 3
    visit(edge, 1 << (word & 7))
  }
}

/** A set of features: a byte of buckets for each edge. */
export class FeatureSet {
  #buckets: Uint8Array = new Uint8Array(1024)
  #features = 0
  #edges = 0

  get features(): number {
    return this.#features
  }

  get edges(): number {
    return this.#edges
  }

  /** How many of these are not in the set. */
  lacks(encoded: EncodedFeatures): number {
    const buckets = this.#buckets
    let lacking = 0
    visitFeatures(encoded, (edge, bucket) => {
      if (((buckets[edge] ?? 0) & bucket) === 0) lacking++
    })
    return lacking
  }

  add(encoded: EncodedFeatures): void {
    visitFeatures(encoded, (edge, bucket) => {
      if (edge >= this.#buckets.length) this.#grow(edge + 1)
      const before = this.#buckets[edge] as number
      if (before & bucket) return
      if (before === 0) this.#edges++
      this.#features++
      this.#buckets[edge] = before | bucket
    })
  }

  #grow(edges: number): void {
    const larger = new Uint8Array(Math.max(edges, 2 * this.#buckets.length))
    larger.set(this.#buckets)
    this.#buckets = larger
  }
}
