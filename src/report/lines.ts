// Without a terminal: one line an event, in libFuzzer's shape, so that what reads its logs reads these.
//
//   #2      INITED cov: 5 ft: 7 corp: 1/1b exec/s: 0 rss: 80Mb
//   #4096   NEW    cov: 9 ft: 12 corp: 4/9b lim: 64 exec/s: 52000 rss: 80Mb L: 3/64
//   #65536  pulse  cov: 9 … rss: 80Mb time: 3s new: 12 workers: 2
//
// What libFuzzer does not know stands behind its own fields. Pulses come at powers of two, and once a minute at least:
// whoever watches a build takes long silence for a hang.

import type { EndEvent, SessionEvent, StatusEvent } from '../core/campaign/events.ts'
import { findingText } from './finding-text.ts'
import type { ReportContext, ReportOutput, Reporter } from './reporter.ts'
import { summaryText } from './summary.ts'
import { warningText } from './warning-text.ts'

type Numbers = Pick<
  StatusEvent,
  'executions' | 'edges' | 'features' | 'corpus' | 'corpusBytes' | 'lengthLimit' | 'executionsPerSecond'
>

const PULSE_EVERY_MS = 60_000

export class LinesReporter implements Reporter {
  readonly #output: ReportOutput
  readonly #context: ReportContext
  #status: StatusEvent | null = null
  /** The next pulse comes at the next power of two, as libFuzzer's do. */
  #pulseAt = 1
  #pulsedMs = 0

  constructor(output: ReportOutput, context: ReportContext) {
    this.#output = output
    this.#context = context
  }

  async event(event: SessionEvent): Promise<void> {
    switch (event.type) {
      case 'status':
        return this.#pulse(event)
      case 'input':
        return this.#line('NEW', { ...this.#speed(), ...event }, ` L: ${event.sizeBytes}/${event.lengthLimit}`)
      case 'warning':
        return this.#output.write(warningText(event).replace('warning', 'WARNING'))
      case 'finding':
        return this.#output.write(await findingText(event, await this.#context.module()))
      case 'end':
        if (this.#status) this.#done(this.#status, event)
        return this.#output.write(summaryText(event, this.#context.target))
    }
  }

  #pulse(status: StatusEvent): void {
    const isFirst = status.phase !== 'warmup' && (this.#status === null || this.#status.phase === 'warmup')
    this.#status = status
    const isDue = status.executions >= this.#pulseAt || status.elapsedMs - this.#pulsedMs >= PULSE_EVERY_MS
    if (!isFirst && (status.executions === 0 || !isDue)) return
    this.#pulsedMs = status.elapsedMs
    while (this.#pulseAt <= status.executions) this.#pulseAt *= 2
    this.#line(isFirst ? 'INITED' : 'pulse', status, pulseFields(status))
  }

  #done(last: StatusEvent, end: EndEvent): void {
    const status: StatusEvent = { ...last, ...end, type: 'status', findings: end.findings.length }
    this.#line('DONE', status, pulseFields(status))
  }

  #speed(): { executionsPerSecond: number } {
    return { executionsPerSecond: this.#status?.executionsPerSecond ?? 0 }
  }

  #line(word: string, now: Numbers, more: string): void {
    const corpus = `${now.corpus}/${short(now.corpusBytes)}`
    const about = `cov: ${now.edges} ft: ${now.features} corp: ${corpus} lim: ${now.lengthLimit}`
    const speed = `exec/s: ${now.executionsPerSecond} rss: ${this.#context.residentMib()}Mb`
    this.#output.write(`#${now.executions}\t${word.padEnd(6)} ${about} ${speed}${more}\n`)
  }
}

/** What comes behind libFuzzer's fields; those of rare things only where there are any. */
function pulseFields(status: StatusEvent): string {
  const { warmup, restarts, findings } = status
  return [
    ` time: ${Math.round(status.elapsedMs / 1_000)}s new: ${status.inputsNew} workers: ${status.workers}`,
    warmup === null ? '' : ` warmup: ${warmup.done}/${warmup.total}`,
    restarts === 0 ? '' : ` restarts: ${restarts}`,
    findings === 0 ? '' : ` findings: ${findings}`,
  ].join('')
}

/** libFuzzer's own units: `5b`, `17Kb`, `3Mb`. */
function short(bytes: number): string {
  if (bytes < 1024) return `${bytes}b`
  return bytes < 1024 ** 2 ? `${bytes >> 10}Kb` : `${Math.floor(bytes / 1024 ** 2)}Mb`
}
