// `--json`: every event, one object a line, nothing else.

import type { SessionEvent } from '../core/campaign/events.ts'
import type { ExploreEvent } from '../core/explore/events.ts'
import type { ReportOutput, Reporter } from './reporter.ts'

export class JsonReporter implements Reporter {
  readonly #output: ReportOutput

  constructor(output: ReportOutput) {
    this.#output = output
  }

  event(event: SessionEvent | ExploreEvent): void {
    this.#output.write(`${JSON.stringify(event)}\n`)
  }
}
