// Stands in for module-loader.ts in builds that are one file: no other file has an address there.

import type { WorkerLoader } from './worker-loaders.ts'

export const moduleLoader: WorkerLoader | null = null
