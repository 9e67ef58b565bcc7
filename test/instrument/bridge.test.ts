import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CONTROL_BULK_FUEL,
  CONTROL_INPUT_ADDRESS,
  CONTROL_INPUT_DIRTY,
  INPUT_BASE,
  MARKS_BASE,
} from '../../assembly/abi.ts'
import type { InstrumentOptions } from '../../instrument/types.ts'
import { assemble, compare } from '../generate/compare.ts'
import { IMAGE, type Sandbox, observe, sandbox } from '../generate/sandbox.ts'

const ENTRY: Partial<InstrumentOptions> = { entry: { kind: 'buffer', exportName: 'entry' } }

/** Sums its input with weights, and overwrites its first byte. */
const SUM = `(module (memory (export "memory") 2) (global $runs (mut i32) (i32.const 0))
  (func (export "entry") (param $at i32) (param $bytes i32) (result i32) (local $sum i32) (local $end i32)
    (global.set $runs (i32.add (global.get $runs) (i32.const 1)))
    (local.set $end (i32.add (local.get $at) (local.get $bytes)))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      (local.set $sum (i32.add (i32.mul (local.get $sum) (i32.const 31)) (i32.load8_u (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
    (i32.add (local.get $sum) (global.get $runs)))
  (func (export "store") (param i32 i64) (i64.store (local.get 0) (local.get 1)))
  (func (export "fill") (param i32 i32) (memory.fill (local.get 0) (i32.const 255) (local.get 1))))`

const weigh = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => (Math.imul(sum, 31) + byte) | 0, 0)
const bytesOf = (box: Sandbox): Uint8Array => new Uint8Array(box.memory!.buffer)

describe('run', () => {
  test('hands over the input, whatever its length, and leaves nothing of a longer one behind', () => {
    const box = sandbox(assemble(SUM), ENTRY)
    box.setWord(CONTROL_INPUT_ADDRESS, 1000)
    box.capture()
    const inputs = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(inputs, (list) => {
        for (const input of list) {
          box.setInput(input)
          expect(box.exports['fuzzbox.run']!(input.length)).toBe((weigh(input) + 1) | 0)
          expect(bytesOf(box).subarray(1000, 1000 + input.length)).toEqual(input)
          expect(
            bytesOf(box)
              .subarray(1000 + input.length, 1400)
              .every((byte) => byte === 0),
          ).toBe(true)
          expect(box.word(CONTROL_INPUT_DIRTY)).toBe(input.length)
          box.restore()
        }
      }),
    )
  })

  test('puts an input at the very end of memory without touching a byte beyond it', () => {
    const box = sandbox(assemble(SUM), ENTRY)
    for (const length of [1, 15, 16, 17, 64, 65, 300]) {
      box.setWord(CONTROL_INPUT_ADDRESS, 2 * 65536 - length)
      box.setWord(CONTROL_INPUT_DIRTY, 0)
      box.setInput(new Uint8Array(length).fill(3))
      expect(observe(() => box.exports['fuzzbox.run']!(length))).not.toMatch(/trap/)
      expect(observe(() => box.exports['fuzzbox.run']!(length + 1))).toMatch(/out of bounds/)
    }
  })

  test('clears the fuel of bulk operations, returns 0 for an entry without result, and runs commands', () => {
    const box = sandbox(assemble('(module (memory 1) (func (export "entry") (param i32 i32)))'), ENTRY)
    box.setWord(CONTROL_BULK_FUEL, 77)
    expect(box.exports['fuzzbox.run']!(3)).toBe(0)
    expect(box.word(CONTROL_BULK_FUEL)).toBe(0)
    const command = assemble(
      '(module (global $g (mut i32) (i32.const 0)) (export "g" (global $g)) (func (export "_start") (global.set $g (i32.const 9))))',
    )
    const started = sandbox(command, { entry: { kind: 'command', exportName: '_start' } })
    expect(started.exports['fuzzbox.run']!(0)).toBe(0)
    expect((started.instance.exports['g'] as WebAssembly.Global).value).toBe(9)
  })

  test.each([
    ['(func (export "entry") (param i32))', '(i32) -> ()'],
    ['(func (export "entry") (param i32 i32) (result i64) (i64.const 0))', '(i32, i32) -> (i64)'],
    ['(func (export "entry") (param i32 i64) (result i32) (i32.const 0))', '(i32, i64) -> i32'],
  ])('refuses an entry of another shape, saying what it found: %s', (func, found) => {
    const refused = (): unknown => sandbox(assemble(`(module (memory 1) ${func})`), ENTRY)
    expect(refused).toThrow(`entry entry is ${found} and has to be (i32, i32) -> i32 or (i32, i32) -> ()`)
  })

  test('refuses an entry that is not there, naming what is', () => {
    const refused = (): unknown => sandbox(assemble('(module (memory 1) (func (export "other")))'), ENTRY)
    expect(refused).toThrow('exports no function entry; its functions: other')
    expect(refused).toThrow(expect.objectContaining({ code: 'E_ENTRY' }))
  })
})

test('a start function waits to be called', () => {
  const box = sandbox(
    assemble(
      '(module (global $g (mut i32) (i32.const 0)) (export "g" (global $g)) (func $s (global.set $g (i32.const 1))) (start $s))',
    ),
  )
  const global = box.instance.exports['g'] as WebAssembly.Global
  expect([box.map.hasStart, global.value]).toEqual([true, 0])
  box.exports['fuzzbox.start']!()
  expect(global.value).toBe(1)
})

describe('restore', () => {
  test('brings back every byte, wherever and however much was written', () => {
    const box = sandbox(assemble(SUM), ENTRY)
    bytesOf(box).forEach((_, i, all) => (all[i] = i * 7))
    box.capture()
    const base = bytesOf(box).slice()
    const address = fc.oneof(
      fc.nat(2 * 65536 - 8),
      fc.nat(126).map((i) => i * 1024 + 1020),
      fc.constant(2 * 65536 - 8),
    )
    const writes = fc.array(fc.tuple(address, fc.oneof(fc.constant(8), fc.nat(5000))), { maxLength: 30 })
    fc.assert(
      fc.property(writes, (list) => {
        for (const [at, length] of list)
          if (length === 8) box.exports['store']!(at, -1n)
          else observe(() => box.exports['fill']!(at, length))
        box.restore()
        expect(sameBytes(bytesOf(box), base)).toBe(true)
        expect(new Uint8Array(box.engine.buffer, MARKS_BASE, 128).every((mark) => mark === 0)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('brings back what the host wrote through poke and copyIn', () => {
    const box = sandbox(assemble(SUM), ENTRY)
    box.capture()
    box.exports['fuzzbox.poke']!(131071, 5)
    box.setInput(new Uint8Array(3000).fill(9))
    box.exports['fuzzbox.copyIn']!(1500, INPUT_BASE, 3000)
    expect([box.exports['fuzzbox.peek']!(131071), box.exports['fuzzbox.peek']!(4499)]).toEqual([5, 9])
    box.exports['fuzzbox.copyOut']!(IMAGE + 0x30_0000, 4498, 4)
    expect([...new Uint8Array(box.engine.buffer, IMAGE + 0x30_0000, 4)]).toEqual([9, 9, 0, 0])
    box.restore()
    expect(bytesOf(box).every((byte) => byte === 0)).toBe(true)
  })

  test('brings back globals of every type', () => {
    const box = sandbox(
      assemble(`(module
        (global $i32 (mut i32) (i32.const 1)) (global $i64 (mut i64) (i64.const 2)) (global $f32 (mut f32) (f32.const 3))
        (global $f64 (mut f64) (f64.const 4)) (global $v128 (mut v128) (v128.const i32x4 5 6 7 8))
        (global $func (mut (ref func)) (ref.func $a)) (global $extern (mut externref) (ref.null extern))
        (export "i32" (global $i32)) (export "i64" (global $i64)) (export "f32" (global $f32)) (export "f64" (global $f64))
        (export "func" (global $func))
        (func $a (export "a")) (func $b (export "b"))
        (func (export "vector") (result i64) (i64x2.extract_lane 1 (global.get $v128)))
        (func (export "change")
          (global.set $i32 (i32.const -1)) (global.set $i64 (i64.const -1)) (global.set $f32 (f32.const -1))
          (global.set $f64 (f64.const -1)) (global.set $v128 (v128.const i64x2 -1 -1)) (global.set $func (ref.func $b))))`),
    )
    const see = (): unknown[] => [
      ...['i32', 'i64', 'f32', 'f64', 'func'].map(
        (name) => (box.instance.exports[name] as WebAssembly.Global).value as unknown,
      ),
      box.exports['vector']!(),
    ]
    box.capture()
    const base = see()
    box.exports['change']!()
    expect(see()[4]).toBe(box.exports['b'])
    box.restore()
    expect(see()).toEqual(base)
  })

  test('brings back tables that code writes, strict ones too', () => {
    const box = sandbox(
      assemble(`(module (type $v (func (result i32)))
        (table $loose (export "loose") 3 funcref) (table $strict 2 (ref $v) (ref.func $one)) (elem (table $loose) (i32.const 0) func $one)
        (func $one (type $v) (i32.const 1)) (func $two (type $v) (i32.const 2))
        (func (export "ask") (result i32) (call_indirect $strict (type $v) (i32.const 1)))
        (func (export "change") (table.fill $loose (i32.const 0) (ref.func $two) (i32.const 3)) (table.set $strict (i32.const 1) (ref.func $two))))`),
    )
    const table = box.instance.exports['loose'] as WebAssembly.Table
    const see = (): unknown[] => [table.get(0), table.get(1), table.get(2), box.exports['ask']!()]
    box.capture()
    const base = see()
    box.exports['change']!()
    expect(see()).not.toEqual(base)
    box.restore()
    expect(see()).toEqual(base)
    expect(base[3]).toBe(1)
  })

  test('returns to the image that it is given', () => {
    const box = sandbox(assemble(SUM), ENTRY)
    box.capture(IMAGE)
    box.exports['store']!(5000, 1n)
    const second = IMAGE + 0x10_0000
    box.capture(second)
    box.exports['store']!(5000, 2n)
    box.restore(second)
    expect(box.exports['fuzzbox.peek']!(5000)).toBe(1)
  })

  test('works for granules of any size', () => {
    for (const granuleShift of [10, 12, 16, 17]) {
      const box = sandbox(assemble(SUM), { ...ENTRY, granuleShift })
      box.capture()
      for (const at of [0, 65535, 65536, 131064]) box.exports['store']!(at, -1n)
      box.restore()
      expect(bytesOf(box).every((byte) => byte === 0)).toBe(true)
    }
  })

  test('misses writes when the pass that marks them is left out, so these tests can fail', () => {
    const differences = Array.from({ length: 10 }, (_, i) => compare(i + 1, { without: ['pages'] }).differences.join())
    expect(differences.join()).toContain('memory after restore')
  })
})

test('a harness copies the input into the target and restores its own globals', () => {
  const target = sandbox(
    assemble(
      `(module (memory (export "memory") 1) (func (export "first") (param i32) (result i32) (i32.load8_u (local.get 0))))`,
    ),
  )
  const harness = sandbox(
    assemble(`(module (import "target" "memory" (memory 1)) (import "target" "first" (func $first (param i32) (result i32)))
      (global $calls (mut i32) (i32.const 0)) (export "calls" (global $calls))
      (func (export "entry") (param i32 i32) (result i32)
        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
        (i32.store8 offset=10 (local.get 0) (i32.const 1))
        (i32.add (call $first (local.get 0)) (memory.size))))`),
    { ...ENTRY, role: 'harness', granuleShift: target.map.granuleShift },
    { target: { ...target.instance.exports, memory: target.memory as WebAssembly.Memory } },
    target.engine,
  )
  target.setWord(CONTROL_INPUT_ADDRESS, 2000)
  target.capture()
  harness.capture()
  target.setInput(new Uint8Array([42]))
  expect(harness.exports['fuzzbox.run']!(1)).toBe(43)
  expect(target.exports['fuzzbox.peek']!(2010)).toBe(1)
  target.restore()
  harness.restore()
  expect(target.exports['fuzzbox.peek']!(2010)).toBe(0)
  expect((harness.instance.exports['calls'] as WebAssembly.Global).value).toBe(0)
  expect(harness.instance.exports['fuzzbox.memory']).toBeUndefined()
})

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, i) => byte === right[i])
}
