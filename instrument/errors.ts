// Every sentence with which instrumentation refuses a module: what happened, where, what to do next.

export type InstrumentErrorCode =
  | 'E_NOT_WASM'
  | 'E_MULTI_MEMORY'
  | 'E_MEMORY64'
  | 'E_SHARED_MEMORY'
  | 'E_TOO_MANY_EDGES'
  | 'E_TOO_MANY_FUNCTIONS'
  | 'E_TOO_MANY_GLOBALS'
  | 'E_EXPRESSION'
  | 'E_BINARYEN'
  | 'E_ENTRY'
  | 'E_IMPORT'
  | 'E_MEMORY_LIMIT'
  | 'E_TABLE_LIMIT'
  | 'E_HARNESS_MEMORY'

/** A module that cannot be instrumented, or a Binaryen that does not behave as we know it. */
export class InstrumentError extends Error {
  readonly code: InstrumentErrorCode

  constructor(code: InstrumentErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'InstrumentError'
    this.code = code
  }
}

/** The sentences themselves, so that tests and documentation name each of them once. */
export const refuse = {
  notWasm: (detail: string): InstrumentError =>
    new InstrumentError('E_NOT_WASM', `not a valid WebAssembly module: ${detail}; check that the file is complete`),
  multiMemory: (count: number): InstrumentError =>
    new InstrumentError(
      'E_MULTI_MEMORY',
      `the module has ${count} memories and fuzzbox restores one; build it without multi-memory, ` +
        'or lower it first with a tool that merges memories',
    ),
  memory64: (): InstrumentError =>
    new InstrumentError('E_MEMORY64', 'the module has a 64-bit memory; build it for wasm32, or lower it with wasm-opt'),
  sharedMemory: (): InstrumentError =>
    new InstrumentError(
      'E_SHARED_MEMORY',
      'the module has a shared memory, whose threads a snapshot cannot hold; build it without threads',
    ),
  tooManyEdges: (count: number, limit: number): InstrumentError =>
    new InstrumentError('E_TOO_MANY_EDGES', `the module needs ${count} counters and there is room for ${limit}`),
  tooManyFunctions: (count: number, limit: number): InstrumentError =>
    new InstrumentError('E_TOO_MANY_FUNCTIONS', `the module has ${count} functions and there are flags for ${limit}`),
  tooManyGlobals: (count: number, limit: number): InstrumentError =>
    new InstrumentError(
      'E_TOO_MANY_GLOBALS',
      `the module has ${count} mutable globals and a snapshot holds ${limit}; build it with fewer`,
    ),
  memoryLimit: (pages: number, limit: number): InstrumentError =>
    new InstrumentError(
      'E_MEMORY_LIMIT',
      `the module starts with ${pages} pages of memory and the sandbox allows ${limit}; ` +
        `allow at least ${pages * 64} KiB with --memory`,
    ),
  tableLimit: (where: string, entries: number, limit: number): InstrumentError =>
    new InstrumentError('E_TABLE_LIMIT', `${where} starts with ${entries} entries and the sandbox allows ${limit}`),
  harnessMemory: (): InstrumentError =>
    new InstrumentError(
      'E_HARNESS_MEMORY',
      'the harness defines a memory of its own, where pointers of the target mean nothing; ' +
        'import it: asc --importMemory, or (import "target" "memory" (memory 0)) in WAT',
    ),
  importWithoutZero: (where: string, what: string): InstrumentError =>
    new InstrumentError(
      'E_IMPORT',
      `import ${where} is a ${what}, for which no stand-in exists; build the module without it`,
    ),
  noEntry: (name: string, exports: readonly string[]): InstrumentError =>
    new InstrumentError(
      'E_ENTRY',
      `the module exports no function ${name}; its functions: ${exports.slice(0, 20).join(', ') || 'none'}`,
    ),
  entrySignature: (name: string, found: string, needed: string): InstrumentError =>
    new InstrumentError('E_ENTRY', `entry ${name} is ${found} and has to be ${needed}; name another one with --entry`),
  addedName: (name: string): InstrumentError =>
    new InstrumentError('E_ENTRY', `the module already exports ${name}: give fuzzbox the module as it was built`),
  expression: (id: number): InstrumentError =>
    new InstrumentError(
      'E_EXPRESSION',
      `a function of this module uses an instruction outside the WebAssembly 3.0 standard (Binaryen expression ${id}); ` +
        'build the module without experimental features',
    ),
  binaryen: (detail: string): InstrumentError =>
    new InstrumentError(
      'E_BINARYEN',
      `this Binaryen is not the one fuzzbox was written for: ${detail}; install 132.0.0`,
    ),
} as const
