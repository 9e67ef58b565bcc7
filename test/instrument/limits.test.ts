import { describe, expect, test } from 'vitest'
import { CONTROL_DETAIL, CONTROL_REASON, REASON_MEMORY } from '../../assembly/abi.ts'
import { assemble } from '../generate/compare.ts'
import { observe, sandbox, stateLost } from '../generate/sandbox.ts'

const GROWING = (limits: string): string => `(module (memory ${limits})
  (func (export "size") (result i32) (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "store") (param i32 i32) (i32.store8 (local.get 0) (local.get 1))))`

describe('memory', () => {
  test('answers -1 beyond the maximum that the module declares, as the standard says', () => {
    const box = sandbox(assemble(GROWING('1 3')))
    expect(box.exports['grow']!(3)).toBe(-1)
    expect(box.exports['grow']!(-1)).toBe(-1)
    expect(box.exports['grow']!(2)).toBe(1)
    expect(box.exports['size']!()).toBe(3)
    expect(box.exports['grow']!(0)).toBe(3)
    expect(box.exports['grow']!(1)).toBe(-1)
  })

  test('is a finding beyond the limit of the sandbox, with the pages asked for', () => {
    const box = sandbox(assemble(GROWING('1')), { memoryPagesMax: 4 })
    expect(box.exports['grow']!(3)).toBe(1)
    expect(observe(() => box.exports['grow']!(5))).toBe('trap: unreachable')
    expect([box.word(CONTROL_REASON), box.word(CONTROL_DETAIL)]).toEqual([REASON_MEMORY, 9])
    expect(box.map.memory).toEqual({ pagesInitial: 1, pagesMax: 4 })
  })

  test('shrinks back in the eyes of the target, and grows again over zeros', () => {
    const box = sandbox(assemble(GROWING('1')))
    box.capture()
    box.exports['grow']!(2)
    box.exports['store']!(3 * 65536 - 1, 7)
    box.exports['store']!(65536, 7)
    box.exports['store']!(65535, 7)
    box.restore()
    expect(box.exports['size']!()).toBe(1)
    expect(box.memory!.buffer.byteLength).toBe(3 * 65536)
    expect(box.exports['load']!(65535)).toBe(0)
    expect(box.exports['grow']!(2)).toBe(1)
    expect(box.exports['load']!(3 * 65536 - 1)).toBe(0)
    expect(box.exports['load']!(65536)).toBe(0)
  })

  test('keeps what it had grown to before the snapshot', () => {
    const box = sandbox(assemble(GROWING('1')))
    box.exports['grow']!(1)
    box.exports['store']!(70_000, 9)
    box.capture()
    box.exports['store']!(70_000, 8)
    box.exports['grow']!(1)
    box.restore()
    expect(box.exports['size']!()).toBe(2)
    expect(box.exports['load']!(70_000)).toBe(9)
  })

  test('says to the host what it says to the target', () => {
    const box = sandbox(assemble(GROWING('1 5')))
    expect(box.exports['fuzzbox.grow']!(2)).toBe(1)
    expect([box.exports['size']!(), box.exports['fuzzbox.size']!()]).toEqual([3, 3])
    expect(box.exports['fuzzbox.grow']!(9)).toBe(-1)
  })
})

describe('what a restore cannot bring back sets the word for it, and nothing else does', () => {
  const lost = (wat: string, ...values: number[]): boolean => {
    const box = sandbox(assemble(`(module ${wat})`))
    box.capture()
    observe(() => box.exports['run']!(...values))
    return stateLost(box)
  }
  test.each([
    ['data.drop', '(memory 1) (data $d "x") (func (export "run") (data.drop $d))', true],
    ['elem.drop', '(elem $e func $f) (func $f (export "run") (elem.drop $e))', true],
    [
      'table.grow',
      '(table $t 1 funcref) (func (export "run") (drop (table.grow $t (ref.null func) (i32.const 1))))',
      true,
    ],
    ['table.set', '(table $t 1 funcref) (func $f (export "run") (table.set $t (i32.const 0) (ref.func $f)))', false],
    ['memory.grow', '(memory 1) (func (export "run") (drop (memory.grow (i32.const 1))))', false],
    [
      'struct.set on a kept object',
      '(type $s (struct (field (mut i32)))) (global $g (ref $s) (struct.new_default $s)) (func (export "run") (struct.set $s 0 (global.get $g) (i32.const 1)))',
      true,
    ],
    [
      'array.set on a new object',
      '(type $a (array (mut i32))) (func (export "run") (array.set $a (array.new_default $a (i32.const 1)) (i32.const 0) (i32.const 1)))',
      false,
    ],
    [
      'array.set on an object of an element segment',
      `(type $a (array (mut i32))) (type $l (array (mut (ref null $a)))) (elem $e (ref null $a) (item (array.new_default $a (i32.const 1))))
       (func (export "run") (array.set $a (array.get $l (array.new_elem $l $e (i32.const 0) (i32.const 1)) (i32.const 0)) (i32.const 0) (i32.const 1)))`,
      true,
    ],
  ])('%s', (_, wat, expected) => expect(lost(wat)).toBe(expected))

  test('an instruction that trapped lost nothing', () => {
    const wat =
      '(type $s (struct (field (mut i32)))) (global $g (mut (ref null $s)) (ref.null $s)) (func (export "run") (struct.set $s 0 (global.get $g) (i32.const 1)))'
    expect(lost(wat)).toBe(false)
  })
})

test.each([
  ['E_MEMORY_LIMIT', '(module (memory 5))'],
  ['E_TABLE_LIMIT', '(module (table 50 funcref))'],
  ['E_MEMORY64', '(module (memory i64 1))'],
  ['E_MULTI_MEMORY', '(module (memory 1) (memory 1))'],
  ['E_MULTI_MEMORY', '(module (import "a" "b" (memory 1)) (memory 1))'],
  ['E_SHARED_MEMORY', '(module (memory 1 2 shared))'],
])('a module beyond the sandbox is refused with %s: %s', (code, wat) => {
  const refused = (): unknown => sandbox(assemble(wat), { memoryPagesMax: 4, tableEntriesMax: 40 })
  expect(refused).toThrow(expect.objectContaining({ code }))
})

test('a harness with a memory of its own is refused, because pointers would mean nothing there', () => {
  const refused = (): unknown => sandbox(assemble('(module (memory 1))'), { role: 'harness' })
  expect(refused).toThrow(expect.objectContaining({ code: 'E_HARNESS_MEMORY' }))
})

test('more mutable globals than a snapshot holds are refused', () => {
  const globals = Array.from({ length: 4097 }, () => '(global (mut i32) (i32.const 0))').join('')
  expect(() => sandbox(assemble(`(module ${globals})`))).toThrow(
    expect.objectContaining({ code: 'E_TOO_MANY_GLOBALS' }),
  )
})
