// The one place that asks what this JavaScript engine can do, and so decides how a target is laid out: two memories side
// by side where a module may name two, or the target's inside the engine's (instrument/lowering/), which every engine can.
import { engineErrors } from './errors.ts'

/** `two`: the target keeps a memory of its own. `single`: it lies in the engine's. */
export type MemoryLayout = 'two' | 'single'

// (module (memory 0) (memory 0)): valid only where a module may have more than one memory.
const TWO_MEMORIES = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 5, 2, 0, 0, 0, 0])

// (module (func (result v128) unreachable)): valid only where there are vectors, in which the engine counts.
const VECTORS = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 10, 5, 1, 3, 0, 0, 0x0b,
])

// (module (func (result funcref) (ref.null nofunc))): valid only where there are types below `func`.
const BOTTOM_TYPES = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x70, 3, 2, 1, 0, 10, 6, 1, 4, 0, 0xd0, 0x73, 0x0b,
])

/** True where a module may name two memories. */
export function hasMultiMemory(): boolean {
  return WebAssembly.validate(TWO_MEMORIES)
}

/** True where memory can be seen by several threads: always in Node, in pages that are isolated from other origins. */
export function hasSharedMemory(): boolean {
  return typeof SharedArrayBuffer === 'function'
}

/** True where a null reference may have the lowest type there is, as Binaryen writes it. */
export function hasBottomTypes(): boolean {
  return WebAssembly.validate(BOTTOM_TYPES)
}

/**
 * The layout that was asked for, or the faster of those that this engine allows. Throws E_NO_SIMD where it can run nothing
 * of ours, E_NO_MULTI_MEMORY where it has not what was asked for: one sentence each, which says what to do.
 */
export function memoryLayout(wanted: MemoryLayout | null = null): MemoryLayout {
  if (!WebAssembly.validate(VECTORS)) throw engineErrors.noVectors()
  const layout = wanted ?? (hasMultiMemory() ? 'two' : 'single')
  if (layout === 'two' && !hasMultiMemory()) throw engineErrors.noMultiMemory()
  return layout
}
