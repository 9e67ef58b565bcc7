// Which addresses the marks made so far in a straight line of code already cover.
//
// A window is "the bytes `start` … `start + size - 1` above local variable `base`". It holds while the variable keeps the
// value it had: every assignment gives the variable a new version, and a window of an older version covers nothing.

interface Window {
  readonly base: number
  readonly version: number
  readonly start: number
}

export class Windows {
  readonly #bytes: number
  readonly #versions = new Map<number, number>()
  readonly #scopes: number[] = []
  #known: Window[] = []

  constructor(bytes: number) {
    this.#bytes = bytes
  }

  version(base: number): number {
    return this.#versions.get(base) ?? 0
  }

  redefine(base: number): void {
    this.#versions.set(base, this.version(base) + 1)
  }

  add(base: number, start: number): void {
    this.#known.push({ base, version: this.version(base), start })
  }

  /** True when bytes `at` … `at + bytes - 1` above `base` lie in a window; all numbers modulo 2^32. */
  covers(base: number, at: number, bytes: number): boolean {
    const version = this.version(base)
    return this.#known.some(
      (window) =>
        window.base === base && window.version === version && ((at - window.start) >>> 0) + bytes <= this.#bytes,
    )
  }

  /** Nothing is certain any more: a call, or the head of a loop. */
  forget(): void {
    this.#known = []
    this.#scopes.fill(0)
  }

  /** Begins a stretch of code that may be left, or not be run at all. */
  enter(): void {
    this.#scopes.push(this.#known.length)
  }

  /** Ends it: what was learned inside is forgotten, what was known before stays. */
  leave(): void {
    this.#known.length = Math.min(this.#known.length, this.#scopes.pop()!)
  }
}
