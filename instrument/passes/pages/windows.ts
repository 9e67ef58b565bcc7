// Which addresses the marks made so far in this run of the function already cover.
//
// A window is "the bytes `start` … `start + size - 1` above local variable `base`". It holds while the variable keeps the
// value it had: every assignment gives the variable a new version, and a window of an older version covers nothing. Calls
// do not end it: a mark stays until the restore after the run. A build for the explorer takes snapshots in the middle of a
// run, and forgets all windows where that can happen.

/** Windows of one variable that are kept in mind; more are rare, and a search through them would cost more than a mark. */
const WINDOWS_MAX = 16

interface Learned {
  readonly base: number
  readonly version: number
}

export class Windows {
  readonly #bytes: number
  readonly #versions = new Map<number, number>()
  /** Starts of the windows of each variable's present version. */
  readonly #starts = new Map<number, number[]>()
  /** What was learned, in order, so that a scope can forget it again. */
  readonly #learned: Learned[] = []
  readonly #scopes: number[] = []

  constructor(bytes: number) {
    this.#bytes = bytes
  }

  version(base: number): number {
    return this.#versions.get(base) ?? 0
  }

  redefine(base: number): void {
    this.#versions.set(base, this.version(base) + 1)
    this.#starts.delete(base)
  }

  add(base: number, start: number): void {
    const starts = this.#starts.get(base)
    if (starts === undefined) this.#starts.set(base, [start])
    else if (starts.length < WINDOWS_MAX) starts.push(start)
    else return
    this.#learned.push({ base, version: this.version(base) })
  }

  /** Nothing counts as marked any more. */
  forget(): void {
    for (const base of [...this.#starts.keys()]) this.redefine(base)
  }

  /** True when bytes `at` … `at + bytes - 1` above `base` lie in a window; all numbers modulo 2^32. */
  covers(base: number, at: number, bytes: number): boolean {
    return (this.#starts.get(base) ?? []).some((start) => ((at - start) >>> 0) + bytes <= this.#bytes)
  }

  /** The head of a loop: what is assigned in it has a value that only its rounds know. */
  enterLoop(isAssigned: (base: number) => boolean): void {
    for (const base of [...this.#starts.keys()]) if (isAssigned(base)) this.redefine(base)
  }

  /** Begins a stretch of code that may be left, or not be run at all. */
  enter(): void {
    this.#scopes.push(this.#learned.length)
  }

  /** Ends it: what was learned inside is forgotten, what was known before stays. */
  leave(): void {
    const before = this.#scopes.pop()!
    while (this.#learned.length > before) {
      const { base, version } = this.#learned.pop()!
      if (version !== this.version(base)) continue
      const starts = this.#starts.get(base)!
      starts.pop()
      if (starts.length === 0) this.#starts.delete(base)
    }
  }
}
