// The functions that the sandbox provides: what a module imports → the engine's export that serves it. An import that is
// not in this table, or has another signature, is stubbed by policy (`--imports trap|zero`).
import type { Signature, ValueType } from '../../../instrument/types.ts'
import { sameSignature, type ImportShape, type ModuleShape } from './shape.ts'

/** Whoever imports draws or marks from it is a simulation. */
export const SIMULATION_MODULE = 'fuzzbox'

export interface HostFunction {
  readonly signature: Signature
  /** Name among the exports of the engine; assembly/host.ts lists their modules. */
  readonly engineExport: string
}

/** One letter a type, parameters and results around a colon: `iI:i` takes an i32 and an i64 and returns an i32. */
function signatureOf(letters: string): Signature {
  const types: Record<string, ValueType> = { i: 'i32', I: 'i64', f: 'f32', F: 'f64' }
  const [params = '', results = ''] = letters.split(':')
  const decode = (text: string): ValueType[] => [...text].map((letter) => types[letter]!)
  return { params: decode(params), results: decode(results) }
}

/** WASI preview 1: the engine's exports have WASI's own names. */
const WASI: Readonly<Record<string, string>> = {
  args_get: 'ii:i',
  args_sizes_get: 'ii:i',
  environ_get: 'ii:i',
  environ_sizes_get: 'ii:i',
  clock_res_get: 'ii:i',
  clock_time_get: 'iIi:i',
  fd_advise: 'iIIi:i',
  fd_allocate: 'iII:i',
  fd_close: 'i:i',
  fd_datasync: 'i:i',
  fd_fdstat_get: 'ii:i',
  fd_fdstat_set_flags: 'ii:i',
  fd_fdstat_set_rights: 'iII:i',
  fd_filestat_get: 'ii:i',
  fd_filestat_set_size: 'iI:i',
  fd_filestat_set_times: 'iIIi:i',
  fd_pread: 'iiiIi:i',
  fd_prestat_get: 'ii:i',
  fd_prestat_dir_name: 'iii:i',
  fd_pwrite: 'iiiIi:i',
  fd_read: 'iiii:i',
  fd_readdir: 'iiiIi:i',
  fd_renumber: 'ii:i',
  fd_seek: 'iIii:i',
  fd_sync: 'i:i',
  fd_tell: 'ii:i',
  fd_write: 'iiii:i',
  path_create_directory: 'iii:i',
  path_filestat_get: 'iiiii:i',
  path_filestat_set_times: 'iiiiIIi:i',
  path_link: 'iiiiiii:i',
  path_open: 'iiiiiIIii:i',
  path_readlink: 'iiiiii:i',
  path_remove_directory: 'iii:i',
  path_rename: 'iiiiii:i',
  path_symlink: 'iiiii:i',
  path_unlink_file: 'iii:i',
  poll_oneoff: 'iiii:i',
  proc_exit: 'i:',
  proc_raise: 'i:i',
  random_get: 'ii:i',
  sched_yield: ':i',
  sock_accept: 'iii:i',
  sock_recv: 'iiiiii:i',
  sock_send: 'iiiii:i',
  sock_shutdown: 'ii:i',
}

/** `[names, signature, engine's export]` of module "env": AssemblyScript and Emscripten. One name may have several shapes. */
const ENVIRONMENT: readonly (readonly [readonly string[], string, string])[] = [
  [['abort'], 'iiii:', 'assemblyscript_abort'],
  [['seed'], ':F', 'assemblyscript_seed'],
  [['trace'], 'iiFFFFF:', 'assemblyscript_trace'],
  [['console.log', 'console.info', 'console.warn', 'console.error', 'console.debug'], 'i:', 'assemblyscript_log'],
  [['Date.now'], ':F', 'assemblyscript_date_now'],
  [['performance.now'], ':F', 'assemblyscript_performance_now'],
  [['abort', '_abort', '_abort_js', 'emscripten_abort', '__builtin_trap'], ':', 'emscripten_abort'],
  [['__assert_fail', '___assert_fail'], 'iiii:', 'emscripten_assert_fail'],
  [['emscripten_resize_heap', '_emscripten_resize_heap'], 'i:i', 'emscripten_resize_heap'],
  [['emscripten_get_heap_max'], ':i', 'emscripten_heap_max'],
  [['emscripten_get_heap_size'], ':i', 'emscripten_heap_size'],
  [['emscripten_memcpy_js', '_emscripten_memcpy_js'], 'iii:', 'emscripten_memcpy'],
  [['emscripten_memcpy_big', '_emscripten_memcpy_big'], 'iii:i', 'emscripten_memcpy_big'],
  [['emscripten_memcpy_big', '_emscripten_memcpy_big'], 'iii:', 'emscripten_memcpy'],
  [
    ['emscripten_get_now', 'emscripten_date_now', '_emscripten_get_now', '_emscripten_date_now'],
    ':F',
    'emscripten_now',
  ],
  [['emscripten_notify_memory_growth'], 'i:', 'notify_word'],
  [['exit', '_exit', '__exit', 'emscripten_force_exit'], 'i:', 'emscripten_exit'],
  [['__cxa_throw', '___cxa_throw'], 'iii:', 'emscripten_cxa_throw'],
  [['LLVMFuzzerMutate'], 'iii:i', 'libfuzzer_mutate'],
  [['_emscripten_throw_longjmp', 'emscripten_throw_longjmp'], ':', 'emscripten_throw_longjmp'],
]

/** Module "fuzzbox", which simulations import; the engine's exports have these names behind `fuzzbox_`. */
const SIMULATION: Readonly<Record<string, string>> = {
  random: ':i',
  random64: ':I',
  below: 'i:i',
  chance: 'F:i',
  f64: ':F',
  bytes: 'ii:',
  always: 'iiiii:',
  always_or_unreachable: 'iiiii:',
  always_gt: 'IIiiii:',
  always_ge: 'IIiiii:',
  always_lt: 'IIiiii:',
  always_le: 'IIiiii:',
  sometimes: 'iii:',
  reachable: 'ii:',
  unreachable: 'iiii:',
  sometimes_gt: 'IIii:',
  sometimes_ge: 'IIii:',
  sometimes_lt: 'IIii:',
  sometimes_le: 'IIii:',
  sometimes_all: 'iiii:',
  each: 'iiiiii:',
}

/** The part of module "fuzzbox" that any target may import: what it says of itself; assembly/imports/signals.ts. */
const SIGNALS: Readonly<Record<string, string>> = {
  maximize: 'iI:',
  minimize: 'iI:',
  set: 'iI:',
  state: 'I:',
  distance: 'iII:',
}

const DRAWS: ReadonlySet<string> = new Set(['random', 'random64', 'below', 'chance', 'f64', 'bytes'])

/** What of module "fuzzbox" is a mark, at which a timeline can be forked; as "module name". */
export const MARK_IMPORTS: readonly string[] = Object.keys(SIMULATION)
  .filter((name) => !DRAWS.has(name))
  .map((name) => `${SIMULATION_MODULE} ${name}`)

const BINDGEN_THROW = /^__wbindgen_throw$|^__wbg___wbindgen_throw(_[0-9a-f]+)?$/
const BINDGEN_NOTHING = /^__wbindgen_init_externref_table$|^__wbg___wbindgen_init_externref_table(_[0-9a-f]+)?$/

const environment = new Map(
  ENVIRONMENT.flatMap(([names, letters, engineExport]) =>
    names.map((name) => [`${name} ${letters}`, { signature: signatureOf(letters), engineExport }] as const),
  ),
)
const wasi = new Map(
  Object.entries(WASI).map(([name, letters]) => [name, { signature: signatureOf(letters), engineExport: name }]),
)

const simulation = new Map(
  Object.entries({ ...SIMULATION, ...SIGNALS }).map(([name, letters]) => [
    name,
    { signature: signatureOf(letters), engineExport: `fuzzbox_${name}` },
  ]),
)

/** All of the table, for `doctor` and for the test that compares it with the engine. */
export const PROVIDED_IMPORTS: readonly (HostFunction & { readonly name: string })[] = [
  ...[...wasi].map(([name, served]) => ({ name: `wasi_snapshot_preview1 ${name}`, ...served })),
  ...[...simulation].map(([name, served]) => ({ name: `fuzzbox ${name}`, ...served })),
  ...[...environment].map(([key, served]) => ({ name: `env ${key.split(' ')[0]}`, ...served })),
]

/** The engine's export that serves an import; null where policy decides. */
export function hostFunctionFor(item: ImportShape): string | null {
  if (item.signature === null) return null
  const served = candidates(item).find(({ signature }) => sameSignature(signature, item.signature!))
  return served?.engineExport ?? null
}

function candidates(item: ImportShape): readonly HostFunction[] {
  const { module, name } = item
  if (module === 'wasi_snapshot_preview1') return present(wasi.get(name))
  if (module === SIMULATION_MODULE) return present(simulation.get(name))
  // AssemblyScript names the module of its clocks and of console after the object.
  const dotted = module === 'env' ? name : `${module}.${name}`
  if (module === 'env' || ['Date', 'performance', 'console'].includes(module)) {
    return [...environment].filter(([key]) => key.startsWith(`${dotted} `)).map(([, served]) => served)
  }
  if (BINDGEN_THROW.test(name)) return [{ signature: signatureOf('ii:'), engineExport: 'bindgen_throw' }]
  if (BINDGEN_NOTHING.test(name)) return [{ signature: signatureOf(':'), engineExport: 'notify_nothing' }]
  return []
}

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value]
}

/** True where the module draws or marks. */
export function isSimulation({ imports }: ModuleShape): boolean {
  return imports.some(
    ({ module, name, kind }) => module === SIMULATION_MODULE && kind === 'function' && !(name in SIGNALS),
  )
}

/** True where the module tells signals, so that the engine needs edges for them. */
export function hasSignals({ imports }: ModuleShape): boolean {
  return imports.some((item) => item.module === SIMULATION_MODULE && item.name in SIGNALS && hostFunctionFor(item))
}

/** What `instrument` leaves in place, keyed "module name". `isLinked` says which imports another module serves. */
export function providedImports(
  shape: ModuleShape,
  isLinked: (item: ImportShape) => boolean = () => false,
): Readonly<Record<string, Signature>> {
  const provided: Record<string, Signature> = {}
  for (const item of shape.imports) {
    if (item.signature !== null && (isLinked(item) || hostFunctionFor(item) !== null)) {
      provided[`${item.module} ${item.name}`] = item.signature
    }
  }
  return provided
}
