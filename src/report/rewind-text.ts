// How likely a finding is, against how far the program is rewound, as lines.

import type { RewindGraph, RewindPoint } from '../core/explore/rewind-graph.ts'
import { formatCount } from '../core/units.ts'

const BAR_CELLS = 30
const ROWS_MAX = 40
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

export function rewindLines(rewind: RewindGraph | null): string[] {
  if (rewind === null || rewind.points.length === 0) return []
  const shown = thinned(rewind.points)
  const rows = shown.map(({ drawsBack, depth, mark, futures, failed }) => [
    formatCount(drawsBack),
    formatCount(depth),
    mark,
    `${percent(failed, futures)} %`,
    bar(failed / futures),
  ])
  const head = ['draws back', 'reseeds', 'from', 'fail', '']
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]!.length)))
  const lines = [head, ...rows].map((row) =>
    row.map((cell, at) => (at === 2 || at === 4 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  '),
  )
  const hidden = rewind.points.length - shown.length
  const futures = formatCount(Math.max(...rewind.points.map((point) => point.futures)))
  return [
    `Rewind: "${rewind.message}" in ${futures} other futures of each moment on its way`,
    ...lines.map((line) => `  ${line.trimEnd()}`),
    ...(hidden > 0 ? [`  … ${hidden} moments in between are left out`] : []),
    '',
  ]
}

/** One decimal where a whole number would say nothing. */
export function percent(part: number, whole: number): string {
  const share = (part / whole) * 100
  return share > 0 && share < 1 ? share.toFixed(1) : String(Math.round(share))
}

function bar(share: number): string {
  const eighths = Math.round(share * BAR_CELLS * 8)
  // What happened at all is seen.
  const seen = share > 0 ? Math.max(1, eighths) : 0
  return '█'.repeat(seen >> 3) + EIGHTHS[seen & 7]
}

/** The first and the last, and as many in between as there is room for. */
function thinned(points: readonly RewindPoint[]): readonly RewindPoint[] {
  if (points.length <= ROWS_MAX) return points
  const step = (points.length - 1) / (ROWS_MAX - 1)
  return Array.from({ length: ROWS_MAX }, (_, row) => points[Math.round(row * step)] as RewindPoint)
}
