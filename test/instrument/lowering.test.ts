// The layout with one memory, instruction by instruction: what a module reads, writes and traps on is what it would have
// alone, at every border of its memory, and nothing of the engine's can be read.
import { describe, expect, test } from 'vitest'
import { CONTROL_TARGET_BYTES, DYNAMIC_BASE } from '../../assembly/abi.ts'
import { instrument } from '../../instrument/index.ts'
import { lowerToOneMemory } from '../../instrument/lowering/lower.ts'
import { loadWabt, WABT_FEATURES } from '../../src/core/target/wabt.ts'
import { assemble } from '../generate/compare.ts'
import { LANE_STORES, LOADS, STORES } from '../generate/operators.ts'
import { engineMemory, observe, options, sandbox } from '../generate/sandbox.ts'

const PAGE = 65_536
const PAGES_MAX = 3
/** Offsets at the borders of a page, of the largest memory, of 31 and 32 bits, and some that lead to the engine and back. */
const OFFSETS = [0, 7, PAGE - 16, PAGE - 1, PAGE, PAGES_MAX * PAGE, 0x7fff_ffff, 0x8000_0000, 0xffff_0000, 0xffff_ffff]
const near = (at: number): number[] => [-16, -9, -8, -4, -2, -1, 0, 1].map((more) => at + more)
const ADDRESSES = [0, PAGE, 2 * PAGE, PAGES_MAX * PAGE, 0x8000_0000, 2 ** 32 - PAGE, 2 ** 32 - DYNAMIC_BASE, 2 ** 32]
  .flatMap(near)
  .map((address) => address | 0)

const VALUES = {
  i32: '(i32.const 0x7a7b7c7d)',
  i64: '(i64.const 0x7172737475767778)',
  f32: '(f32.const 1.5)',
  f64: '(f64.const 2.5)',
  v128: '(v128.const i64x2 0x0102030405060708 0x1112131415161718)',
}
/** Vectors do not leave a module. */
const SEEN = { i32: '', i64: '', f32: '', f64: '', v128: 'i64x2.extract_lane 1' }

interface Access {
  readonly result: string
  readonly code: (offset: number) => string
}

function accesses(): Access[] {
  const loads = Object.entries(LOADS).flatMap(([type, names]) =>
    names.map(([name]): Access => {
      const seen = SEEN[type as 'i32']
      const code = (offset: number): string => `(${name} offset=${offset} (local.get 0))`
      return { result: seen ? 'i64' : type, code: (offset) => (seen ? `(${seen} ${code(offset)})` : code(offset)) }
    }),
  )
  const stores = Object.entries(STORES).flatMap(([type, names]) =>
    names.map(([name]): Access => ({
      result: '',
      code: (offset) => `(${name} offset=${offset} (local.get 0) ${VALUES[type as 'i32']})`,
    })),
  )
  const lanes = LANE_STORES.map(([name]): Access => ({
    result: '',
    code: (offset) => `(${name} offset=${offset} 1 (local.get 0) ${VALUES.v128})`,
  }))
  const atomics = ['i32.atomic.rmw.add', 'i32.atomic.rmw8.xchg_u', 'i64.atomic.rmw32.sub_u'].map((name): Access => {
    const type = name.slice(0, 3) as 'i32'
    return { result: type, code: (offset) => `(${name} offset=${offset} (local.get 0) ${VALUES[type]})` }
  })
  return [...loads, ...stores, ...lanes, ...atomics]
}

const functions = accesses().flatMap(({ result, code }) =>
  OFFSETS.map((offset) => `(param i32) ${result ? `(result ${result})` : ''} ${code(offset)}`),
)
const WAT = `(module (memory (export "memory") 1 ${PAGES_MAX})
  (data (i32.const 65500) "the last bytes of the first page")
  (data (i32.const 0) "and the first bytes")
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func (export "size") (result i32) (memory.size))
  (func (export "copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  ${functions.map((body, index) => `(func (export "f${index}") ${body})`).join('\n')})`

const SECRET = 0xa5
const DIFFERENCES_SHOWN = 5

test('every access at every border reads, writes and traps as in a module of its own, and sees nothing of the engine', () => {
  const wasm = assemble(WAT)
  const original = new WebAssembly.Instance(new WebAssembly.Module(wasm as BufferSource)).exports as Record<
    string,
    (...values: number[]) => number
  > & { memory: WebAssembly.Memory }
  const engine = engineMemory()
  const box = sandbox(wasm, { fuel: 0x7fff_ffff }, {}, engine, 'one memory')
  box.exports['fuzzbox.initialise']?.()
  const bytes = new Uint8Array(engine.buffer)
  // From here on whatever is not the target's own is a pattern that it must never see.
  bytes.fill(SECRET, DYNAMIC_BASE, box.memoryBase!)
  const base = box.memoryBase!
  bytes.fill(SECRET, base + PAGES_MAX * PAGE)
  const differences: string[] = []
  let traps = 0
  const round = (): void => {
    for (let index = 0; index < functions.length; index++)
      for (const address of ADDRESSES) {
        const alone = observe(() => original[`f${index}`]!(address))
        const inside = observe(() => box.exports[`f${index}`]!(address))
        if (alone !== inside) differences.push(`${functions[index]} at ${address}: ${alone} / ${inside}`)
        if (alone.startsWith('trap')) traps++
      }
    for (const to of ADDRESSES)
      for (const [from, length] of [
        [0, 40],
        [PAGE - 20, 40],
        [3, PAGE],
        [-4, 8],
        [0, -1],
      ] as const) {
        const [alone, inside] = [original, box.exports].map((side) => observe(() => side['copy']!(to, from, length)))
        if (alone !== inside) differences.push(`copy ${to} ${from} ${length}: ${alone} / ${inside}`)
      }
    const [alone, inside] = [original.memory, box.memory!].map(({ buffer }) => new Uint8Array(buffer)) as [
      Uint8Array,
      Uint8Array,
    ]
    if (alone.length !== inside.length || alone.some((byte, at) => byte !== inside[at])) differences.push('memory')
  }
  round()
  for (const name of ['size', 'grow', 'size', 'grow', 'size']) expect(box.exports[name]!()).toBe(original[name]!())
  round()
  expect(differences.slice(0, DIFFERENCES_SHOWN)).toEqual([])
  expect(traps).toBeGreaterThan(functions.length * 20)
  const secret = bytes.subarray(DYNAMIC_BASE, base).every((byte) => byte === SECRET)
  expect([secret, box.word(CONTROL_TARGET_BYTES)]).toEqual([true, PAGES_MAX * PAGE])
})

describe('nulls for engines that know no types below func', () => {
  const NULLS = `(module (memory 1)
    (table $t 4 funcref) (table $held 2 externref)
    (elem (table $t) (i32.const 1) funcref (ref.func $f) (ref.null func))
    (global $kept (mut funcref) (ref.null func))
    (func $f (export "f") (result i32) (i32.load (i32.const 8)))
    (func (export "drop") (param i32) (table.set $t (local.get 0) (ref.null func)) (global.set $kept (ref.null func)))
    (func (export "isNull") (param i32) (result i32) (ref.is_null (table.get $t (local.get 0)))))`
  const place = { base: DYNAMIC_BASE, sizeWord: CONTROL_TARGET_BYTES, bytesInitial: PAGE, bytesMax: PAGE }

  test('are written so that a reader of before garbage collection takes the module, and mean the same', async () => {
    const wabt = await loadWabt()
    const read = (wasm: Uint8Array): void => wabt.readWasm(wasm, { ...WABT_FEATURES, readDebugNames: false }).validate()
    const { wasm } = instrument(assemble(NULLS), options())
    expect(() => read(lowerToOneMemory(wasm, place))).toThrow()
    const lowered = lowerToOneMemory(wasm, place, true)
    expect(() => read(lowered)).not.toThrow()

    const engine = new WebAssembly.Memory({ initial: DYNAMIC_BASE / PAGE + 1, maximum: 65_536 })
    const imports = { fuzzbox: { memory: engine } }
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(lowered as BufferSource), imports)
    const { drop, isNull } = exports as Record<string, (index: number) => number>
    expect([0, 1, 2].map((index) => isNull!(index))).toEqual([1, 0, 1])
    drop!(1)
    expect(isNull!(1)).toBe(1)
  })
})
