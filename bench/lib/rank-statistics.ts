// How two samples of times compare, by ranks alone: what Klees et al. (2018) ask of evaluations of fuzzers.

/**
 * Vargha and Delaney's A12 (2000): the probability that a value of `ours` is smaller than one of `theirs`, ties half. 0.5
 * says nothing; from 0.71 on the difference is large.
 */
export function smallerShare(ours: readonly number[], theirs: readonly number[]): number {
  let wins = 0
  for (const our of ours) for (const their of theirs) wins += our < their ? 1 : our === their ? 0.5 : 0
  return wins / (ours.length * theirs.length)
}

/** Two-sided p of the Mann-Whitney U test, by the normal approximation with corrections for ties and continuity. */
export function mannWhitney(ours: readonly number[], theirs: readonly number[]): number {
  const [n, m] = [ours.length, theirs.length]
  const all = [...ours, ...theirs]
  const u = smallerShare(ours, theirs) * n * m
  const counts = new Map<number, number>()
  for (const value of all) counts.set(value, (counts.get(value) ?? 0) + 1)
  const ties = [...counts.values()].reduce((sum, count) => sum + count ** 3 - count, 0)
  const total = n + m
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)))
  if (variance <= 0) return 1
  const distance = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5)
  return Math.min(1, 2 * upperTail(distance / Math.sqrt(variance)))
}

/** Of the normal distribution, from `z` ≥ 0 on; Abramowitz and Stegun 26.2.17, good to 7.5e-8. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum
}
