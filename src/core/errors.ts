// Every error that fuzzbox itself raises (a finding is never one), and the texts of this area. A text says what happened,
// where, and what to do next, in one sentence; its code never changes.

/** An error of ours, or of what we were given: `code` is stable and starts with `E_`. */
export class FuzzboxError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'FuzzboxError'
    this.code = code
  }
}

/** Errors lose their class when they are cloned between workers; plain data does not. */
export interface ErrorData {
  readonly code: string
  readonly message: string
}

/** What to post when an operation failed in a worker; a bug of ours carries E_INTERNAL and its stack. */
export function toErrorData(error: unknown): ErrorData {
  if (isCoded(error)) return { code: error.code, message: error.message }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { code: 'E_INTERNAL', message: `a bug in fuzzbox, please report it: ${text}` }
}

/** True for FuzzboxError and for every other error that carries one of our codes, for example one from `instrument`. */
export function isCoded(error: unknown): error is Error & ErrorData {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('E_')
}

/** The nearest of `names` to `wanted`, when it is near enough to be a slip of the fingers. */
export function didYouMean(wanted: string, names: Iterable<string>): string {
  let best = ''
  let bestDistance = Math.max(2, Math.ceil(wanted.length / 3)) + 1
  for (const name of names) {
    const distance = editDistance(wanted.toLowerCase(), name.toLowerCase(), bestDistance)
    if (distance < bestDistance) {
      best = name
      bestDistance = distance
    }
  }
  return best === '' ? '' : `; did you mean "${best}"?`
}

/** Levenshtein distance; gives up and answers `limit` where the lengths alone are that far apart. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const substitution = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(previous[column]! + 1, current[column - 1]! + 1, substitution))
    }
    previous = current
  }
  return previous[b.length]!
}

const ENTRY_SHAPE = '(pointer: i32, length: i32) returning i32 or nothing'

/** Texts of loading and preparing a target: none of them is said where prepared ones run. */
export const targetErrors = {
  notWasm: (name: string): FuzzboxError =>
    new FuzzboxError(
      'E_NOT_WASM',
      `${name} is not a WebAssembly module: it does not begin with "\\0asm"; give a .wasm, .wat or AssemblyScript .ts file`,
    ),
  component: (name: string): FuzzboxError =>
    new FuzzboxError(
      'E_COMPONENT',
      `${name} is a WebAssembly component, not a core module; extract its core module first (jco, wasm-tools)`,
    ),
  invalid: (name: string, reason: string): FuzzboxError =>
    new FuzzboxError(
      'E_INVALID_WASM',
      `${name} is not valid WebAssembly (${reason}); it may be cut short or need a feature that this engine lacks`,
    ),
  wat: (name: string, reason: string): FuzzboxError =>
    new FuzzboxError('E_WAT', `${name} does not assemble: ${reason}; mend the text and run again`),
  watTooDeep: (name: string): FuzzboxError =>
    new FuzzboxError(
      'E_WAT_TOO_DEEP',
      `${name} nests its blocks or operators deeper than the assembler can read; assemble it with another tool, ` +
        'such as wasm-tools parse, and give the .wasm file',
    ),
  assemblyScript: (name: string, diagnostics: string): FuzzboxError =>
    new FuzzboxError('E_ASSEMBLYSCRIPT', `${name} does not compile:\n${diagnostics}`),
  noAssemblyScript: (name: string, cause: unknown): FuzzboxError =>
    new FuzzboxError(
      'E_NO_ASSEMBLYSCRIPT',
      `${name} needs the AssemblyScript compiler, which is not installed; run: npm install --save-dev assemblyscript`,
      { cause },
    ),
  noEntry: (name: string, wanted: string, functions: readonly string[]): FuzzboxError =>
    new FuzzboxError(
      'E_NO_ENTRY',
      `${name} has no entry: export LLVMFuzzerTestOneInput${ENTRY_SHAPE}, name another export with --entry, ` +
        `or write a --harness; it exports ${list(functions)}${didYouMean(wanted, functions)}`,
    ),
  entryMissing: (name: string, entry: string, functions: readonly string[]): FuzzboxError =>
    new FuzzboxError(
      'E_ENTRY_MISSING',
      `${name} does not export a function "${entry}"${didYouMean(entry, functions) || `; it exports ${list(functions)}`}`,
    ),
  entrySignature: (name: string, entry: string, found: string): FuzzboxError =>
    new FuzzboxError(
      'E_ENTRY_SIGNATURE',
      `the entry "${entry}" of ${name} has the shape ${found}, an entry needs ${ENTRY_SHAPE}; name it with --entry and say ` +
        `what its arguments are with --types, or wrap it in a --harness`,
    ),
  mutatorFile: (name: string): FuzzboxError =>
    new FuzzboxError(
      'E_MUTATOR_FILE',
      `${name} is not AssemblyScript: --mutator takes a .ts file, and joins a --harness that is one; ` +
        'a target or harness in another language exports LLVMFuzzerCustomMutator itself',
    ),
  mutatorMissing: (name: string): FuzzboxError =>
    new FuzzboxError(
      'E_MUTATOR_MISSING',
      `${name} exports neither LLVMFuzzerCustomMutator nor LLVMFuzzerCustomCrossOver; export one of them`,
    ),
  mutatorEntry: (name: string): FuzzboxError =>
    new FuzzboxError(
      'E_MUTATOR_ENTRY',
      `--mutator changes the bytes that an entry gets by pointer and length, and the entry of ${name} gets none; leave it out`,
    ),
  noTypes: (entry: string): FuzzboxError =>
    new FuzzboxError('E_TYPES', `--types names no type, and the entry "${entry}" needs one for each of its arguments`),
  manyTypes: (count: number, most: number): FuzzboxError =>
    new FuzzboxError('E_TYPES', `--types names ${count} types and an entry may take ${most} arguments`),
  typesDiffer: (name: string, entry: string, types: string, wanted: string, found: string): FuzzboxError =>
    new FuzzboxError(
      'E_ENTRY_SIGNATURE',
      `--types ${types} needs an entry that takes (${wanted}), and "${entry}" of ${name} takes (${found}); bytes and string ` +
        `are a pointer and a length, u64 and i64 an i64, all other integers an i32`,
    ),
  recordMax: (types: string, bytes: number, most: number): FuzzboxError =>
    new FuzzboxError(
      'E_INPUT_MAX',
      `arguments of the types ${types} take at least ${bytes} bytes and inputs may have ${most}; raise --max-len`,
    ),
  noMemory: (name: string): FuzzboxError =>
    new FuzzboxError(
      'E_NO_MEMORY',
      `${name} has no linear memory, so there is no place for the input; let the module define or import one`,
    ),
  harnessImport: (harness: string, name: string, known: readonly string[]): FuzzboxError =>
    new FuzzboxError(
      'E_HARNESS_IMPORT',
      `${harness} imports "${name}" from "target", which the target does not export${didYouMean(name, known) || `; it exports ${list(known)}`}`,
    ),
  harnessSignature: (harness: string, name: string, wanted: string, found: string): FuzzboxError =>
    new FuzzboxError(
      'E_HARNESS_SIGNATURE',
      `${harness} declares "${name}" of "target" as ${wanted}, but it is ${found}; correct the declaration`,
    ),
  inputMax: (bytes: number, most: number): FuzzboxError =>
    new FuzzboxError('E_INPUT_MAX', `inputs of ${bytes} bytes are too large: choose --max-len between 1 and ${most}`),
}

function list(names: readonly string[]): string {
  if (names.length === 0) return 'no functions'
  const shown = names.slice(0, 12).join(', ')
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown
}
