// The seeds of a split's children. Every child draws from a stream of its own, which hangs on all that leads to it:
//
//   root seed ─mix─► node seed ─mix─ mark, draws, calls ─► split ─mix─ index ─► child seed = node seed of the child ─► …
//
// The parent's seed contains the root seed and the whole path. The finaliser of SplitMix64 between the steps makes
// siblings differ in every bit, however weak the program's own use of its numbers is.

import { mix64 } from '../campaign/worker-seed.ts'
import type { Moment } from './timelines.ts'

/** Odd, and without a pattern: what SplitMix64 counts in. */
const GOLDEN = 0x9e37_79b9_7f4a_7c15n
const WORD = 64

/** What a root's children are derived from; the root itself draws from its seed as it is. */
export function rootNodeSeed(rootSeed: bigint): bigint {
  return mix64(BigInt.asUintN(WORD, rootSeed + GOLDEN))
}

/** Hands out the child seeds of one split: never the same twice, because the finaliser is a bijection of the index. */
export function childSeeds(
  nodeSeed: bigint,
  markId: string,
  { draws, markCalls }: Pick<Moment, 'draws' | 'markCalls'>,
): (index: number) => bigint {
  let split = mix64(nodeSeed ^ mix64(BigInt.asUintN(WORD, BigInt(`0x${markId}`) + GOLDEN)))
  split = mix64(BigInt.asUintN(WORD, split + BigInt(draws) * GOLDEN))
  split = mix64(BigInt.asUintN(WORD, split ^ BigInt(markCalls)))
  return (index) => mix64(BigInt.asUintN(WORD, split + BigInt(index + 1) * GOLDEN))
}

/** The root seed of the n-th seed of a campaign: near the first one, so that a person can name it. */
export function rootSeedOf(first: bigint, nth: number): bigint {
  return BigInt.asUintN(WORD, first + BigInt(nth))
}
