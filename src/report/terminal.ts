// On a terminal: a block of a few lines, redrawn in its place; findings and warnings scroll away above it.

import type { FindingEvent, SessionEvent, StatusEvent } from '../core/campaign/events.ts'
import { findingText } from './finding-text.ts'
import type { ReportContext, ReportOutput, Reporter } from './reporter.ts'
import { Sparkline } from './sparkline.ts'
import { statusBlock } from './status-block.ts'
import { summaryText } from './summary.ts'
import { warningText } from './warning-text.ts'

const COLUMNS_MIN = 20
const GROWTH_POINTS_MAX = 64

export class TerminalReporter implements Reporter {
  readonly #output: ReportOutput
  readonly #context: ReportContext
  readonly #findings: FindingEvent[] = []
  readonly #growth: Sparkline = new Sparkline(GROWTH_POINTS_MAX)
  #status: StatusEvent | null = null
  #linesDrawn = 0

  constructor(output: ReportOutput, context: ReportContext) {
    this.#output = output
    this.#context = context
  }

  async event(event: SessionEvent): Promise<void> {
    switch (event.type) {
      case 'status':
        this.#status = event
        this.#growth.add(event.edges)
        return this.#draw()
      case 'input':
        return
      case 'warning':
        return this.#above(warningText(event))
      case 'finding': {
        this.#findings.push(event)
        return this.#above(await findingText(event, await this.#context.module()))
      }
      case 'end':
        return this.#output.write(this.#erased() + summaryText(event, this.#context.target, this.#columns()))
    }
  }

  #above(text: string): void {
    this.#output.write(this.#erased() + text)
    this.#draw()
  }

  #draw(): void {
    if (!this.#status) return
    const { target } = this.#context
    const view = { target, status: this.#status, findings: this.#findings, growth: this.#growth }
    const lines = statusBlock(view, this.#columns())
    this.#output.write(`${this.#erased()}${lines.join('\n')}\n`)
    this.#linesDrawn = lines.length
  }

  /** The last column stays free: some terminals begin a new line there. */
  #columns(): number {
    return Math.max(COLUMNS_MIN, this.#output.columns()) - 1
  }

  /**
   * What puts the cursor back to where the block began, with nothing below. Line by line: a terminal may take "erase all
   * below" at the top of its screen for "clear", and keep a copy of each block in its history.
   */
  #erased(): string {
    const lines = this.#linesDrawn
    this.#linesDrawn = 0
    return '\x1b[1A\x1b[2K'.repeat(lines)
  }
}
