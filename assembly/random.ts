// The generator behind every choice: xoroshiro128++ (Blackman and Vigna, 2019), seeded by splitmix64 as its authors ask.
// Integer arithmetic only, so a seed means the same inputs on every platform.

let stateA: u64 = 1
let stateB: u64 = 2

/** Any two words are a good seed, zero included. */
export function seedRandom(low: u32, high: u32): void {
  const seed = (<u64>high << 32) | <u64>low
  stateA = splitmix(seed + 0x9e37_79b9_7f4a_7c15)
  stateB = splitmix(seed + 2 * 0x9e37_79b9_7f4a_7c15)
}

/** One step's output of splitmix64 for a state that was already advanced. */
export function splitmix(state: u64): u64 {
  let z = state
  z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9
  z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11eb
  return z ^ (z >>> 31)
}

/** 64 uniform bits. */
export function next(): u64 {
  const a = stateA
  const b = stateB ^ a
  const result = rotl<u64>(a + stateB, 17) + a
  stateA = rotl<u64>(a, 49) ^ b ^ (b << 21)
  stateB = rotl<u64>(b, 28)
  return result
}

/** Maps 32 uniform bits to 0 … bound - 1 without a division (Lemire 2019, without his rejection step). */
export function scale(bits: u32, bound: u32): u32 {
  return <u32>((<u64>bits * <u64>bound) >>> 32)
}

/** Uniform in 0 … bound - 1; 0 for a bound of 0. */
export function below(bound: u32): u32 {
  return scale(<u32>(next() >>> 32), bound)
}
