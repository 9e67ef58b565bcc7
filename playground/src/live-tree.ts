// The discoveries of an exploration as they come: across, how many timelines had been run; down, how deep it was found.
const POINTS_MAX = 4_000
const HEIGHT = 220
const MARGIN = 18
const SVG = 'http://www.w3.org/2000/svg'

export interface Discovery {
  readonly label: string
  readonly depth: number
  /** Timelines that had been run. */
  readonly at: number
  readonly failed: boolean
}

export class LiveTree {
  readonly #parent: HTMLElement
  readonly #points: Discovery[] = []
  #due = false

  constructor(parent: HTMLElement) {
    this.#parent = parent
    parent.hidden = false
    parent.replaceChildren()
  }

  add(discovery: Discovery): void {
    if (this.#points.length >= POINTS_MAX) return
    this.#points.push(discovery)
    if (this.#due) return
    this.#due = true
    requestAnimationFrame(() => {
      this.#due = false
      this.#draw()
    })
  }

  /** Each discovery hangs on the last one that is less deep: not its parent for certain, but whence it came in time. */
  #draw(): void {
    const width = Math.max(200, this.#parent.clientWidth)
    const last = Math.log2(1 + Math.max(1, ...this.#points.map(({ at }) => at)))
    const deepest = Math.max(1, ...this.#points.map(({ depth }) => depth))
    const x = ({ at }: Discovery): number => MARGIN + ((width - 2 * MARGIN) * Math.log2(1 + at)) / last
    const y = ({ depth }: Discovery): number => MARGIN + ((HEIGHT - 2 * MARGIN) * depth) / deepest
    const svg = made('svg', { width, height: HEIGHT, role: 'img', 'aria-label': `${this.#points.length} discoveries` })
    const lastAtDepth: Discovery[] = []
    for (const point of this.#points) {
      const parent = lastAtDepth.slice(0, point.depth).findLast((candidate) => candidate !== undefined)
      lastAtDepth[point.depth] = point
      if (parent) svg.append(made('line', { x1: x(parent), y1: y(parent), x2: x(point), y2: y(point), class: 'branch' }))
    }
    for (const point of this.#points) {
      const dot = made('circle', { cx: x(point), cy: y(point), r: point.failed ? 6 : 3, class: point.failed ? 'bug' : 'dot' })
      const title = made('title', {})
      title.textContent = `${point.label} (timeline ${point.at}, depth ${point.depth})`
      dot.append(title)
      svg.append(dot)
    }
    this.#parent.replaceChildren(svg)
  }
}

function made(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const node = document.createElementNS(SVG, name) as SVGElement
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value))
  return node
}
