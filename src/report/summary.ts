// The last words of a campaign: what was done, what was found, where it is, how to repeat it, what to do next.

import type { EndEvent, EndReason } from '../core/campaign/events.ts'
import { formatCount, formatDuration, formatSize } from '../core/units.ts'

const REASONS: Readonly<Record<EndReason, string>> = {
  time: 'the time is up',
  runs: 'all runs are done',
  stopped: 'stopped',
  finding: 'stopped at a finding',
  storage: 'a folder can no longer be written',
}
const FINDINGS_SHOWN = 20

export function summaryText(end: EndEvent, target: string): string {
  const perSecond = end.elapsedMs > 0 ? (end.executions / end.elapsedMs) * 1_000 : 0
  const share = end.edgesTotal > 0 ? ` (${Math.round((end.edges / end.edgesTotal) * 100)} %)` : ''
  const inputs = `${formatCount(end.corpus)} inputs, ${formatSize(end.corpusBytes)}, ${formatCount(end.inputsNew)} of them new`
  const lines = [
    '',
    `${target}: ${REASONS[end.reason]} after ${formatDuration(end.elapsedMs)}`,
    `  executions  ${formatCount(end.executions)} (${formatCount(perSecond)} a second)`,
    `  edges       ${formatCount(end.edges)} of ${formatCount(end.edgesTotal)}${share}`,
    `  corpus      ${inputs}`,
    `  seed        ${end.seed}`,
    `  findings    ${end.findings.length === 0 ? 'none' : end.findings.length}`,
    '',
  ]
  return `${[...lines, ...findingLines(end), ...nextSteps(end)].join('\n')}\n`
}

function findingLines(end: EndEvent): string[] {
  const lines = end.findings.slice(0, FINDINGS_SHOWN).flatMap((finding, index) => {
    const top = finding.frames[0] ? ` in ${finding.frames[0].functionName}` : ''
    const how = finding.replay ?? finding.path
    return [
      `  ${index + 1}. ${finding.message}${top} (${finding.sizeBytes} byte${finding.sizeBytes === 1 ? '' : 's'})`,
      ...(how === null ? [] : [`     ${how}`]),
    ]
  })
  const more = end.findings.length - FINDINGS_SHOWN
  return more > 0 ? [...lines, `  … and ${more} more`, ''] : lines.length > 0 ? [...lines, ''] : []
}

function nextSteps(end: EndEvent): string[] {
  if (end.findings.length > 0) {
    return ['Next: repeat a finding with its command above, mend it, and run again: the corpus goes on from here.']
  }
  if (end.edgesTotal > 0 && end.edges <= 1) {
    return ['Next: almost nothing was reached. Ask `fuzzbox doctor` whether this is the entry that you meant.']
  }
  if (end.inputsNew === 0)
    return ['Next: nothing new was found. A corpus of real inputs or a --dict may open new paths.']
  return ['Next: run longer; the corpus is kept, and the next run goes on from it.']
}
