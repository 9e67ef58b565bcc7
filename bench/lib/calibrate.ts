/** Nanoseconds of CPU that one of `count` repetitions takes. */
export function cpuNanoseconds(work: (count: number) => void, count: number): number {
  const before = process.cpuUsage()
  work(count)
  const { user, system } = process.cpuUsage(before)
  return ((user + system) * 1000) / count
}

/** Warms up `work` for a while and returns the count that then lasts about `seconds`. */
export function calibrate(work: (count: number) => void, seconds: number, warmUpSeconds: number): number {
  const until = performance.now() + warmUpSeconds * 1000
  let count = 1
  let nanoseconds = cpuNanoseconds(work, count)
  do {
    count = Math.max(1, Math.min(count * 16, Math.round((seconds * 1e9) / (nanoseconds + 0.01))))
    nanoseconds = cpuNanoseconds(work, count)
  } while (performance.now() < until)
  return Math.max(1, Math.round((seconds * 1e9) / (nanoseconds + 0.01)))
}
