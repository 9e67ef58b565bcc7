// What was open when the page was left, so that a reload goes on where it was: the program, whether it ran, what it found.
// The corpus lies in the page's own storage (OPFS); this is of the tab, so that two tabs do not take each other's place.
import type { FindingEvent } from 'fuzzbox/browser'
import type { Program } from './program.ts'

const KEY = 'fuzzbox.program'
/** Findings that are kept over a reload; those after them are found again. */
const FINDINGS_MAX = 20

export interface Last {
  readonly program: Program
  readonly running: boolean
  readonly workers: string
  readonly seed: string
  readonly findings: readonly FindingEvent[]
}

export function remember(last: Last): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...last, findings: last.findings.slice(0, FINDINGS_MAX) }))
  } catch {
    // A frame without storage, or a program that is too large for it: a reload begins anew.
  }
}

export function remembered(): Last | null {
  try {
    const text = sessionStorage.getItem(KEY)
    return text === null ? null : (JSON.parse(text) as Last)
  } catch {
    return null
  }
}
