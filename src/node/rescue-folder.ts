// Where everything that a campaign found goes when its own folders cannot be written any more: the first place that can,
// of the system's folder for temporary files, the home folder, and the working folder.

import { mkdtempSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rescue } from '../core/campaign/corpus.ts'
import type { FindingEvent } from '../core/campaign/events.ts'
import { fileNameOf } from '../core/findings/finding.ts'
import { plainCodec, type InputCodec } from '../core/typed/typed-corpus.ts'
import { writeAtomically } from './atomic-file.ts'

export class RescueFolder implements Rescue {
  readonly #name: string
  readonly #codec: InputCodec
  readonly #places: readonly string[]

  constructor(
    targetName: string,
    codec: InputCodec = plainCodec,
    places: readonly string[] = [tmpdir(), homedir(), '.'],
  ) {
    this.#codec = codec
    this.#name = targetName.replaceAll(/[^\w.-]/g, '_')
    this.#places = places
  }

  async save(inputs: readonly Uint8Array[], findings: readonly FindingEvent[]): Promise<string | null> {
    for (const place of this.#places) {
      try {
        const folder = mkdtempSync(join(place, `fuzzbox-${this.#name}-`))
        for (const input of inputs) {
          const file = this.#codec.encodeFile(input)
          await writeAtomically(join(folder, 'corpus', await this.#codec.nameOf(file)), file)
        }
        for (const finding of findings) {
          const file = this.#codec.encodeFile(new Uint8Array(Buffer.from(finding.inputBase64, 'base64')))
          const path = join(folder, 'findings', fileNameOf(finding.kind, await this.#codec.nameOf(file)))
          await writeAtomically(path, file)
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
