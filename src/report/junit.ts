// A JUnit report of an exploration: each assertion and mark is a test case, each finding that is none a case of its own.

import type { ExploreEndEvent, ExploreFindingEvent, MarkReport } from '../core/explore/events.ts'

export function junitText(target: string, end: ExploreEndEvent): string {
  const marks = end.markTable.map((mark) => markCase(mark, end.found))
  const others = end.found.filter(({ kind }) => kind !== 'violation').map(findingCase)
  const cases = [...marks, ...others]
  const failures = cases.filter((text) => text.includes('<failure')).length
  const skipped = cases.filter((text) => text.includes('<skipped')).length
  const seconds = (end.elapsedMs / 1_000).toFixed(3)
  const suite = `name="${escaped(target)}" tests="${cases.length}" failures="${failures}" skipped="${skipped}" time="${seconds}"`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite ${suite}>\n${cases.join('\n')}\n</testsuite>\n</testsuites>\n`
}

function markCase(mark: MarkReport, found: readonly ExploreFindingEvent[]): string {
  const keys = mark.keys.length > 0 ? ` [${mark.keys.join(', ')}]` : ''
  const head = `<testcase classname="${mark.kind}" name="${escaped(mark.message + keys)}"`
  if (mark.status === 'pass') return `${head}/>`
  if (mark.status === 'miss') return `${head}><skipped message="it never came to pass"/></testcase>`
  const finding = found.find(({ key }) => key === `violation|${mark.message}|${mark.id}`)
  return `${head}>${failureOf(mark.message, finding)}</testcase>`
}

function findingCase(finding: ExploreFindingEvent): string {
  const head = `<testcase classname="${finding.kind}" name="${escaped(finding.key)}"`
  return `${head}>${failureOf(finding.message, finding)}</testcase>`
}

function failureOf(message: string, finding: ExploreFindingEvent | undefined): string {
  const text = finding
    ? [finding.details, finding.recipe, finding.replay ?? ''].filter((line) => line !== '').join('\n')
    : ''
  return `<failure message="${escaped(message)}">${escaped(text)}</failure>`
}

/** What XML cannot say is left out. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replace(NOT_XML, '\ufffd')
}

// oxlint-disable-next-line no-control-regex
const NOT_XML = /[\u0000-\u001f\ufffe\uffff]/g
