// A folder with a campaign's statistics: fuzzer_stats, which is replaced, and plot_data, which grows.

import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomically } from './atomic-file.ts'

export class StatsFolder {
  readonly path: string
  readonly #plotHeader: string
  #begun = false

  constructor(path: string, plotHeader: string) {
    this.path = path
    this.#plotHeader = plotHeader
  }

  /** Throws what the file system throws. Calls must not overlap. */
  async write(stats: string, plotLine: string): Promise<void> {
    await writeAtomically(join(this.path, 'fuzzer_stats'), stats)
    const plot = join(this.path, 'plot_data')
    // The first line takes the place of an earlier campaign's file, and of whatever else bears the name: what is
    // appended to later is a file of our own.
    if (this.#begun) await appendFile(plot, plotLine)
    else await writeAtomically(plot, this.#plotHeader + plotLine)
    this.#begun = true
  }
}
