// Which export is called with each input, and what is called before the first one.
import { PARAMETERS, parametersOf } from '../../../instrument/bridge/arguments.ts'
import type { EntryPlan, Signature } from '../../../instrument/types.ts'
import { ARGUMENTS_MAX } from '../../../assembly/abi.ts'
import type { ArgumentType } from '../typed/argument-types.ts'
import { targetErrors } from '../errors.ts'
import { isSimulation } from './imports.ts'
import { exportedFunctions, findExport, showSignature, type ModuleShape } from './shape.ts'

/** Entries by name, in order of preference: libFuzzer's, AFL's and honggfuzz's common one, and a short one of our own. */
const BUFFER_ENTRIES: readonly string[] = ['LLVMFuzzerTestOneInput', 'fuzz']
/** Simulations: they take nothing and draw what they need from module "fuzzbox". */
const SIMULATION_ENTRIES: readonly string[] = ['simulate', 'fuzzbox_simulate']
/** A WASI command: it reads the input from standard input. */
const COMMAND_ENTRY = '_start'

/** Start-up functions, called once in this order where they exist and take nothing. */
export const INITIALISERS: readonly string[] = ['_initialize', '__wasm_call_ctors']
export const FUZZER_INITIALISER = 'LLVMFuzzerInitialize'

/**
 * Finds the entry, or throws E_NO_ENTRY, E_ENTRY_MISSING, E_ENTRY_SIGNATURE or E_TYPES; `wanted` is the user's `--entry`,
 * `types` are those of `--types`.
 */
export function detectEntry(
  name: string,
  shape: ModuleShape,
  wanted?: string,
  types?: readonly ArgumentType[],
): EntryPlan {
  const found = wanted === undefined ? detect(shape) : findExport(shape, wanted)?.name
  if (found === undefined) {
    const functions = exportedFunctions(shape)
    throw wanted === undefined
      ? targetErrors.noEntry(name, BUFFER_ENTRIES[0]!, functions)
      : targetErrors.entryMissing(name, wanted, functions)
  }
  const { signature } = findExport(shape, found)!
  const plan = types
    ? typedPlan(name, found, signature, types)
    : planOf(found, signature, wanted !== undefined, isSimulation(shape))
  if (plan === null) {
    throw targetErrors.entrySignature(name, found, signature ? showSignature(signature) : 'unknown')
  }
  if (takesBytes(plan) && shape.memory === null) throw targetErrors.noMemory(name)
  return plan
}

/** True where the input, or a part of it, is copied into the target's memory. */
export function takesBytes(plan: EntryPlan): boolean {
  return plan.kind === 'buffer' || (plan.kind === 'typed' && plan.types.some((type) => PARAMETERS[type].length === 2))
}

function detect(shape: ModuleShape): string | undefined {
  const first = isSimulation(shape) ? SIMULATION_ENTRIES : []
  return [...first, ...BUFFER_ENTRIES, COMMAND_ENTRY].find((candidate) => findExport(shape, candidate) !== undefined)
}

/** The user says what the arguments are; the parameters have to be what they need, results may be any. */
function typedPlan(
  name: string,
  exportName: string,
  signature: Signature | null,
  types: readonly ArgumentType[],
): EntryPlan {
  if (types.length === 0) throw targetErrors.noTypes(exportName)
  if (types.length > ARGUMENTS_MAX) throw targetErrors.manyTypes(types.length, ARGUMENTS_MAX)
  if (signature === null || parametersOf(types, signature.params) === null) {
    const needed = types.flatMap((type) => PARAMETERS[type].map((one) => (one === 'word' ? 'i64 or i32' : one)))
    const found = signature ? signature.params.join(', ') : 'unknown'
    throw targetErrors.typesDiffer(name, exportName, types.join(','), needed.join(', '), found)
  }
  return { kind: 'typed', exportName, types }
}

/**
 * `(i32, i32)` is called with the buffer; a function that takes nothing draws, or reads standard input; one of other
 * numbers gets numbers, when the user names it.
 */
function planOf(exportName: string, signature: Signature | null, isNamed: boolean, draws: boolean): EntryPlan | null {
  if (signature === null) return null
  const { params, results } = signature
  const returns = results.length === 0 || (results.length === 1 && results[0] === 'i32')
  if (params.length === 0 && returns && draws) return { kind: 'simulation', exportName }
  if (params.length === 0 && results.length === 0) return { kind: 'command', exportName }
  const takes = params.length === 2 && params.every((type) => type === 'i32')
  if (takes) return returns ? { kind: 'buffer', exportName } : null
  const numbers = params.flatMap((type) => (type === 'v128' || type === 'ref' ? [] : [type]))
  if (!isNamed || numbers.length === 0 || numbers.length < params.length || params.length > ARGUMENTS_MAX) return null
  return { kind: 'typed', exportName, types: numbers }
}
