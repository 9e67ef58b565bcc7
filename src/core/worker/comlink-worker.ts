// The worker's side of Comlink, and its only importer there. The host's is comlink-host.ts.

import { expose, transfer, type Endpoint } from 'comlink'

export function serve(api: object, port: Endpoint): void {
  expose(api, port)
}

/** Marks the buffers of `arrays`, which must be fresh copies, to move with `value` instead of being copied again. */
export function moving<Value>(value: Value, arrays: readonly (Uint8Array | Uint32Array)[]): Value {
  return transfer(value, [...new Set(arrays.map((array) => array.buffer))])
}
