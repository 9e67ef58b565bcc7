// What the estimate of the residual risk says in words, and no more than it can.

import type { ResidualRisk } from '../core/campaign/residual-risk.ts'
import { formatDuration, formatRoughly } from '../core/units.ts'

const CAUTION = '(Good–Turing; a guess, not a promise)'

/** One sentence, or null where the estimate says nothing. */
export function riskText(risk: ResidualRisk | null, executionsPerSecond: number): string | null {
  switch (risk?.doubt) {
    case undefined:
    case 'few-samples':
      return null
    case 'all-reached':
      return 'every edge is reached; what new inputs can still show is other counts and other values'
    case 'none-rare':
      return `no edge that was reached is rare: going on for as long again is not expected to reach a new one ${CAUTION}`
    case null:
      return expectation(risk.executionsToNextEdge ?? 0, executionsPerSecond)
  }
}

function expectation(executions: number, executionsPerSecond: number): string {
  const ms = executionsPerSecond > 0 ? (executions / executionsPerSecond) * 1_000 : 0
  const time = ms >= 1_000 ? `, ${formatDuration(ms)} at this speed` : ''
  return `the next new edge is expected after about ${formatRoughly(executions)} executions${time} ${CAUTION}`
}
