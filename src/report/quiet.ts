// `--quiet`: findings and warnings, and nothing of the way there.

import type { SessionEvent } from '../core/campaign/events.ts'
import { findingText } from './finding-text.ts'
import type { ReportContext, ReportOutput, Reporter } from './reporter.ts'

export class QuietReporter implements Reporter {
  readonly #output: ReportOutput
  readonly #context: ReportContext

  constructor(output: ReportOutput, context: ReportContext) {
    this.#output = output
    this.#context = context
  }

  async event(event: SessionEvent): Promise<void> {
    if (event.type === 'warning') this.#output.write(`warning: ${event.message} [${event.code}]\n`)
    if (event.type === 'finding') this.#output.write(await findingText(event, await this.#context.module()))
  }
}
