// The same graph as a picture in the page of the tree: to the right the failure comes nearer, in powers of two of draws;
// upwards the share of futures that fail. Nothing of the target's gets into it but as escaped text.

import type { RewindGraph, RewindPoint } from '../core/explore/rewind-graph.ts'
import { formatCount } from '../core/units.ts'
import { percent } from './rewind-text.ts'

const WIDTH = 900
const HEIGHT = 150
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 16, 12, 26]

/** An SVG; empty where there is nothing to be drawn. */
export function rewindChart(rewind: RewindGraph | null): string {
  if (rewind === null || rewind.points.length === 0) return ''
  const points = [...rewind.points].reverse()
  const farthest = Math.max(1, ...points.map(({ drawsBack }) => drawsBack))
  const most = Math.max(0.01, ...points.map(shareOf))
  const x = ({ drawsBack }: RewindPoint): number =>
    LEFT + (1 - Math.log1p(drawsBack) / Math.log1p(farthest)) * (WIDTH - LEFT - RIGHT)
  const y = (share: number): number => TOP + (1 - share / most) * (HEIGHT - TOP - BOTTOM)
  const line = points.map((point) => `${x(point).toFixed(1)},${y(shareOf(point)).toFixed(1)}`).join(' ')
  const dots = points.map((point) => {
    const about = `${percent(point.failed, point.futures)} % of ${formatCount(point.futures)}, ${formatCount(point.drawsBack)} draws back`
    const words = point.mark === '' ? about : `${point.mark}: ${about}`
    return `<circle cx="${x(point).toFixed(1)}" cy="${y(shareOf(point)).toFixed(1)}" r="3.5"><title>${escaped(words)}</title></circle>`
  })
  const base = y(0).toFixed(1)
  const title = `How often “${rewind.message}” comes, from each moment on its way`
  return `<figure id="rewind"><figcaption>${escaped(title)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">
<line x1="${LEFT}" y1="${base}" x2="${WIDTH - RIGHT}" y2="${base}"/>
<text x="${LEFT - 6}" y="${base}" text-anchor="end">0 %</text><text x="${LEFT - 6}" y="${TOP + 8}" text-anchor="end">${Math.round(most * 100)} %</text>
<text x="${LEFT}" y="${HEIGHT - 6}">${formatCount(farthest)} draws back</text><text x="${WIDTH - RIGHT}" y="${HEIGHT - 6}" text-anchor="end">the failure</text>
<polyline points="${line}"/>${dots.join('')}</svg></figure>`
}

function shareOf({ failed, futures }: RewindPoint): number {
  return failed / futures
}

/** For text and for attributes in double quotes. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
