// What a smaller input must keep: the key of the trap, or, where the program returns, the edges that were reached.

import { keyOf } from '../findings/finding.ts'
import type { Outcome, Trap } from '../outcome.ts'
import type { Measured } from '../worker/protocol.ts'

export type Goal =
  | { readonly keeps: 'trap'; readonly trap: Trap; readonly key: string }
  /** Each edge, however often it ran. */
  | { readonly keeps: 'edges'; readonly count: number; readonly reached: string }
  /** Each edge in its bucket. */
  | { readonly keeps: 'features'; readonly count: number; readonly reached: string }

/** The goal that `measured` sets, which it meets itself. */
export function goalOf({ outcome, features }: Measured, exact: boolean): Goal {
  if (outcome.kind === 'trap') return { keeps: 'trap', trap: outcome, key: keyOf(outcome) }
  const keeps = exact ? 'features' : 'edges'
  return { keeps, count: features.length, reached: reachedText(features, exact) }
}

export function meets(goal: Goal, { outcome, features }: Measured): boolean {
  if (goal.keeps === 'trap') return isSameTrap(goal, outcome)
  if (outcome.kind === 'trap' || features.length !== goal.count) return false
  return reachedText(features, goal.keeps === 'features') === goal.reached
}

function isSameTrap(goal: Goal & { keeps: 'trap' }, outcome: Outcome): boolean {
  return outcome.kind === 'trap' && outcome.trap === goal.trap.trap && keyOf(outcome) === goal.key
}

/** A run has at most one feature an edge, in edge order. */
function reachedText(features: Uint32Array, exact: boolean): string {
  return (exact ? features : features.map((feature) => feature >>> 8)).join()
}
