// The file that an exploration is carried on from.

import { readFile } from 'node:fs/promises'
import type { CampaignStore } from '../core/explore/saved-campaign.ts'
import { writeAtomically } from './atomic-file.ts'

export class CampaignFile implements CampaignStore {
  readonly name: string

  constructor(path: string) {
    this.name = path
  }

  async read(): Promise<string | null> {
    try {
      return await readFile(this.name, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }

  async write(text: string): Promise<void> {
    await writeAtomically(this.name, text)
  }
}
