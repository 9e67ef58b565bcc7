// How many times the target may still be called. Whoever calls it takes executions first and gives back what was not
// used, so that `--runs N` is exact: seeds, mutants, shrinking and confirming are all paid from here.

/** Share of what is left that one slice may take: so that something remains for a finding that it makes. */
const SLICE_SHARE = 8
/** Below this many the rest is not divided any more. */
const UNDIVIDED = 256

export class Budget {
  readonly #runs: number
  #taken = 0
  #reserved = 0

  /** `runs` is null where there is no limit. */
  constructor(runs: number | null) {
    this.#runs = runs ?? Infinity
  }

  /** Not yet taken, reserved ones included. */
  get left(): number {
    return this.#runs - this.#taken
  }

  get isSpent(): boolean {
    return this.left <= this.#reserved
  }

  /** At most `wanted` executions for seeds and shrinking. */
  take(wanted: number): number {
    const granted = Math.max(0, Math.min(wanted, this.left - this.#reserved))
    this.#taken += granted
    return granted
  }

  /** At most `wanted` executions for mutants, and never all at once. */
  takeForSlice(wanted: number): number {
    const free = this.left - this.#reserved
    return this.take(free <= UNDIVIDED ? wanted : Math.min(wanted, Math.ceil(free / SLICE_SHARE)))
  }

  giveBack(executions: number): void {
    this.#taken -= executions
  }

  /** Holds up to `executions` for later; returns how many. */
  reserve(executions: number): number {
    const held = Math.max(0, Math.min(executions, this.left - this.#reserved))
    this.#reserved += held
    return held
  }

  /** What was reserved is not needed. */
  release(held: number): void {
    this.#reserved -= held
  }

  /** Takes what was reserved. */
  takeReserved(held: number): void {
    this.#reserved -= held
    this.#taken += held
  }
}
