// The words in which an exploration is told: a finding, where it stands, and the report at its end.

import type {
  ExploreEndEvent,
  ExploreEndReason,
  ExploreFindingEvent,
  ExploreNumbers,
  ExploreStatusEvent,
  MarkReport,
} from '../core/explore/events.ts'
import { formatCount, formatDuration } from '../core/units.ts'
import { rewindLines } from './rewind-text.ts'

const RULE = '─'.repeat(72)
const ROWS_MAX = 60
const FINDINGS_SHOWN = 20

const REASONS: Readonly<Record<ExploreEndReason, string>> = {
  time: 'the time is up',
  runs: 'all timelines are run',
  stopped: 'stopped',
  finding: 'stopped at a finding',
  seeds: 'all root seeds are done',
  coverage: 'root seeds reach nothing new any more',
  storage: 'the findings folder can no longer be written',
}

export function exploreFindingText(finding: ExploreFindingEvent): string {
  const { kind, message, details, timelines, depth, draws, reproduced, reproduceRuns, recipe, path, replay } = finding
  const again = reproduceRuns === 0 ? 'not replayed yet' : `replayed ${reproduced} of ${reproduceRuns} times`
  const lines = [
    RULE,
    `FOUND  ${message}`,
    `kind   ${kind}${details === '' ? '' : `; ${details}`}`,
    `seen   in timeline ${formatCount(timelines)}, ${formatCount(depth)} reseeds deep, after ${formatCount(draws)} draws; ${again}`,
    ...finding.frames.slice(0, 8).map((frame, index) => `    #${index} ${frame.functionName}`),
    '',
    'Recipe',
    `    ${recipe}`,
    ...(path === null ? [] : ['', 'Written to', `    ${path}`]),
    ...(replay === null ? [] : ['', 'Repeat it with', `    ${replay}`]),
    RULE,
  ]
  return `${lines.join('\n')}\n`
}

/** The status as lines, none of which is wider than `columns` where there are enough of them. */
export function exploreStatusLines(target: string, status: ExploreStatusEvent): string[] {
  const quiet = formatDuration(Math.max(0, status.elapsedMs - status.lastNewMs))
  const news = status.marks > 0 ? `, the last ${quiet} ago` : ''
  return [
    `fuzzbox ${target}  exploring, ${formatDuration(status.elapsedMs)}`,
    `  timelines    ${formatCount(status.timelines)}, ${formatCount(status.timelinesPerSecond)} /s, up to ${formatCount(status.depth)} deep`,
    `  split        ${formatCount(status.splitPoints)} moments, ${formatCount(status.frontier)} wait`,
    `  discovered   ${formatCount(status.marks)} of ${formatCount(status.marksMet)} marks${news}`,
    `  edges        ${edgesText(status)}`,
    `  energy       ${energyText(status)}`,
    `  root seed    ${status.rootSeed}, ${formatCount(status.seedsDone)} done`,
    `  findings     ${formatCount(status.findings)}`,
  ]
}

export function exploreSummary(target: string, end: ExploreEndEvent): string {
  const perSecond = end.elapsedMs > 0 ? ` (${formatCount((end.timelines / end.elapsedMs) * 1_000)} a second)` : ''
  const restarts = end.restarts > 0 ? `, ${formatCount(end.restarts)} replaced` : ''
  const jobs = `${formatCount(end.fromSnapshot)} from a snapshot, ${formatCount(end.fromReplay)} by running up to there`
  const checks = `${formatCount(end.selfChecks)} timelines run again, ${formatCount(end.selfChecksFailed)} went another way`
  return [
    '',
    `${target}: ${REASONS[end.reason]} after ${formatDuration(end.elapsedMs)}`,
    `  timelines    ${formatCount(end.timelines)}${perSecond}, up to ${formatCount(end.depth)} deep, ${formatCount(end.draws)} draws`,
    `  split points ${formatCount(end.splitPoints)}; begun ${jobs}`,
    `  failing      ${formatCount(end.failing)} ${end.failing === 1 ? 'timeline' : 'timelines'}`,
    `  findings     ${end.findings === 0 ? 'none' : `${formatCount(end.findings)} distinct`}`,
    `  energy       ${energyText(end)}`,
    `  discovered   ${formatCount(end.marks)} of ${formatCount(end.marksMet)} marks`,
    `  edges        ${edgesText(end)}`,
    `  root seeds   from ${end.seed}: ${end.perSeedTimelines.map(formatCount).join(', ') || 'none is done'}`,
    `  workers      ${formatCount(end.workers)}${restarts}`,
    `  self-check   ${checks}`,
    '',
    ...markLines(end.markTable),
    ...gapLines(end),
    ...rewindLines(end.rewind),
    ...findingLines(end.found),
    nextStep(end),
    '',
  ].join('\n')
}

function edgesText({ edges, edgesTotal, features }: ExploreNumbers): string {
  const share = edgesTotal > 0 ? `, ${Math.round((edges / edgesTotal) * 100)} %` : ''
  return `${formatCount(edges)} of ${formatCount(edgesTotal)}${share}; ${formatCount(features)} features`
}

function energyText({ energyLeft, energyPool }: ExploreNumbers): string {
  return `${formatCount(energyLeft)} left in this root seed, ${formatCount(energyPool)} in the pool`
}

/** What each mark came to, and what splitting at it brought. Buckets of one `each` mark are one row. */
function markLines(marks: readonly MarkReport[]): string[] {
  if (marks.length === 0) return []
  const rows = new Map<string, MarkReport & { buckets: number }>()
  for (const mark of marks) {
    const key = `${mark.kind}|${mark.message}`
    const row = rows.get(key)
    const add = (name: 'passes' | 'fails' | 'splitPoints' | 'children' | 'finds'): number =>
      mark[name] + (row?.[name] ?? 0)
    const sums = { passes: add('passes'), fails: add('fails'), splitPoints: add('splitPoints') }
    const more = { children: add('children'), finds: add('finds') }
    rows.set(key, { ...mark, ...sums, ...more, buckets: (row?.buckets ?? 0) + 1 })
  }
  const head = ['', 'mark', 'kind', 'passed', 'failed', 'split', 'children', 'finds', 'yield']
  const table = [head, ...[...rows.values()].slice(0, ROWS_MAX).map(rowOf)]
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  const lines = table.map(
    (row) => `  ${row.map((cell, at) => (at < 3 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ')}`,
  )
  const hidden = rows.size - ROWS_MAX
  return [...lines.map((line) => line.trimEnd()), ...(hidden > 0 ? [`  … and ${hidden} more`] : []), '']
}

function rowOf(mark: MarkReport & { buckets: number }): string[] {
  const name = mark.message.length > 36 ? `${mark.message.slice(0, 35)}…` : mark.message
  const best = mark.watermark === null ? '' : ` (best ${mark.watermark})`
  const share = mark.children > 0 ? `${((mark.finds / mark.children) * 100).toFixed(1)} %` : ''
  const numbers = [mark.passes, mark.fails, mark.splitPoints, mark.children, mark.finds].map(formatCount)
  const status = { pass: 'ok', miss: 'MISS', fail: 'FAIL' }[mark.status]
  return [status, `${name}${mark.buckets > 1 ? ` ×${mark.buckets}` : ''}${best}`, mark.kind, ...numbers, share]
}

/** What was never reached, and what the report cannot know of. */
function gapLines({ gaps, marksUnresolved, markCallsLost, marksDropped }: ExploreEndEvent): string[] {
  const more = gaps.length - ROWS_MAX
  const unknown = [
    ...(marksUnresolved > 0
      ? [
          `  ${formatCount(marksUnresolved)} calls of marks do not say their message in the code: unreached ones are not listed`,
        ]
      : []),
    ...(markCallsLost + marksDropped > 0
      ? [
          `  ${formatCount(markCallsLost + marksDropped)} calls of marks found no room and are not in this report: raise --marks-max`,
        ]
      : []),
  ]
  if (gaps.length + unknown.length === 0) return []
  const listed = gaps.slice(0, ROWS_MAX).map((gap) => `  ${gap}`)
  return [
    'Gaps: marks that never came to pass',
    ...listed,
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...unknown,
    '',
  ]
}

function findingLines(found: readonly ExploreFindingEvent[]): string[] {
  if (found.length === 0) return []
  const lines = found
    .slice(0, FINDINGS_SHOWN)
    .flatMap(({ kind, message, recipe, replay }, index) => [
      `  ${index + 1}. ${kind}: ${message}`,
      `     ${replay ?? recipe}`,
    ])
  const more = found.length - FINDINGS_SHOWN
  return [...lines, ...(more > 0 ? [`  … and ${more} more`] : []), '']
}

function nextStep(end: ExploreEndEvent): string {
  if (end.found.length > 0)
    return 'Next: repeat a finding with its command above; `fuzzbox minimize --recipe` shortens it.'
  if (end.timelines === 0) return 'Next: run it for longer: no timeline has come to its end.'
  if (end.marksMet === 0)
    return 'Next: the program met no mark, so there is no moment to split at: see docs/explore.md.'
  if (end.gaps.length > 0)
    return 'Next: look at the gaps; a mark on the way to one gives the explorer a step to stand on.'
  return 'Next: run longer, or with another --seed.'
}
