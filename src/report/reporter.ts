// What shows the events of a campaign: one implementation a format, one file each.

import type { SessionEvent } from '../core/campaign/events.ts'

export interface Reporter {
  /** Events come one at a time, in order; the campaign does not wait for them. */
  event(event: SessionEvent): Promise<void> | void
}

export interface ReportOutput {
  write(text: string): void
  /** Width of the terminal, in characters. */
  columns(): number
}

export interface ReportContext {
  /** What is fuzzed, as the user named it. */
  readonly target: string
  /** The target as it came, once it is known: for the code around a trap. */
  readonly module: () => Promise<Uint8Array | null>
  /** Memory of this process, MiB. */
  readonly residentMib: () => number
}
