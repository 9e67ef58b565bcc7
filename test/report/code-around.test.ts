import { describe, expect, test } from 'vitest'
import loadWabt from 'wabt'
import { codeAround } from '../../src/report/code-around.ts'
import { instructionAt } from '../../src/report/instructions.ts'

async function assemble(text: string): Promise<Uint8Array> {
  const wabt = await loadWabt()
  const module = wabt.parseWat('test.wat', text, { simd: true, bulk_memory: true })
  return new Uint8Array(module.toBinary({ write_debug_names: true }).buffer)
}

/** Where V8 says that a call of the export traps: function and offset, as in every stack of WebAssembly. */
function trapOf(wasm: Uint8Array, name: string): { functionIndex: number; offset: number } {
  const module = new WebAssembly.Module(wasm as Uint8Array<ArrayBuffer>)
  const { exports } = new WebAssembly.Instance(module, { env: { f: () => 0 } })
  try {
    ;(exports[name] as () => void)()
  } catch (error) {
    const match = /wasm-function\[(\d+)\]:0x([0-9a-f]+)/.exec((error as Error).stack!)!
    return { functionIndex: Number(match[1]), offset: Number.parseInt(match[2]!, 16) }
  }
  throw new Error('it did not trap')
}

/** One instruction of each shape of immediate, all of them before the trap. */
const EVERYTHING = `(module
  (import "env" "f" (func $imported (result i32)))
  (type $none (func))
  (memory 1) (table 2 funcref) (elem declare func $other) (data $bytes "abc")
  (global $g (mut i32) (i32.const 0))
  (func $other)
  (func $trap (export "trap") (local $a i32) (local $b i64) (local v128)
    block (br 0) end
    loop (drop (i32.const 1)) end
    (block $outer (block $inner (br_table $inner $outer $inner (i32.const 1))))
    (drop (select (result i32) (i32.const 1) (i32.const 2) (i32.const 3)))
    (drop (call $imported))
    (drop (i64.const -1234567890123)) (drop (f32.const 1.5)) (drop (f64.const 2.5))
    (drop (ref.func $other)) (drop (ref.null func)) (drop (ref.is_null (ref.null extern)))
    (global.set $g (global.get $g)) (local.set $a (local.tee $a (i32.const 7)))
    (i32.store offset=300 align=1 (i32.const 0) (i32.load8_u offset=40000 (i32.const 20000)))
    (drop (memory.size)) (drop (memory.grow (i32.const 0)))
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 2)) (memory.copy (i32.const 0) (i32.const 1) (i32.const 2))
    (memory.init $bytes (i32.const 0) (i32.const 0) (i32.const 1)) (data.drop $bytes)
    (drop (table.size)) (table.set (i32.const 0) (ref.null func)) (drop (i32.trunc_sat_f32_s (f32.const 1)))
    (drop (v128.const i32x4 1 2 3 4)) (drop (v128.load offset=5 (i32.const 0)))
    (drop (i8x16.extract_lane_u 3 (i8x16.splat (i32.const 1))))
    (drop (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (v128.const i32x4 1 2 3 4) (v128.const i32x4 1 2 3 4)))
    (drop (v128.load8_lane 2 (i32.const 0) (v128.const i32x4 1 2 3 4)))
    (if (i32.const 1) (then (drop (i32.div_u (i32.const 1) (local.get $a)))) (else nop))
    (drop (i32.div_u (i32.const 1) (i32.const 0)))
    nop))`

describe('the code around a trap', () => {
  test('is found by counting, whatever stands before it', async () => {
    const wasm = await assemble(EVERYTHING)
    const { functionIndex, offset } = trapOf(wasm, 'trap')
    const code = await codeAround(wasm, { functionIndex, functionName: 'trap', offset: offset })
    expect(code?.[0]).toContain('$trap')
    // $a is 7 in the first division; the second one divides by zero.
    expect(code?.slice(-5)).toEqual(['    i32.const 1', '    i32.const 0', '  → i32.div_u', '    drop', '    nop'])
  })

  test('points at the very instruction, for every instruction of a function', async () => {
    const wasm = await assemble('(module (func (export "x") (drop (i32.const 300)) (block (br 0)) nop unreachable))')
    const { offset } = trapOf(wasm, 'x')
    const body = [0, 3, 4, 6, 8, 9, 10].map((distance) => offset - 10 + distance)
    expect(body.map((at) => instructionAt(wasm, at)?.instruction)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(await codeAround(wasm, { functionIndex: 0, functionName: 'x', offset })).toContain('  → unreachable')
  })

  test('is the same for a module in the middle of a larger buffer, as a cache hands it out', async () => {
    const wasm = await assemble('(module (func (export "x") unreachable))')
    const buffer = new Uint8Array(wasm.length + 100)
    buffer.set(wasm, 50)
    const frame = { functionIndex: 0, functionName: 'x', offset: trapOf(wasm, 'x').offset }
    const view = buffer.subarray(50, 50 + wasm.length)
    expect(await codeAround(view, frame)).toEqual(['    (func (;0;) (type 0)', '  → unreachable'])
  })

  test('is left out where there is none', async () => {
    const wasm = await assemble('(module (func (export "x") unreachable))')
    expect(await codeAround(wasm, { functionIndex: 0, functionName: 'x', offset: null })).toBeNull()
    expect(await codeAround(wasm, { functionIndex: 0, functionName: 'x', offset: 3 })).toBeNull()
    expect(await codeAround(wasm, { functionIndex: 0, functionName: 'x', offset: 1e6 })).toBeNull()
    expect(await codeAround(wasm.subarray(0, 20), { functionIndex: 0, functionName: 'x', offset: 18 })).toBeNull()
  })
})
