// An exploration without a terminal: one line an event.

import type { ExploreEvent, ExploreStatusEvent } from '../core/explore/events.ts'
import { exploreFindingText, exploreSummary } from './explore-text.ts'
import type { ReportOutput } from './reporter.ts'
import { warningText } from './warning-text.ts'

const PULSE_EVERY_MS = 5_000

export class ExploreLines {
  readonly #output: ReportOutput
  readonly #target: string
  readonly #isQuiet: boolean
  #pulsedMs = -Infinity

  /** A quiet one tells findings and warnings only. */
  constructor(output: ReportOutput, target: string, isQuiet: boolean) {
    this.#output = output
    this.#target = target
    this.#isQuiet = isQuiet
  }

  event(event: ExploreEvent): void {
    if (event.type === 'finding') return this.#output.write(exploreFindingText(event))
    if (event.type === 'warning') return this.#output.write(warningText(event))
    if (this.#isQuiet) return
    switch (event.type) {
      case 'status':
        return this.#pulse(event)
      case 'mark': {
        const keys = event.keys.length > 0 ? ` [${event.keys.join(', ')}]` : ''
        return this.#output.write(
          `#${event.timelines}\tNEW    ${event.kind} ${event.message}${keys} depth: ${event.depth}\n`,
        )
      }
      case 'seed':
        return this.#output.write(`#\tSEED   ${event.rootSeed} timelines: ${event.timelines} new: ${event.news}\n`)
      case 'end':
        return this.#output.write(exploreSummary(this.#target, event))
    }
  }

  #pulse(status: ExploreStatusEvent): void {
    if (status.elapsedMs - this.#pulsedMs < PULSE_EVERY_MS) return
    this.#pulsedMs = status.elapsedMs
    const { timelines, timelinesPerSecond, marks, edges, splitPoints, depth, energyLeft, findings } = status
    const about = `tl/s: ${timelinesPerSecond} marks: ${marks} cov: ${edges} splits: ${splitPoints} depth: ${depth}`
    this.#output.write(`#${timelines}\tpulse  ${about} energy: ${energyLeft} findings: ${findings}\n`)
  }
}
