// The seeds of a split's children. Every child draws from a stream of its own, which hangs on all that leads to it:
//
//   root seed ─mix─► node seed ─mix─ mark, draws, calls ─► split ─mix─ index ─► child seed = node seed of the child ─► …
//
// The parent's seed contains the root seed and the whole path. The finaliser of SplitMix64 between the steps makes
// siblings differ in every bit, however weak the program's own use of its numbers is.

import { mix64 } from '../campaign/worker-seed.ts'
import type { Moment, Seeds } from './timelines.ts'

/** Odd, and without a pattern: what SplitMix64 counts in. */
const GOLDEN = 0x9e37_79b9_7f4a_7c15n
const WORD = 64

/** What a root's children are derived from; the root itself draws from its seed as it is. */
export function rootNodeSeed(rootSeed: bigint): bigint {
  return mix64(BigInt.asUintN(WORD, rootSeed + GOLDEN))
}

/** What the child seeds of one split are derived from. */
export function splitSeed(
  nodeSeed: bigint,
  markId: string,
  { draws, markCalls }: Pick<Moment, 'draws' | 'markCalls'>,
): bigint {
  let split = mix64(nodeSeed ^ mix64(BigInt.asUintN(WORD, BigInt(`0x${markId}`) + GOLDEN)))
  split = mix64(BigInt.asUintN(WORD, split + BigInt(draws) * GOLDEN))
  return mix64(BigInt.asUintN(WORD, split ^ BigInt(markCalls)))
}

/** The seed of one child: never the same twice in a split, because the finaliser is a bijection of the index. */
export function childSeed(split: bigint, index: number): bigint {
  return mix64(BigInt.asUintN(WORD, split + BigInt(index + 1) * GOLDEN))
}

/** Seeds of so many children of a split, from the one with index `first` on: worked out when they are asked for. */
export class SeedSeries implements Seeds {
  readonly split: bigint
  readonly first: number
  readonly length: number

  constructor(split: bigint, first: number, length: number) {
    this.split = split
    this.first = first
    this.length = length
  }

  *[Symbol.iterator](): Generator<bigint> {
    for (let index = 0; index < this.length; index++) yield childSeed(this.split, this.first + index)
  }

  at(index: number): bigint | undefined {
    return index < this.length ? childSeed(this.split, this.first + index) : undefined
  }
}

/** The root seed of the n-th seed of a campaign: near the first one, so that a person can name it. */
export function rootSeedOf(first: bigint, nth: number): bigint {
  return BigInt.asUintN(WORD, first + BigInt(nth))
}
