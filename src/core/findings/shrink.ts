// Makes an input smaller and plainer while it still breaks the target in the same way: delta debugging by blocks
// (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002), then bytes towards '0' and space.
//
// The search is a generator: it yields a candidate and is told whether that one still fails. So a caller can stop after
// any candidate, go on later, and never hold up the campaign.

const ZERO = 0x30
const SPACE = 0x20

/** Yields candidates, receives whether each keeps the finding; `best` in the state is always the smallest that did. */
export interface ShrinkState {
  best: Uint8Array
}

export type Candidates = Generator<Uint8Array, void, boolean>

/** The candidates for an input that is just bytes. */
export function* candidatesOf(state: ShrinkState): Candidates {
  if (state.best.length > 0 && (yield* attempt(state, state.best.slice(0, 0)))) return
  yield* truncate(state)
  let before: Uint8Array
  do {
    before = state.best
    yield* deleteBlocks(state)
    yield* plainBytes(state)
  } while (state.best !== before)
}

export function* attempt(state: ShrinkState, candidate: Uint8Array): Generator<Uint8Array, boolean, boolean> {
  const keeps = yield candidate
  if (keeps) state.best = candidate
  return keeps
}

/** Most inputs have a tail that nobody reads: halves it away first. */
function* truncate(state: ShrinkState): Candidates {
  let low = 0
  let high = state.best.length
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (yield* attempt(state, state.best.slice(0, middle))) high = middle
    else low = middle
  }
}

/** Every block of half the length, a quarter, … one byte, from the end, so that offsets in front stay as they are. */
function* deleteBlocks(state: ShrinkState): Candidates {
  for (let size = 1 << (31 - Math.clz32(state.best.length | 1)); size >= 1; size >>>= 1) {
    for (let end = state.best.length; end > 0; end -= size) {
      const start = Math.max(0, end - size)
      yield* attempt(state, without(state.best, start, Math.min(end, state.best.length)))
    }
  }
}

function* plainBytes(state: ShrinkState): Candidates {
  for (let index = 0; index < state.best.length; index++) {
    const byte = state.best[index]
    if (byte === ZERO) continue
    if (yield* attempt(state, withByte(state.best, index, ZERO))) continue
    if (byte !== SPACE) yield* attempt(state, withByte(state.best, index, SPACE))
  }
}

function without(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const shorter = new Uint8Array(bytes.length - (end - start))
  shorter.set(bytes.subarray(0, start))
  shorter.set(bytes.subarray(end), start)
  return shorter
}

function withByte(bytes: Uint8Array, index: number, byte: number): Uint8Array {
  const copy = bytes.slice()
  copy[index] = byte
  return copy
}

/** A shrinking job that can be worked on in steps. */
export class Shrinker {
  readonly #state: ShrinkState
  readonly #candidates: Candidates
  #next: IteratorResult<Uint8Array, void>
  #executionsLeft: number

  /** `candidates` says what is tried; shrink-typed.ts has those for arguments. */
  constructor(input: Uint8Array, executionsMax: number, candidates: typeof candidatesOf = candidatesOf) {
    this.#state = { best: input }
    this.#candidates = candidates(this.#state)
    this.#next = this.#candidates.next()
    this.#executionsLeft = executionsMax
  }

  get best(): Uint8Array {
    return this.#state.best
  }

  get done(): boolean {
    return this.candidate === null
  }

  /** What to try next; null when nothing is left. */
  get candidate(): Uint8Array | null {
    return this.#next.done === true || this.#executionsLeft <= 0 ? null : this.#next.value
  }

  /** Says whether the candidate keeps what is looked for, and goes on to the next. */
  answer(keeps: boolean): void {
    this.#executionsLeft--
    this.#next = this.#candidates.next(keeps)
  }

  /**
   * Tries candidates until `enough` says so, nothing is left, or `executionsMax` of them were tried; returns the
   * executions it took.
   */
  step(keeps: (candidate: Uint8Array) => boolean, enough: () => boolean, executionsMax: number = Infinity): number {
    let executions = 0
    for (let candidate = this.candidate; candidate !== null && executions < executionsMax; candidate = this.candidate) {
      executions++
      this.answer(keeps(candidate))
      if (enough()) break
    }
    return executions
  }
}
