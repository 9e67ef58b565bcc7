// Workers by their address, in the one form that bundlers recognise: literally so.

import type { WorkerLoader } from './worker-loaders.ts'

export const moduleLoader: WorkerLoader | null = {
  name: 'address',
  create(kind) {
    return kind === 'fuzz'
      ? new Worker(new URL('./bundled/fuzz-worker.js', import.meta.url), { type: 'module' })
      : new Worker(new URL('./bundled/prepare-worker.js', import.meta.url), { type: 'module' })
  },
}
