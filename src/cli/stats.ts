// Writes the statistics of a campaign as its events pass by: every few seconds, and at the end. A disk that is full is
// no reason to end a campaign, so what fails is said once and then left alone.

import { join } from 'node:path'
import { EVENTS_VERSION, type SessionEvent, type WarningEvent } from '../core/campaign/events.ts'
import { STATS_EVERY_MS, TIMEOUT_MS_DEFAULT } from '../core/limits.ts'
import type { Session } from '../core/session.ts'
import { nodeWarnings } from '../node/errors.ts'
import { packageVersion } from '../node/package-files.ts'
import { StatsFolder } from '../node/stats-folder.ts'
import { AflStats, PLOT_HEADER } from '../report/afl-stats.ts'
import type { ReportContext } from '../report/reporter.ts'
import type { Values } from './command-line.ts'

export class StatsWriter {
  readonly #folder: StatsFolder
  readonly #stats: AflStats
  #writtenMs = -Infinity
  #failed = false

  constructor(folder: StatsFolder, stats: AflStats) {
    this.#folder = folder
    this.#stats = stats
  }

  /** The warning, where writing has just failed for the first time. */
  async event(event: SessionEvent): Promise<WarningEvent | null> {
    this.#stats.event(event)
    if (this.#failed || !this.#isDue(event)) return null
    const stats = this.#stats.stats()
    const plotLine = this.#stats.plotLine()
    if (stats === null || plotLine === null) return null
    try {
      await this.#folder.write(stats, plotLine)
      return null
    } catch (error) {
      this.#failed = true
      return { type: 'warning', version: EVENTS_VERSION, ...nodeWarnings.statsWrite(this.#folder.path, error) }
    }
  }

  #isDue(event: SessionEvent): boolean {
    if (event.type === 'end') return true
    if (event.type !== 'status' || event.executions === 0) return false
    if (event.elapsedMs - this.#writtenMs < STATS_EVERY_MS) return false
    this.#writtenMs = event.elapsedMs
    return true
  }
}

/** Null with `--no-stats`. */
export async function statsWriter(
  values: Values,
  context: ReportContext,
  session: Session,
): Promise<StatsWriter | null> {
  if (values['no-stats'] === true) return null
  // A target that cannot be prepared is the session's to report.
  const target = await session.target.catch(() => null)
  if (target === null) return null
  const folder = typeof values.stats === 'string' ? values.stats : join('fuzz', 'stats', target.name)
  const stats = new AflStats({
    target: context.target,
    version: `fuzzbox-${packageVersion()}`,
    commandLine: ['fuzzbox', ...process.argv.slice(2)].join(' '),
    processId: process.pid,
    timeoutMs: typeof values.timeout === 'number' ? values.timeout : TIMEOUT_MS_DEFAULT,
    residentMib: context.residentMib,
    nowMs: Date.now,
  })
  return new StatsWriter(new StatsFolder(folder, PLOT_HEADER), stats)
}
