// Events for tests of reports.

import type { EndEvent, FindingEvent, InputEvent, StatusEvent } from '../../src/core/campaign/events.ts'
import type { ResidualRisk } from '../../src/core/campaign/residual-risk.ts'
import type { ReportContext, ReportOutput } from '../../src/report/reporter.ts'

const NUMBERS = { edges: 5, features: 7, corpus: 3, corpusBytes: 2_048, lengthLimit: 64 } as const

const CAMPAIGN = { workers: 2, restarts: 0, unstableEdges: 0, seedsFailed: 0, inputsNew: 2 } as const

export function status(changes: Partial<StatusEvent> = {}): StatusEvent {
  const more = { executionsPerSecond: 52_000, edgesTotal: 20, findings: 0, executions: 100, elapsedMs: 1_000 }
  const where = { phase: 'fuzz', warmup: null, lastNewMs: 900 } as const
  return { type: 'status', version: 1, ...NUMBERS, ...CAMPAIGN, ...where, ...more, ...changes }
}

export function inputEvent(changes: Partial<InputEvent> = {}): InputEvent {
  const more = { id: 'ab', sizeBytes: 4, newEdges: 1, skipped: 0, worker: 0, executions: 200, elapsedMs: 900 }
  return { type: 'input', version: 1, ...NUMBERS, ...more, ...changes }
}

export function finding(changes: Partial<FindingEvent> = {}): FindingEvent {
  return {
    type: 'finding',
    version: 1,
    kind: 'out-of-bounds',
    key: 'out-of-bounds|parse',
    path: 'fuzz/findings/x/crash-1',
    sizeBytes: 3,
    executions: 150,
    elapsedMs: 20,
    replay: 'npx fuzzbox replay x.wasm fuzz/findings/x/crash-1',
    message: 'memory access out of bounds',
    frames: [
      { functionIndex: 3, functionName: 'parse', offset: 0x1a2 },
      { functionIndex: 9, functionName: 'fuzz', offset: null },
    ],
    reproduced: 5,
    reproduceRuns: 5,
    confirmed: true,
    inputBase64: btoa('a"\n'),
    ...changes,
  }
}

export function end(changes: Partial<EndEvent> = {}): EndEvent {
  const { lengthLimit: _, ...numbers } = NUMBERS
  const more = { executions: 3_000_000, elapsedMs: 2_000, cpuMs: 1_900, edgesTotal: 20, seed: 9, residualRisk: null }
  return { type: 'end', version: 1, reason: 'time', findings: [], ...numbers, ...CAMPAIGN, ...more, ...changes }
}

export function risk(changes: Partial<ResidualRisk> = {}): ResidualRisk {
  const rare = { singletons: 3, doubletons: 2, discoveryProbability: 3.2e-7, discoveryProbabilityMax: 1e-4 }
  return { samples: 50_000, ...rare, edgesReachable: 8, executionsToNextEdge: 3_123_456, doubt: null, ...changes }
}

/** Collects what a reporter writes. */
export class Paper implements ReportOutput {
  text = ''
  readonly #columns: number

  constructor(columns = 80) {
    this.#columns = columns
  }

  write(text: string): void {
    this.text += text
  }

  columns(): number {
    return this.#columns
  }
}

export const context: ReportContext = { target: 'x.wasm', module: async () => null, residentMib: () => 81 }
