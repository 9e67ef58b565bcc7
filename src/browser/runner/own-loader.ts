// Stands in for inline-loader.ts in the runners: their workers' script is the text that the page runs itself.

import type { WorkerLoader } from '../worker-loaders.ts'
import { workerText } from './itself.ts'

let address: string | null = null

export const inlineLoader: WorkerLoader = {
  name: 'inline',
  create(kind) {
    // Never revoked: the next worker needs it too.
    address ??= URL.createObjectURL(new Blob([workerText()], { type: 'text/javascript' }))
    return new Worker(address, { name: `fuzzbox ${kind}` })
  },
}
