// AssemblyScript targets and harnesses, compiled in memory by asc, which is large and optional: it is imported here, when
// a .ts file asks for it, and nowhere else.
import { targetErrors } from '../errors.ts'
import type { CompileOptions, TargetSource } from './load.ts'

type AssemblyScriptSource = Extract<TargetSource, { kind: 'assemblyscript' }>

/** Optimised as far as names and lines stay readable; the incremental runtime, since a run may allocate and drop a lot. */
const OPTIONS = ['--optimizeLevel', '2', '--debug', '--bindings', 'raw', '--enable', 'simd', '--enable', 'bulk-memory']
/** A target's own memory management is exported, so that the input can be placed with it. */
const TARGET_OPTIONS = ['--runtime', 'incremental', '--exportRuntime']
/** A harness shares the target's memory, where a growing heap could not know whose page is next. */
const HARNESS_OPTIONS = ['--runtime', 'stub', '--importMemory', '--memoryBase']
const OUTPUT_FILE = 'module.wasm'

export async function compileAssemblyScript(
  source: AssemblyScriptSource,
  options: CompileOptions,
): Promise<Uint8Array> {
  const compiler = await loadCompiler(source.name)
  const role = options.memoryBase === undefined ? TARGET_OPTIONS : [...HARNESS_OPTIONS, String(options.memoryBase)]
  const map = options.onSourceMap ? ['--sourceMap'] : []
  // The compiler names functions after their file, and its text and stack traces should name the user's.
  const entryFile = source.name.slice(Math.max(source.name.lastIndexOf('/'), source.name.lastIndexOf('\\')) + 1)
  let output: Uint8Array | null = null
  const stderr = compiler.createMemoryStream()
  const { error } = await compiler.main([entryFile, '--outFile', OUTPUT_FILE, ...OPTIONS, ...role, ...map], {
    stdout: compiler.createMemoryStream(),
    stderr,
    readFile: async (path) => {
      if (path === entryFile) return source.text
      return source.files?.[path] ?? (await source.readFile?.(path)) ?? null
    },
    writeFile: (name, contents) => {
      if (name === OUTPUT_FILE && typeof contents !== 'string') output = contents
      if (name === `${OUTPUT_FILE}.map`) options.onSourceMap?.(String(contents))
    },
    listFiles: () => null,
  })
  if (output === null || error) {
    throw targetErrors.assemblyScript(source.name, diagnosticsOf(stderr.toString(), error))
  }
  return output
}

async function loadCompiler(name: string): Promise<typeof import('assemblyscript/asc')> {
  try {
    return await import('assemblyscript/asc')
  } catch (cause) {
    throw targetErrors.noAssemblyScript(name, cause)
  }
}

/** asc's own text, without colours. */
function diagnosticsOf(text: string, error: Error | null): string {
  // oxlint-disable-next-line no-control-regex
  const plain = text.replace(/\u001b\[\d*m/g, '').trim()
  return plain === '' ? (error?.message ?? 'the compiler wrote nothing') : plain
}
