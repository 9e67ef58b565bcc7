// A target or harness file becomes Wasm bytes: .wasm as it is, .wat through wabt, AssemblyScript .ts through asc. The
// compilers are loaded only when a file needs them.
import { targetErrors } from '../errors.ts'
import { compileAssemblyScript } from './assemblyscript.ts'
import { loadWabt, WABT_FEATURES } from './wabt.ts'
import { WAT_NESTING_MAX, watNesting } from './wat-nesting.ts'

/** One file as the host read it; `name` is its path, for messages and, without folder and ending, for folder names. */
export type TargetSource =
  | { readonly kind: 'wasm'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'wat'; readonly name: string; readonly text: string }
  | {
      readonly kind: 'assemblyscript'
      readonly name: string
      readonly text: string
      /** Reads what the file imports; `path` is relative to the file's folder. Null where there is no such file. */
      readonly readFile?: (path: string) => Promise<string | null>
      /** What it imports, by the paths that asc asks for, where there are no files to read: a source that can be posted. */
      readonly files?: Readonly<Record<string, string>>
    }

/** How an AssemblyScript file becomes a module. */
export interface CompileOptions {
  /** First byte of the target's memory that a harness may use; undefined for a target, which has its own memory. */
  readonly memoryBase?: number
  /** Asks for a source map, and is given it: JSON. */
  readonly onSourceMap?: (json: string) => void
}

/** Bytes of a valid core module, or one of E_NOT_WASM, E_COMPONENT, E_INVALID_WASM, E_WAT, E_WAT_TOO_DEEP, E_ASSEMBLYSCRIPT, E_NO_ASSEMBLYSCRIPT. */
export async function loadModule(source: TargetSource, options: CompileOptions = {}): Promise<Uint8Array> {
  const bytes = await toBytes(source, options)
  await checkModule(source.name, bytes)
  return bytes
}

async function toBytes(source: TargetSource, options: CompileOptions): Promise<Uint8Array> {
  if (source.kind === 'wasm') return source.bytes
  if (source.kind === 'wat') return await assemble(source.name, source.text)
  return await compileAssemblyScript(source, options)
}

async function checkModule(name: string, bytes: Uint8Array): Promise<void> {
  const magic = [0x00, 0x61, 0x73, 0x6d]
  if (bytes.length < 8 || magic.some((byte, index) => bytes[index] !== byte)) throw targetErrors.notWasm(name)
  // The second half of the version word is the layer: 1 is the component model.
  if (bytes[6] === 1) throw targetErrors.component(name)
  try {
    await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>)
  } catch (error) {
    throw targetErrors.invalid(name, compileReason(error))
  }
}

/** V8 puts "WebAssembly.compile(): " before what matters. */
function compileReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/^WebAssembly\.\w+\(\):\s*/, '')
}

async function assemble(name: string, text: string): Promise<Uint8Array> {
  if (watNesting(text) > WAT_NESTING_MAX) throw targetErrors.watTooDeep(name)
  const wabt = await loadWabt()
  try {
    const module = wabt.parseWat(name, text, WABT_FEATURES)
    try {
      module.resolveNames()
      module.validate()
      return new Uint8Array(module.toBinary({ write_debug_names: true }).buffer)
    } finally {
      module.destroy()
    }
  } catch (error) {
    throw targetErrors.wat(name, firstLine(error))
  }
}

/** wabt answers `parseWat failed:` and then `file:line:column: error: …`. */
function firstLine(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error).split('\n')
  return (lines.find((line) => line.includes('error:')) ?? lines[0] ?? '').trim()
}
