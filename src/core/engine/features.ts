// The one place that asks what this JavaScript engine can do, and so decides how a target is laid out: today two
// memories side by side, which needs the multi-memory feature. A single-memory layout would be chosen here.
import { targetErrors } from '../errors.ts'

export type MemoryLayout = 'two-memories'

// (module (memory 0) (memory 0)): valid only where a module may have more than one memory.
const TWO_MEMORIES = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 5, 2, 0, 0, 0, 0])

/** True where a module may name two memories. */
export function hasMultiMemory(): boolean {
  return WebAssembly.validate(TWO_MEMORIES)
}

/** True where memory can be seen by several threads: always in Node, in pages that are isolated from other origins. */
export function hasSharedMemory(): boolean {
  return typeof SharedArrayBuffer === 'function'
}

/** The layout this engine allows; throws E_NO_MULTI_MEMORY, one sentence that says what to do, where there is none. */
export function memoryLayout(): MemoryLayout {
  if (!hasMultiMemory()) throw targetErrors.noMultiMemory()
  return 'two-memories'
}
