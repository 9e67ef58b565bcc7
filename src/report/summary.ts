// The last words of a campaign: what was done, what was found, where it is, how to repeat it, what to do next.

import type { EndEvent, EndReason } from '../core/campaign/events.ts'
import { titleOf } from '../core/findings/finding.ts'
import { formatCount, formatDuration, formatSize } from '../core/units.ts'
import { wrapped } from './fit.ts'
import { riskText } from './risk-text.ts'

const REASONS: Readonly<Record<EndReason, string>> = {
  time: 'the time is up',
  runs: 'all runs are done',
  stopped: 'stopped',
  finding: 'stopped at a finding',
  stable: 'nothing new was found any more',
  storage: 'a folder can no longer be written',
}
const FINDINGS_SHOWN = 20

/** Sentences are broken at `columns`; what someone may copy, a command or a path, is not. */
export function summaryText(end: EndEvent, target: string, columns: number = Infinity): string {
  const perSecond = end.elapsedMs > 0 ? (end.executions / end.elapsedMs) * 1_000 : 0
  const share = end.edgesTotal > 0 ? ` (${Math.round((end.edges / end.edgesTotal) * 100)} %)` : ''
  const failed = end.seedsFailed > 0 ? `, ${plural(end.seedsFailed, 'seed')} ended in a trap` : ''
  const inputs = `${formatCount(end.corpus)} inputs, ${formatSize(end.corpusBytes)}, ${formatCount(end.inputsNew)} of them new`
  const risk = riskText(end.residualRisk, perSecond)
  const lines = [
    '',
    `${target}: ${REASONS[end.reason]} after ${formatDuration(end.elapsedMs)}`,
    `  executions  ${formatCount(end.executions)} (${formatCount(perSecond)} a second)`,
    `  workers     ${end.workers}${end.restarts > 0 ? `, replaced ${times(end.restarts)}` : ''}`,
    `  edges       ${formatCount(end.edges)} of ${formatCount(end.edgesTotal)}${share}`,
    ...(end.unstableEdges > 0
      ? [`  unstable    ${plural(end.unstableEdges, 'edge')}, which no longer count as new`]
      : []),
    `  corpus      ${inputs}${failed}`,
    `  seed        ${end.seed}`,
    `  findings    ${end.findings.length === 0 ? 'none' : end.findings.length}`,
    '',
    ...(risk === null ? [] : [...wrapped(capitalised(risk), columns), '']),
  ]
  return `${[...lines, ...findingLines(end), ...dictionaryLines(end), ...wrapped(nextStep(end), columns)].join('\n')}\n`
}

function times(count: number): string {
  return count === 1 ? 'once' : `${formatCount(count)} times`
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

function capitalised(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
}

function findingLines(end: EndEvent): string[] {
  const lines = end.findings.slice(0, FINDINGS_SHOWN).flatMap((finding, index) => {
    const how = finding.replay ?? finding.path
    return [
      `  ${index + 1}. ${titleOf(finding)} (${plural(finding.sizeBytes, 'byte')})`,
      ...(how === null ? [] : [`     ${how}`]),
    ]
  })
  const more = end.findings.length - FINDINGS_SHOWN
  return more > 0 ? [...lines, `  … and ${more} more`, ''] : lines.length > 0 ? [...lines, ''] : []
}

/** As libFuzzer prints it: a file of these lines is a dictionary. */
function dictionaryLines({ recommendedDictionary: tokens = [] }: EndEvent): string[] {
  if (tokens.length === 0) return []
  const lines = tokens.map(({ token, uses }) => `${token} # uses: ${uses}`)
  return [
    '###### Recommended dictionary, for --dict. ######',
    ...lines,
    '###### End of recommended dictionary. ######',
    '',
  ]
}

function nextStep(end: EndEvent): string {
  if (end.reason === 'storage')
    return 'Next: make room, copy back what was saved (the warning says where), and run again.'
  if (end.findings.length > 0) {
    return 'Next: repeat a finding with its command above, mend it, and run again: the corpus goes on from here.'
  }
  if (end.edgesTotal > 0 && end.edges <= 1) {
    return 'Next: almost nothing was reached. Ask `fuzzbox doctor` whether this is the entry that you meant.'
  }
  if (end.inputsNew === 0) return 'Next: nothing new was found. A corpus of real inputs or a --dict may open new paths.'
  return 'Next: run longer; the corpus is kept, and the next run goes on from it.'
}
