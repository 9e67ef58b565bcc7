/** What one turn of a fuzzer came to. */
export interface FuzzRun {
  readonly executions: number
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly inputBytes: number
  /** As the fuzzer itself counts them: two fuzzers' numbers do not compare. */
  readonly edges: number
  readonly edgesTotal: number
}
