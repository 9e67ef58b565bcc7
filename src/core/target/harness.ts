// Harness files: a second module that imports the target's functions and memory from module "target" and exports the
// entry. It is linked to the target's instance directly, Wasm to Wasm.
//
//   target's memory, as it starts        │ reserved, AssemblyScript only │ what the target grows later
//   0 ──────────────────────────── oldEnd│──────────────────────────────│───────────────────────────►
//                                        │ static data · heap           │
//
// An AssemblyScript harness has static data and a heap, and no memory but the target's. It is compiled to live in a range
// that the sandbox reserves by growing the target's memory (sandbox.ts) before the harness is instantiated. A harness in
// .wat names its own addresses, typically by calling the target's allocator, and nothing is reserved for it.
import { PAGE_BYTES } from '../../../assembly/abi.ts'
import { TARGET_MODULE } from '../../../instrument/types.ts'
import { targetErrors } from '../errors.ts'
import type { ReservedRange } from './prepared.ts'
import { loadModule, type TargetSource } from './load.ts'
import {
  exportedFunctions,
  findExport,
  readShape,
  sameSignature,
  showSignature,
  type ImportShape,
  type ModuleShape,
} from './shape.ts'

/** Static data and heap of an AssemblyScript harness: 1 MiB. */
const RESERVED_PAGES = 16

export interface LoadedHarness {
  readonly bytes: Uint8Array
  readonly shape: ModuleShape
  readonly reserved: ReservedRange | null
}

/** Compiles a harness against its target and checks what it imports; E_HARNESS_IMPORT, E_HARNESS_SIGNATURE, E_NO_MEMORY. */
export async function loadHarness(
  source: TargetSource,
  targetName: string,
  target: ModuleShape,
): Promise<LoadedHarness> {
  if (target.memory === null) throw targetErrors.noMemory(targetName)
  const reserved =
    source.kind === 'assemblyscript' ? { address: target.memory.initial * PAGE_BYTES, pages: RESERVED_PAGES } : null
  const bytes = await loadModule(source, reserved ? { memoryBase: reserved.address } : {})
  const shape = readShape(bytes)
  checkImports(source.name, shape, target)
  return { bytes, shape, reserved }
}

function checkImports(harness: string, shape: ModuleShape, target: ModuleShape): void {
  for (const item of shape.imports.filter(isTargetFunction)) {
    const found = findExport(target, item.name)
    if (!found?.signature) throw targetErrors.harnessImport(harness, item.name, exportedFunctions(target))
    if (!sameSignature(found.signature, item.signature!)) {
      const wanted = showSignature(item.signature!)
      throw targetErrors.harnessSignature(harness, item.name, wanted, showSignature(found.signature))
    }
  }
}

/** True for a function that the target's instance serves. */
export function isTargetFunction(item: ImportShape): boolean {
  return item.module === TARGET_MODULE && item.kind === 'function'
}
