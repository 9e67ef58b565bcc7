// The comparison behind the correctness proof: a generated module, as written and instrumented, side by side.
import { binaryen } from '../../instrument/binaryen.ts'
import { FEATURES } from '../../instrument/features.ts'
import type { InstrumentOptions, Signature } from '../../instrument/types.ts'
import { type GeneratedModule, generateModule } from './module.ts'
import { Random } from './random.ts'
import type { Shape, Type } from './shape.ts'
import { type Layout, LAYOUTS, type Sandbox, observe, sandbox, stateLost } from './sandbox.ts'

const PROVIDED: Readonly<Record<string, Signature>> = { 'env mix': { params: ['i32', 'i32'], results: ['i32'] } }
const mix = (left: number, right: number): number => Math.imul(left ^ (right << 5), 0x9e3779b1)

/** Text to binary, with a name section if asked for; throws on text that is wrong. */
export function assemble(wat: string, names: boolean = false): Uint8Array {
  const module = binaryen.parseText(wat)
  module.setFeatures(FEATURES)
  const before = binaryen.getDebugInfo()
  binaryen.setDebugInfo(names)
  const wasm = module.emitBinary()
  binaryen.setDebugInfo(before)
  module.dispose()
  return wasm
}

/** Everything of a module's state that can be seen from outside. */
interface State {
  /** A view, good until the memory grows. */
  readonly memory: Uint8Array
  readonly globals: string
  readonly table: string
}

type Call = (exports: WebAssembly.Exports) => unknown

export interface Comparison {
  readonly seed: number
  /** Differences found, each a sentence; none is what a test hopes for. */
  readonly differences: string[]
  /** What happened, so that a test can tell that enough did. */
  readonly calls: number
  readonly traps: readonly string[]
  readonly restored: boolean
}

/** Runs the module of that seed both ways: the same calls, then a restore, then the same calls again. */
export function compare(
  seed: number,
  changes: Partial<InstrumentOptions> = {},
  layout: Layout = LAYOUTS[0]!,
): Comparison {
  const generated = generateModule(seed)
  const wasm = assemble(generated.wat)
  const original = instantiateOriginal(wasm, generated.shape)
  const limits = { provided: PROVIDED, fuel: 0x7fff_ffff, ...changes }
  const box = sandbox(wasm, limits, { env: { mix } }, undefined, layout)
  const differences: string[] = []
  const calls = makeCalls(new Random(seed), generated)
  const indices = new Map(box.map.functions.map(({ index, instrumentedIndex }) => [`${instrumentedIndex}`, `${index}`]))
  const check = (when: string, left: State, right: State): void => {
    const bytes = Math.min(left.memory.length, right.memory.length)
    if (!equal(left.memory.subarray(0, bytes), right.memory.subarray(0, bytes))) differences.push(`memory ${when}`)
    if (left.globals !== right.globals) differences.push(`globals ${when}: ${left.globals} / ${right.globals}`)
    if (left.table !== right.table) differences.push(`table ${when}: ${left.table} / ${right.table}`)
  }
  const stateOf = (exports: WebAssembly.Exports): State => {
    const isOriginal = exports === original
    const { buffer } = isOriginal ? (exports['memory'] as WebAssembly.Memory) : box.memory!
    return observeState(exports, buffer, generated.readable, isOriginal ? undefined : indices)
  }

  const first = stateOf(box.instance.exports)
  const base = { ...first, memory: first.memory.slice() }
  check('at the start', stateOf(original), base)
  box.capture()
  const outcomes = calls.map((call, i) => {
    const expected = observe(() => call(original))
    const actual = observe(() => call(box.instance.exports))
    if (expected !== actual) differences.push(`call ${i}: ${expected} / ${actual}`)
    check(`after call ${i}`, stateOf(original), stateOf(box.instance.exports))
    return expected
  })
  if (original.memory && pages(original.memory) !== sizeOf(box)) differences.push('memory.size')
  const lost = stateLost(box)
  restoreAndRepeat(box, base, calls, outcomes, { lost, check, stateOf, differs: (what) => void differences.push(what) })
  return {
    seed,
    differences,
    calls: calls.length,
    traps: outcomes.filter((text) => /^trap|exc/.test(text)),
    restored: !lost,
  }
}

interface Tools {
  readonly lost: boolean
  differs(what: string): void
  check(when: string, left: State, right: State): void
  stateOf(exports: WebAssembly.Exports): State
}

function restoreAndRepeat(
  box: Sandbox,
  base: State,
  calls: readonly Call[],
  outcomes: readonly string[],
  tools: Tools,
): void {
  const exports = box.instance.exports
  box.restore()
  const after = tools.stateOf(exports)
  // A table that grew cannot shrink; that state is lost and said to be.
  tools.check('after restore', base, tools.lost ? { ...after, table: base.table } : after)
  if (after.memory.subarray(base.memory.length).some((byte) => byte !== 0)) tools.differs('bytes beyond the image')
  if (tools.lost) return
  // Between the virtual and the real end an access no longer traps by itself, and what it does then is no longer the
  // standard's: compare until there.
  const grown = after.memory.length > base.memory.length
  const end = grown ? outcomes.findIndex((text) => text.includes('memory access')) : -1
  calls.slice(0, end < 0 ? calls.length : end).forEach((call, i) => {
    const again = observe(() => call(exports))
    if (again !== outcomes[i]) tools.differs(`call ${i} after a restore: ${outcomes[i]} / ${again}`)
  })
  box.restore()
  tools.check('after the second restore', base, tools.stateOf(exports))
}

const pages = (memory: unknown): number => (memory as WebAssembly.Memory).buffer.byteLength >>> 16
const sizeOf = (box: Sandbox): number => Number(box.exports['fuzzbox.size']!())

function instantiateOriginal(wasm: Uint8Array, shape: Shape): WebAssembly.Exports {
  const memory = new WebAssembly.Memory({ initial: shape.pages, maximum: shape.pagesMax ?? 65536 })
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: shape.tableEntries })
  const global = new WebAssembly.Global({ value: 'i32', mutable: true }, 0)
  return new WebAssembly.Instance(new WebAssembly.Module(wasm as BufferSource), { env: { mix, memory, table, global } })
    .exports
}

const ARGUMENTS = [0, 1, -1, 7, 100, 255, 65535, 65536, 0x7fffffff, -0x80000000]

function makeCalls(random: Random, generated: GeneratedModule): Call[] {
  return Array.from({ length: 12 }, () => {
    const { name, params } = random.pick(generated.calls)
    const values = params.map((type) => argument(random, type))
    return (exports) => {
      const functions = exports as unknown as Record<string, (...values: unknown[]) => unknown>
      functions['refuel']!()
      return functions[name]!(...values)
    }
  })
}

function argument(random: Random, type: Type): number | bigint {
  const value = random.chance(50) ? random.pick(ARGUMENTS) : random.u32() | 0
  if (type === 'i64') return BigInt(value) * (random.chance(50) ? 1n : 0x1_0000_0001n)
  return type === 'i32' ? value : value / 3
}

/** A function is named by its index; `indices` brings those of the instrumented module back to the original's. */
function observeState(
  exports: WebAssembly.Exports,
  buffer: ArrayBufferLike,
  readable: readonly string[],
  indices?: ReadonlyMap<string, string>,
): State {
  const memory = new Uint8Array(buffer)
  const globals = [...readable, 'gas'].map((name) => {
    const { value } = exports[name] as WebAssembly.Global
    return Object.is(value, -0) ? '-0' : String(value)
  })
  const table = exports['table'] as WebAssembly.Table
  const entries = Array.from({ length: table.length }, (_, i) => {
    const entry = table.get(i) as { readonly name: string } | null
    if (entry === null) return '-'
    return indices === undefined ? entry.name : (indices.get(entry.name) ?? `? ${entry.name}`)
  })
  return { memory, globals: globals.join(), table: entries.join() }
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  const words = (bytes: Uint8Array): BigUint64Array =>
    new BigUint64Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 3)
  const [a, b] = [words(left), words(right)]
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return a.length === b.length
}
