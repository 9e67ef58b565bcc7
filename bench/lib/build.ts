// Compiles a C target in its forms: with libFuzzer, with bare 8-bit counters for `replay`, with AFL++, and to Wasm.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { delimiter } from 'node:path'

import { BUILD, CACHE, TARGETS } from './paths.ts'
import { sparseSource } from './sparse.ts'
import type { CTarget } from './targets.ts'

export type Form = 'libfuzzer' | 'counters' | 'edges' | 'afl' | 'afl-cmplog' | 'wasm'

const CLANG = 'clang-19'

/** Stated beside every table: both sides are compiled with it. */
const OPTIMIZATION = '-O2'

export function installed(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0
}

/** Clang runs a wasm-opt that it finds: the one that npm puts in front would make the module depend on who called. */
const PATH = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))

function run(command: string, words: readonly string[], more: NodeJS.ProcessEnv = {}): void {
  const env = { ...process.env, ...more, PATH: PATH.join(delimiter) }
  const done = spawnSync(command, words, { encoding: 'utf8', env })
  if (done.status !== 0) throw new Error(`${command} ${words.join(' ')} failed:\n${done.stderr ?? done.error?.message}`)
}

function upToDate(output: string, inputs: readonly string[]): boolean {
  if (!existsSync(output)) return false
  const built = statSync(output).mtimeMs
  return inputs.every((input) => statSync(input).mtimeMs <= built)
}

function prepareSources(target: CTarget): void {
  const sparse = `${BUILD}sparse.c`
  if (target.compilesAs === 'sparse' && !existsSync(sparse)) writeFileSync(sparse, sparseSource())
  const prebuilt = target.sources
    .map((source) => source.replace(/[^/]*$/, 'scripts/pnglibconf.h.prebuilt'))
    .find((file) => file.startsWith(CACHE) && existsSync(file))
  if (prebuilt && !existsSync(`${BUILD}pnglibconf.h`))
    writeFileSync(`${BUILD}pnglibconf.h`, readOnlyConfiguration(prebuilt))
}

/** libpng's prebuilt configuration without the writing half, which nothing here calls. */
function readOnlyConfiguration(prebuilt: string): string {
  const lines = readFileSync(prebuilt, 'utf8').split('\n')
  return lines.filter((line) => !/#define PNG_\w*(WRITE|SAVE)\w*_SUPPORTED/.test(line)).join('\n')
}

/** Unused functions go from the native program too, as they do from Wasm: libFuzzer would scan their counters. */
const NATIVE_FLAGS = ['-ffunction-sections', '-Wl,--gc-sections', '-lm']
const LINKER_THAT_DROPS_COUNTERS = '-fuse-ld=lld'
const WASM_FLAGS = [
  '--target=wasm32-wasi',
  '-mexec-model=reactor',
  '-Wl,--export=LLVMFuzzerTestOneInput,--export=malloc,--export=free',
]

/** Builds what is missing or older than its sources; returns the path of the program. */
export function build(target: CTarget, form: Form): string {
  prepareSources(target)
  const output = `${BUILD}${target.name}.${form}`
  const sources = form === 'wasm' ? [...target.sources, ...target.wasmSources] : [...target.sources]
  const driver = `${TARGETS}${form === 'edges' ? 'edges' : 'replay'}.c`
  if (upToDate(output, [...sources, driver, `${TARGETS}entry.h`])) return output
  const common = [OPTIMIZATION, '-w', ...target.flags]
  if (form === 'libfuzzer')
    run(CLANG, [...common, ...NATIVE_FLAGS, LINKER_THAT_DROPS_COUNTERS, '-fsanitize=fuzzer', ...sources, '-o', output])
  if (form === 'afl') run('afl-clang-fast', [...common, ...NATIVE_FLAGS, '-fsanitize=fuzzer', ...sources, '-o', output])
  // CmpLog in the main program: Debian's AFL++ 4.04 runs it against the wrong one where it is a program of its own.
  if (form === 'afl-cmplog') {
    const words = [...common, ...NATIVE_FLAGS, '-fsanitize=fuzzer', ...sources, '-o', output]
    run('afl-clang-fast', words, { AFL_LLVM_CMPLOG: '1', AFL_QUIET: '1' })
  }
  if (form === 'wasm') run(CLANG, [...common, ...WASM_FLAGS, ...target.wasmFlags, ...sources, '-o', output])
  if (form === 'counters' || form === 'edges') {
    const object = `${BUILD}${form}.o`
    run(CLANG, [OPTIMIZATION, '-c', driver, '-o', object])
    run(CLANG, [
      ...common,
      ...NATIVE_FLAGS,
      LINKER_THAT_DROPS_COUNTERS,
      `-fsanitize-coverage=inline-8bit-counters${form === 'edges' ? ',no-prune' : ''}`,
      ...sources,
      object,
      '-o',
      output,
    ])
  }
  return output
}

export function launcher(): string {
  return buildNative('launch')
}

/** A program of one file in bench/targets. */
export function buildNative(name: string): string {
  const output = `${BUILD}${name}`
  const source = `${TARGETS}${name}.c`
  if (!upToDate(output, [source])) run(CLANG, [OPTIMIZATION, source, '-o', output])
  return output
}

/** Pins a child to the last core, where `taskset` exists: one core each, and not the one the system prefers. */
export function pinned(words: readonly string[]): string[] {
  const core = String(availableParallelism() - 1)
  return installed('taskset') ? ['taskset', '-c', core, ...words] : [...words]
}
