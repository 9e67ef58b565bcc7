// Which export is called with each input, and what is called before the first one.
import type { EntryPlan, Signature } from '../../../instrument/types.ts'
import { targetErrors } from '../errors.ts'
import { exportedFunctions, findExport, showSignature, type ModuleShape } from './shape.ts'

/** Entries by name, in order of preference: libFuzzer's, AFL's and honggfuzz's common one, and a short one of our own. */
const BUFFER_ENTRIES: readonly string[] = ['LLVMFuzzerTestOneInput', 'fuzz']
/** A WASI command: it reads the input from standard input. */
const COMMAND_ENTRY = '_start'

/** Start-up functions, called once in this order where they exist and take nothing. */
export const INITIALISERS: readonly string[] = ['_initialize', '__wasm_call_ctors']
export const FUZZER_INITIALISER = 'LLVMFuzzerInitialize'

/** Finds the entry, or throws E_NO_ENTRY, E_ENTRY_MISSING or E_ENTRY_SIGNATURE; `wanted` is the user's `--entry`. */
export function detectEntry(name: string, shape: ModuleShape, wanted?: string): EntryPlan {
  const found = wanted === undefined ? detect(shape) : findExport(shape, wanted)?.name
  if (found === undefined) {
    const functions = exportedFunctions(shape)
    throw wanted === undefined
      ? targetErrors.noEntry(name, BUFFER_ENTRIES[0]!, functions)
      : targetErrors.entryMissing(name, wanted, functions)
  }
  const plan = planOf(found, findExport(shape, found)!.signature)
  if (plan === null) {
    const signature = findExport(shape, found)!.signature
    throw targetErrors.entrySignature(name, found, signature ? showSignature(signature) : 'unknown')
  }
  if (plan.kind === 'buffer' && shape.memory === null) throw targetErrors.noMemory(name)
  return plan
}

function detect(shape: ModuleShape): string | undefined {
  return [...BUFFER_ENTRIES, COMMAND_ENTRY].find((candidate) => findExport(shape, candidate) !== undefined)
}

/** `(i32, i32)` is called with the buffer; a function that takes nothing reads standard input. */
function planOf(exportName: string, signature: Signature | null): EntryPlan | null {
  if (signature === null) return null
  const { params, results } = signature
  if (params.length === 0 && results.length === 0) return { kind: 'command', exportName }
  const returns = results.length === 0 || (results.length === 1 && results[0] === 'i32')
  const takes = params.length === 2 && params.every((type) => type === 'i32')
  return returns && takes ? { kind: 'buffer', exportName } : null
}
