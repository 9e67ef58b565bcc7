// Workers from memory. Each script was packed when fuzzbox was built (bundled/), and is loaded only where a page needs it.

import { unpackText } from './packed.ts'
import type { WorkerKind, WorkerLoader } from './worker-loaders.ts'

const addresses = new Map<WorkerKind, Promise<string>>()

export const inlineLoader: WorkerLoader = {
  name: 'inline',
  async create(kind) {
    const address = addresses.get(kind) ?? scriptAddress(kind)
    addresses.set(kind, address)
    // Modules may not be loaded from a Blob where the origin is opaque; classic scripts may.
    return new Worker(await address, { name: `fuzzbox ${kind}` })
  },
}

/** Never revoked: the next worker needs it too. */
async function scriptAddress(kind: WorkerKind): Promise<string> {
  const { default: packed } =
    kind === 'fuzz' ? await import('./bundled/fuzz-worker-text.js') : await import('./bundled/prepare-worker-text.js')
  return URL.createObjectURL(new Blob([await unpackText(packed)], { type: 'text/javascript' }))
}
