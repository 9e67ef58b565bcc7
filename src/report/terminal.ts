// On a terminal: a block of a few lines, redrawn in its place; findings and warnings scroll away above it.

import type { FindingEvent, SessionEvent, StatusEvent } from '../core/campaign/events.ts'
import { STATUS_LINES_MAX } from '../core/limits.ts'
import { formatCount, formatDuration, formatSize } from '../core/units.ts'
import { findingText } from './finding-text.ts'
import type { ReportContext, ReportOutput, Reporter } from './reporter.ts'
import { summaryText } from './summary.ts'
import { warningText } from './warning-text.ts'

const COLUMN = 36
const FINDINGS_SHOWN = 3

export class TerminalReporter implements Reporter {
  readonly #output: ReportOutput
  readonly #context: ReportContext
  readonly #findings: FindingEvent[] = []
  #status: StatusEvent | null = null
  #lastNewMs = 0
  #linesDrawn = 0

  constructor(output: ReportOutput, context: ReportContext) {
    this.#output = output
    this.#context = context
  }

  async event(event: SessionEvent): Promise<void> {
    switch (event.type) {
      case 'status':
        this.#status = event
        return this.#draw()
      case 'input':
        this.#lastNewMs = event.elapsedMs
        return
      case 'warning':
        return this.#above(warningText(event))
      case 'finding': {
        this.#findings.push(event)
        return this.#above(await findingText(event, await this.#context.module()))
      }
      case 'end':
        return this.#output.write(this.#erased() + summaryText(event, this.#context.target))
    }
  }

  #above(text: string): void {
    this.#output.write(this.#erased() + text)
    this.#draw()
  }

  #draw(): void {
    if (!this.#status) return
    const columns = Math.max(20, this.#output.columns() - 1)
    const lines = statusLines(this.#context.target, this.#status, this.#lastNewMs, this.#findings)
    const cut = lines.slice(0, STATUS_LINES_MAX).map((line) => line.slice(0, columns))
    this.#output.write(`${this.#erased()}${cut.join('\n')}\n`)
    this.#linesDrawn = cut.length
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

/** At most STATUS_LINES_MAX lines. */
function statusLines(
  target: string,
  status: StatusEvent,
  lastNewMs: number,
  findings: readonly FindingEvent[],
): string[] {
  const share = status.edgesTotal > 0 ? ` (${Math.round((status.edges / status.edgesTotal) * 100)} %)` : ''
  const quietMs = status.elapsedMs - lastNewMs
  const lines = [
    `fuzzbox ${target}  ${formatDuration(status.elapsedMs)}`,
    two(`  speed     ${formatCount(status.executionsPerSecond)} /s`, `executions  ${formatCount(status.executions)}`),
    two(
      `  edges     ${formatCount(status.edges)} of ${formatCount(status.edgesTotal)}${share}`,
      `features    ${formatCount(status.features)}`,
    ),
    two(
      `  corpus    ${formatCount(status.corpus)} (${formatSize(status.corpusBytes)})`,
      `input up to ${formatSize(status.lengthLimit)}`,
    ),
    two(`  findings  ${status.findings}`, `last new    ${formatDuration(Math.max(0, quietMs))} ago`),
  ]
  for (const finding of findings.slice(-FINDINGS_SHOWN)) lines.push(`    ${oneLine(finding)}`)
  return [...lines, '  Ctrl-C ends with a summary, twice at once']
}

function oneLine({ message, frames }: FindingEvent): string {
  return frames[0] ? `${message} in ${frames[0].functionName}` : message
}

function two(left: string, right: string): string {
  return `${left.padEnd(COLUMN)}  ${right}`
}
