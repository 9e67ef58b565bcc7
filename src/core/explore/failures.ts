// What can fail in a timeline, and what makes two failures one: kind, message and place.

import { keyOf } from '../findings/finding.ts'
import type { Frame, TrapKind } from '../outcome.ts'
import type { Moment, Timeline } from './timelines.ts'

/** An assertion that did not hold, or whatever ended a run of the program before it returned. */
export type FailureKind = TrapKind | 'violation'

export interface Failure {
  readonly kind: FailureKind
  /** Equal for two failures that are the same finding. */
  readonly key: string
  readonly message: string
  /** What the program said of it: `balance=-3 account=7`. */
  readonly details: string
  readonly frames: readonly Frame[]
  readonly moment: Moment
}

const NONE: readonly never[] = []

/** All that failed in a timeline, in the order in which it did; of equal ones the first. */
export function failuresOf(timeline: Timeline): readonly Failure[] {
  const { violations, outcome, stopped } = timeline
  if (violations.length === 0 && (outcome.kind === 'ok' || stopped)) return NONE
  const failures = new Map<string, Failure>()
  for (const { id, message, details, moment } of violations) {
    const key = `violation|${message}|${id}`
    if (!failures.has(key)) failures.set(key, { kind: 'violation', key, message, details, frames: [], moment })
  }
  if (outcome.kind === 'trap' && !stopped) {
    const { trap, message, frames } = outcome
    const key = frames.length > 0 ? keyOf(outcome) : `${trap}|${message}`
    failures.set(key, { kind: trap, key, message, details: '', frames, moment: timeline.end })
  }
  return [...failures.values()]
}
