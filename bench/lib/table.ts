import { moreIsBetter, type Row } from './result.ts'

/** Four significant digits, thousands separated: what a reader compares at a glance. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US')
  return Number(value.toPrecision(value < 1 ? 2 : 3)).toString()
}

function goalText(row: Row): string {
  return row.goal === null ? '' : `${moreIsBetter(row.unit) ? '≥' : '≤'} ${figure(row.goal)}`
}

export const COLUMNS = ['target', 'metric', 'ours', 'peer', 'theirs', 'ratio', 'min … max', 'goal', 'met'] as const

export function cells(row: Row): string[] {
  return [
    row.target,
    `${row.metric}, ${row.unit}`,
    figure(row.ours.median),
    row.peer,
    figure(row.theirs.median),
    figure(row.ratio.median),
    `${figure(row.ratio.min)} … ${figure(row.ratio.max)}`,
    goalText(row),
    row.met === null ? '' : row.met ? 'yes' : 'no',
  ]
}

/** Plain text, columns aligned, for the terminal. */
export function textTable(rows: readonly Row[]): string {
  const lines = [[...COLUMNS], ...rows.map(cells)]
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
