// The C programs that are fuzzed by both sides, from the same source at the same optimisation level. None holds a known bug.
import { existsSync, readdirSync } from 'node:fs'

import { BUILD, CACHE, TARGETS } from './paths.ts'

export interface CTarget {
  readonly name: string
  readonly sources: readonly string[]
  readonly flags: readonly string[]
  /** For Wasm builds alone: what wasi-libc lacks. */
  readonly wasmSources: readonly string[]
  readonly wasmFlags: readonly string[]
  /** Largest input of both fuzzers, bytes. */
  readonly lengthMax: number
  /** Executions per second, against libFuzzer, at least; null where only the mean over libraries has a goal. */
  readonly goal: number | null
  readonly library: boolean
  readonly compilesAs: 'plain' | 'sparse'
}

const plain = (name: string, goal: number | null, lengthMax: number): CTarget => ({
  name,
  sources: [name === 'sparse' ? `${BUILD}sparse.c` : `${TARGETS}${name}.c`],
  flags: [`-I${TARGETS}`],
  wasmSources: [],
  wasmFlags: [],
  lengthMax,
  goal,
  library: false,
  compilesAs: name === 'sparse' ? 'sparse' : 'plain',
})

/** Folder of an unpacked Debian source package, or null when setup.sh has not brought it. */
function sourceFolder(prefix: string): string | null {
  const folder = `${CACHE}sources/`
  if (!existsSync(folder)) return null
  const found = readdirSync(folder, { withFileTypes: true }).find((f) => f.isDirectory() && f.name.startsWith(prefix))
  return found ? `${folder}${found.name}/` : null
}

interface Library {
  readonly name: string
  readonly package: string
  readonly files: readonly string[]
  readonly include: string
  readonly flags?: readonly string[]
  readonly alsoNeeds?: string
  readonly wasmSources?: readonly string[]
  readonly wasmFlags?: readonly string[]
}

const SETJMP_FLAGS = [`-I${TARGETS}wasm`, '-mexception-handling', '-mllvm', '-wasm-enable-sjlj']
const inflateFiles = ['adler32.c', 'crc32.c', 'inffast.c', 'inflate.c', 'inftrees.c', 'zutil.c']
const pngFiles = ['', 'error', 'get', 'mem', 'pread', 'read', 'rio', 'rtran', 'rutil', 'set', 'trans']

const LIBRARIES: readonly Library[] = [
  { name: 'zlib', package: 'zlib-', files: inflateFiles, include: '' },
  { name: 'cjson', package: 'cjson-', files: ['cJSON.c'], include: '' },
  {
    name: 'expat',
    package: 'expat-',
    files: ['expat/lib/xmlparse.c', 'expat/lib/xmlrole.c', 'expat/lib/xmltok.c'],
    include: 'expat/lib',
    wasmFlags: ['-D_WASI_EMULATED_GETPID', '-lwasi-emulated-getpid'],
  },
  {
    name: 'png',
    package: 'libpng1.6-',
    files: pngFiles.map((name) => `png${name}.c`),
    include: '',
    alsoNeeds: 'zlib',
    wasmSources: [`${TARGETS}wasm/setjmp.c`],
    wasmFlags: SETJMP_FLAGS,
  },
  {
    name: 'yaml',
    package: 'libyaml-',
    files: ['src/api.c', 'src/reader.c', 'src/scanner.c', 'src/parser.c'],
    include: 'include',
    flags: [
      '-DYAML_VERSION_MAJOR=0',
      '-DYAML_VERSION_MINOR=2',
      '-DYAML_VERSION_PATCH=5',
      '-DYAML_VERSION_STRING="0.2.5"',
    ],
  },
]

function library(wanted: Library): CTarget | null {
  const folder = sourceFolder(wanted.package)
  if (!folder) return null
  const zlib = wanted.alsoNeeds ? sourceFolder('zlib-') : null
  if (wanted.alsoNeeds && !zlib) return null
  return {
    name: wanted.name,
    sources: [
      `${TARGETS}${wanted.name}.c`,
      ...wanted.files.map((file) => folder + file),
      ...(zlib ? inflateFiles.map((file) => zlib + file) : []),
    ],
    flags: [
      `-I${TARGETS}`,
      `-I${TARGETS}include`,
      `-I${folder}${wanted.include}`,
      ...(zlib ? [`-I${zlib}`, `-I${BUILD}`] : []),
      ...(wanted.flags ?? []),
    ],
    wasmSources: wanted.wasmSources ?? [],
    wasmFlags: wanted.wasmFlags ?? [],
    lengthMax: 1024,
    goal: null,
    library: true,
    compilesAs: 'plain',
  }
}

export const SMALL_TARGETS: readonly CTarget[] = [
  plain('empty', 5, 64),
  plain('parser', 4, 64),
  plain('json', 4, 64),
  plain('sparse', 8, 64),
]

/** Has twins in Go and in AssemblyScript: targets/go/records/records.go and targets/records.ts. */
export const RECORDS: CTarget = plain('records', null, 4096)

/** A target of targets/misses/: each holds a bug that Go's fuzzer does not find. */
export function missTarget(name: string, lengthMax: number): CTarget {
  return { ...plain(name, null, lengthMax), name: `miss-${name}`, sources: [`${TARGETS}misses/${name}.c`] }
}

/** The libraries that are there, and the names of those that are not. */
export function libraryTargets(): { readonly targets: readonly CTarget[]; readonly missing: readonly string[] } {
  const built = LIBRARIES.map((wanted) => ({ wanted, target: library(wanted) }))
  return {
    targets: built.flatMap(({ target }) => (target ? [target] : [])),
    missing: built.filter(({ target }) => !target).map(({ wanted }) => wanted.name),
  }
}
