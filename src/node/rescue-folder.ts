// Where everything that a campaign found goes when its own folders cannot be written any more: the first place that can,
// of the system's folder for temporary files, the home folder, and the working folder.

import { mkdtempSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rescue } from '../core/campaign/corpus.ts'
import type { FindingEvent } from '../core/campaign/events.ts'
import { fileNameOf } from '../core/findings/finding.ts'
import { sha1Hex } from '../core/hash.ts'
import { writeAtomically } from './atomic-file.ts'

export class RescueFolder implements Rescue {
  readonly #name: string
  readonly #places: readonly string[]

  constructor(targetName: string, places: readonly string[] = [tmpdir(), homedir(), '.']) {
    this.#name = targetName.replaceAll(/[^\w.-]/g, '_')
    this.#places = places
  }

  async save(inputs: readonly Uint8Array[], findings: readonly FindingEvent[]): Promise<string | null> {
    for (const place of this.#places) {
      try {
        const folder = mkdtempSync(join(place, `fuzzbox-${this.#name}-`))
        for (const input of inputs) await writeAtomically(join(folder, 'corpus', await sha1Hex(input)), input)
        for (const finding of findings) {
          const input = new Uint8Array(Buffer.from(finding.inputBase64, 'base64'))
          const path = join(folder, 'findings', fileNameOf(finding.kind, await sha1Hex(input)))
          await writeAtomically(path, input)
          await writeAtomically(`${path}.json`, `${JSON.stringify(finding, null, 2)}\n`)
        }
        return folder
      } catch {
        // The next place may do.
      }
    }
    return null
  }
}
