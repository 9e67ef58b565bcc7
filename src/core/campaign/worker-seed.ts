// Each worker draws from the user's seed in a way of its own, and so does each that takes a lost worker's place.

/** 64 bits in two words, as the engine's generator takes them. */
export interface WorkerSeed {
  readonly seedLow: number
  readonly seedHigh: number
}

/**
 * Never the same for two workers or generations of one campaign, because the mixer is a bijection. It leaves 0 alone:
 * the first worker has the user's seed itself.
 */
export function workerSeed(seed: number, index: number, generation: number): WorkerSeed {
  const mixed = BigInt(seed) ^ mix64((BigInt(generation) << 32n) | BigInt(index))
  return { seedLow: Number(mixed & 0xffff_ffffn), seedHigh: Number(mixed >> 32n) }
}

/** The finaliser of SplitMix64: every bit of the word decides about every bit of the result. */
export function mix64(word: bigint): bigint {
  let mixed = word
  mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58_476d_1ce4_e5b9n)
  mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d0_49bb_1331_11ebn)
  return mixed ^ (mixed >> 31n)
}
