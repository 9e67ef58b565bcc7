// `--quiet`: findings and warnings, and nothing of the way there.

import type { SessionEvent } from '../core/campaign/events.ts'
import { findingText } from './finding-text.ts'
import { isNotice, warningText } from './warning-text.ts'
import type { ReportContext, ReportOutput, Reporter } from './reporter.ts'

export class QuietReporter implements Reporter {
  readonly #output: ReportOutput
  readonly #context: ReportContext

  constructor(output: ReportOutput, context: ReportContext) {
    this.#output = output
    this.#context = context
  }

  async event(event: SessionEvent): Promise<void> {
    if (event.type === 'warning' && !isNotice(event)) this.#output.write(warningText(event))
    if (event.type === 'finding') this.#output.write(await findingText(event, await this.#context.module()))
  }
}
