// One real module twice, as it is and instrumented, each with a way to put bytes into its memory and a log of the
// imports that it called.
import { INPUT_BASE } from '../../assembly/abi.ts'
import { instrument } from '../../instrument/index.ts'
import { ADDED, type ImportMap, type Signature } from '../../instrument/types.ts'
import { type Layout, LAYOUTS, type Sandbox, engineMemory, options, sandbox } from './sandbox.ts'

type Call = (...values: (number | bigint)[]) => number

export interface Side {
  readonly call: Record<string, Call>
  /** Every import called, with its arguments. All of them answer 0. */
  readonly log: string[]
  readonly memory: { readonly buffer: ArrayBufferLike }
  put(address: number, bytes: Uint8Array): void
}

export interface Pair {
  readonly original: Side
  readonly instrumented: Side
  readonly box: Sandbox
}

const ENGINE_PAGES_MORE = 1_024

export function makePair(wasm: Uint8Array, state: WebAssembly.ModuleImports = {}, layout: Layout = LAYOUTS[0]!): Pair {
  const imports = instrument(wasm, options()).map.imports
  const provided: Record<string, Signature> = {}
  for (const { module, name, signature } of imports) provided[`${module} ${name}`] = signature

  const log: string[] = []
  const functions = answering(imports, log)
  const linked = { ...functions, env: { ...functions['env'], ...state } }
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm as BufferSource), linked)
  const memory =
    Object.values(instance.exports).find((item): item is WebAssembly.Memory => item instanceof WebAssembly.Memory) ??
    (state['memory'] as WebAssembly.Memory)
  const original: Side = {
    call: instance.exports as unknown as Record<string, Call>,
    log,
    memory,
    put: (address, bytes) => new Uint8Array(memory.buffer).set(bytes, address),
  }

  const boxLog: string[] = []
  const engine = engineMemory()
  engine.grow(ENGINE_PAGES_MORE)
  const limits = { provided, fuel: 0x7fff_ffff, depthMax: 10_000 }
  const box = sandbox(wasm, limits, answering(imports, boxLog), engine, layout)
  const instrumented: Side = {
    call: box.exports as unknown as Record<string, Call>,
    log: boxLog,
    memory: box.memory!,
    put(address, bytes) {
      box.setInput(bytes)
      box.exports[ADDED.copyIn]!(address, INPUT_BASE, bytes.length)
    },
  }
  return { original, instrumented, box }
}

function answering(imports: readonly ImportMap[], log: string[]): WebAssembly.Imports {
  const modules: Record<string, Record<string, Call>> = {}
  for (const { module, name, signature } of imports)
    (modules[module] ??= {})[name] = (...values) => {
      log.push(`${name}(${values.join()})`)
      return (signature.results[0] === 'i64' ? 0n : 0) as number
    }
  return modules
}
