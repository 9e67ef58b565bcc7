// Edges, or marks, over time.
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

/** Points that are kept: past that, every second one goes, so that a night of fuzzing costs no more than a minute. */
const POINTS_MAX = 2_000

export class Chart {
  readonly #parent: HTMLElement
  readonly #plot: uPlot
  #seconds: number[] = [0]
  #values: number[] = [0]

  constructor(parent: HTMLElement, label: string) {
    this.#parent = parent
    const ink = getComputedStyle(parent).color
    const axis = {
      stroke: ink,
      grid: { stroke: 'rgb(128 128 128 / 0.2)' },
      ticks: { stroke: 'rgb(128 128 128 / 0.2)' },
    }
    this.#plot = new uPlot(
      {
        width: Math.max(200, parent.clientWidth),
        height: 160,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false }, y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.1)] } },
        axes: [
          { ...axis, values: (_plot, ticks) => ticks.map((tick) => `${tick} s`) },
          { ...axis, size: 48 },
        ],
        series: [{}, { label, stroke: '#2a78d6', width: 2, fill: 'rgb(42 120 214 / 0.12)', points: { show: false } }],
      },
      [this.#seconds, this.#values],
      parent,
    )
    new ResizeObserver(() => this.#plot.setSize({ width: Math.max(200, parent.clientWidth), height: 160 })).observe(
      parent,
    )
  }

  add(elapsedMs: number, value: number): void {
    this.#seconds.push(elapsedMs / 1000)
    this.#values.push(value)
    if (this.#seconds.length > POINTS_MAX) {
      this.#seconds = this.#seconds.filter((_, index) => index % 2 === 0)
      this.#values = this.#values.filter((_, index) => index % 2 === 0)
    }
    this.#plot.setData([this.#seconds, this.#values])
  }

  remove(): void {
    this.#plot.destroy()
    this.#parent.replaceChildren()
  }
}
