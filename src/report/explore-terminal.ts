// An exploration on a terminal: a block of a few lines, redrawn in its place; findings and warnings scroll away above it.

import type { ExploreEvent, ExploreStatusEvent } from '../core/explore/events.ts'
import { exploreFindingText, exploreStatusLines, exploreSummary } from './explore-text.ts'
import { fit } from './fit.ts'
import type { ReportOutput } from './reporter.ts'
import { warningText } from './warning-text.ts'

const COLUMNS_MIN = 20

export class ExploreTerminal {
  readonly #output: ReportOutput
  readonly #target: string
  #status: ExploreStatusEvent | null = null
  #linesDrawn = 0

  constructor(output: ReportOutput, target: string) {
    this.#output = output
    this.#target = target
  }

  event(event: ExploreEvent): void {
    switch (event.type) {
      case 'status':
        this.#status = event
        return this.#above('')
      case 'finding':
        return this.#above(exploreFindingText(event))
      case 'warning':
        return this.#above(warningText(event))
      case 'end':
        return this.#output.write(this.#erased() + exploreSummary(this.#target, event))
      default:
    }
  }

  #above(text: string): void {
    const columns = Math.max(COLUMNS_MIN, this.#output.columns()) - 1
    const erased = this.#erased()
    const lines = this.#status ? exploreStatusLines(this.#target, this.#status).map((line) => fit(line, columns)) : []
    this.#output.write(`${erased}${text}${lines.map((line) => `${line}\n`).join('')}`)
    this.#linesDrawn = lines.length
  }

  /** What puts the cursor back to where the block began, line by line. */
  #erased(): string {
    const lines = this.#linesDrawn
    this.#linesDrawn = 0
    return '\x1b[1A\x1b[2K'.repeat(lines)
  }
}
