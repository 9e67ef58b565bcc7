// The block of a campaign on a terminal, as lines. Two columns of numbers where there is room, one where there is not:
//
//   fuzzbox json.wasm  fuzzing, 2 min 5 s                       json.wasm, 2 min 5 s
//     speed     104,211 /s            executions  13,026,375    fuzzing
//     edges     234 of 678, 35 %      features    1,456         speed    104k /s
//     inputs    321, 12 KiB           new         210, …        …

import type { FindingEvent, StatusEvent } from '../core/campaign/events.ts'
import { titleOf } from '../core/findings/finding.ts'
import { STATUS_LINES_MAX } from '../core/limits.ts'
import { printable } from '../core/printable.ts'
import { formatCount, formatDuration, formatShort, formatSize } from '../core/units.ts'
import { fit, widthOf } from './fit.ts'
import type { Sparkline } from './sparkline.ts'

export interface StatusView {
  readonly target: string
  readonly status: StatusEvent
  readonly findings: readonly FindingEvent[]
  /** Edges over the campaign. */
  readonly growth: Sparkline
}

/** From here on there are two columns. */
const WIDE_COLUMNS = 64
const LEFT_COLUMNS = 34
const FINDINGS_SHOWN = 3
const NAME_CHARACTERS_MAX = 200

/** At most STATUS_LINES_MAX lines, none wider than `columns`. */
export function statusBlock(view: StatusView, columns: number): string[] {
  const head = columns >= WIDE_COLUMNS ? wide(view, columns) : narrow(view, columns)
  const room = STATUS_LINES_MAX - head.length
  const shown = view.findings.slice(-Math.min(FINDINGS_SHOWN, room - 1))
  return [...head, ...shown.map((finding) => `    ${oneLine(finding)}`), hint(view.status, columns)].map((line) =>
    fit(line, columns),
  )
}

function wide({ target, status, growth }: StatusView, columns: number): string[] {
  const now = `${phaseText(status)}, ${formatDuration(status.elapsedMs)}`
  const curve = growth.text(columns - LEFT_COLUMNS - 12)
  const fresh = status.inputsNew > 0 ? `, last ${formatDuration(quietMs(status))} ago` : ''
  const left = cell.bind(null, 10)
  const right = cell.bind(null, 12)
  return [
    `fuzzbox ${nameIn(target, columns - now.length - 10)}  ${now}`,
    two(
      left('speed', `${formatCount(status.executionsPerSecond)} /s`),
      right('executions', formatCount(status.executions)),
    ),
    two(left('edges', edges(status)[0]), right('features', formatCount(status.features))),
    two(
      left('inputs', `${formatCount(status.corpus)}, ${formatSize(status.corpusBytes)}`),
      right('new', formatCount(status.inputsNew) + fresh),
    ),
    two(left('length', `up to ${formatSize(status.lengthLimit)}`), right('workers', workers(status)[0])),
    two(left('findings', formatCount(status.findings)), curve && right('growth', curve)),
  ]
}

function narrow({ target, status, findings, growth }: StatusView, columns: number): string[] {
  const row = (label: string, values: readonly string[]): string => {
    const fitting = values.find((value) => widthOf(value) <= columns - 9) ?? (values.at(-1) as string)
    return cell(9, label, fitting)
  }
  const { executionsPerSecond, executions, corpus, inputsNew, features } = status
  const ago = formatDuration(quietMs(status))
  const time = formatDuration(status.elapsedMs)
  // One line is left: for the latest finding, and before there is one for the curve.
  const curve = columns >= 36 && findings.length === 0 ? growth.text(columns - 9) : ''
  return [
    `${nameIn(target, columns - time.length - 2)}, ${time}`,
    phaseText(status),
    row('speed', [`${formatCount(executionsPerSecond)} /s`, `${formatShort(executionsPerSecond)} /s`]),
    row('runs', [formatCount(executions), formatShort(executions)]),
    row('edges', edges(status)),
    row('features', [formatCount(features), formatShort(features)]),
    row('inputs', [
      `${formatCount(corpus)}, ${formatCount(inputsNew)} new`,
      `${formatShort(corpus)}+${formatShort(inputsNew)}`,
    ]),
    row('last new', inputsNew > 0 ? [`${ago} ago`, ago, firstUnit(ago)] : ['none']),
    row('workers', workers(status)),
    row('findings', [formatCount(status.findings)]),
    ...(curve ? [row('growth', [curve])] : []),
  ]
}

/** A path where there is room for it, its last part where there is not. */
function nameIn(target: string, columns: number): string {
  const name = printable(target, NAME_CHARACTERS_MAX)
  return fit(widthOf(name) <= columns ? name : (name.split(/[/\\]/).at(-1) ?? name), columns)
}

/** `29 h` of `29 h 57 min`. */
function firstUnit(duration: string): string {
  return duration.split(' ').slice(0, 2).join(' ')
}

function phaseText({ phase, warmup }: StatusEvent): string {
  switch (phase) {
    case 'load':
      return 'loading'
    case 'warmup':
      return `warm-up ${formatCount(warmup?.done ?? 0)}/${formatCount(warmup?.total ?? 0)}`
    case 'fuzz':
      return 'fuzzing'
    case 'shrink':
      return 'shrinking findings'
    case 'stop':
      return 'ending'
  }
}

/** The longest form first. */
function edges({ edges, edgesTotal }: StatusEvent): [string, ...string[]] {
  const count = formatCount(edges)
  if (edgesTotal === 0) return [count]
  const share = `${Math.round((edges / edgesTotal) * 100)} %`
  return [`${count} of ${formatCount(edgesTotal)}, ${share}`, `${count}, ${share}`, formatShort(edges)]
}

function workers({ workers, restarts }: StatusEvent): [string, ...string[]] {
  const count = formatCount(workers)
  return restarts === 0
    ? [count]
    : [`${count}, ${formatCount(restarts)} replaced`, `${count} (+${formatShort(restarts)})`]
}

function quietMs({ elapsedMs, lastNewMs }: StatusEvent): number {
  return Math.max(0, elapsedMs - lastNewMs)
}

function hint({ phase }: StatusEvent, columns: number): string {
  const isOver = phase === 'shrink' || phase === 'stop'
  if (columns < 44) return isOver ? 'Ctrl-C: at once' : 'Ctrl-C ends it'
  return isOver ? '  Ctrl-C ends at once' : '  Ctrl-C ends with a summary, twice at once'
}

function oneLine(finding: FindingEvent): string {
  return printable(titleOf(finding), NAME_CHARACTERS_MAX)
}

function cell(columns: number, label: string, value: string): string {
  return label.padEnd(columns) + value
}

function two(left: string, right: string): string {
  return `  ${left.padEnd(LEFT_COLUMNS - 4)}  ${right}`.trimEnd()
}
