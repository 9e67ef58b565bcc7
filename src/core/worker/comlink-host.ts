// The host's side of Comlink, and its only importer there. The worker's is comlink-worker.ts. Both use the one specifier
// 'comlink': its two builds do not understand each other's proxies.

import { releaseProxy, wrap, type Endpoint } from 'comlink'

export type { Endpoint }

/** The functions that the other end of `port` exposes, and a way to let go of them. */
export function connect<Api extends object>(port: Endpoint): { api: Api; release: () => void } {
  const remote = wrap<Api>(port)
  return { api: remote as unknown as Api, release: () => remote[releaseProxy]() }
}
