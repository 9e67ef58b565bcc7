// `--until-stable`: when has nothing new been found for so long that the campaign may end? It keeps no clock of its own;
// who asks says what time it is.

export class Stability {
  readonly #quietMsMax: number | null
  #lastNewMs: number | null = null

  /** Null: a campaign is never stable. */
  constructor(quietMsMax: number | null) {
    this.#quietMsMax = quietMsMax
  }

  /** An input was kept, or the seeds have been run: before that no time counts. */
  noteNew(atMs: number): void {
    this.#lastNewMs = Math.max(atMs, this.#lastNewMs ?? atMs)
  }

  isStable(nowMs: number): boolean {
    return this.#quietMsMax !== null && this.#lastNewMs !== null && nowMs - this.#lastNewMs >= this.#quietMsMax
  }
}
