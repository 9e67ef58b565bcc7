// A curve in one line of text: how a number grew over the whole campaign, whatever that lasts. Samples are kept at equal
// distances; when there is no room for more, every other one goes and the distance doubles.

const BARS = '▁▂▃▄▅▆▇█'
/** Fewer points are no curve. */
const POINTS_MIN = 8

export class Sparkline {
  readonly #pointsMax: number
  #points: number[] = []
  /** Samples that stand for one point, and those that have come since the last one. */
  #stride = 1
  #since = 0

  constructor(pointsMax: number) {
    this.#pointsMax = pointsMax
  }

  add(value: number): void {
    if (++this.#since < this.#stride) return
    this.#since = 0
    this.#points.push(value)
    if (this.#points.length < this.#pointsMax) return
    this.#points = this.#points.filter((_, index) => index % 2 === 1)
    this.#stride *= 2
  }

  /** In at most `columns`. Empty while there is no curve to see: too few points, or all of them alike. */
  text(columns: number): string {
    const all = this.#points
    const shown = Math.max(0, Math.min(all.length, columns))
    // Evenly spread, and the newest is among them.
    const points = Array.from(
      { length: shown },
      (_, i) => all[Math.floor(((i + 1) * all.length) / shown) - 1] as number,
    )
    const low = Math.min(...points)
    const high = Math.max(...points)
    if (points.length < POINTS_MIN || low === high) return ''
    return points.map((value) => BARS[Math.round(((value - low) / (high - low)) * (BARS.length - 1))]).join('')
  }
}
