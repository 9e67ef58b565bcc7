import { describe, expect, test } from 'vitest'
import { CONTROL_DETAIL, CONTROL_REASON, REASON_IMPORT } from '../../assembly/abi.ts'
import { assemble } from '../generate/compare.ts'
import { observe, sandbox } from '../generate/sandbox.ts'

describe('an import that nobody provides', () => {
  test('traps with its index in the map, through catch_all too', () => {
    const box = sandbox(
      assemble(`(module
        (import "env" "first" (func $first))
        (import "env" "second" (func $second (param i64)))
        (func (export "call") (try (do (call $second (i64.const 1))) (catch_all))))`),
    )
    expect(observe(() => box.exports['call']!())).toBe('trap: unreachable')
    expect([box.word(CONTROL_REASON), box.word(CONTROL_DETAIL)]).toEqual([REASON_IMPORT, 1])
    expect(box.map.imports.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['first stub', 'second stub'])
    expect(box.map.imports[1]!.signature).toEqual({ params: ['i64'], results: [] })
  })

  test('returns zeros under the policy zero, through tables and exports too', () => {
    const box = sandbox(
      assemble(`(module
        (type $pair (func (result i32 f64)))
        (import "env" "pair" (func $pair (type $pair)))
        (table 1 funcref) (elem (i32.const 0) $pair)
        (export "direct" (func $pair))
        (func (export "indirect") (result i32 f64) (call_indirect (type $pair) (i32.const 0))))`),
      { importPolicy: 'zero' },
    )
    expect(box.exports['direct']!()).toEqual([0, 0])
    expect(box.exports['indirect']!()).toEqual([0, 0])
  })

  test('is a stub when it is provided with another signature', () => {
    const wasm = assemble('(module (import "env" "f" (func $f (param i32))) (export "f" (func $f)))')
    const provided = { 'env f': { params: ['i64'], results: [] } } as const
    expect(observe(() => sandbox(wasm, { provided }).exports['f']!(1))).toBe('trap: unreachable')
  })
})

test('an import that is provided is called', () => {
  const wasm = assemble('(module (import "env" "f" (func $f (param i32) (result i32))) (export "f" (func $f)))')
  const provided = { 'env f': { params: ['i32'], results: ['i32'] } } as const
  const box = sandbox(wasm, { provided }, { env: { f: (value: number) => value + 1 } })
  expect(box.exports['f']!(41)).toBe(42)
  expect(box.map.imports[0]!.kind).toBe('provided')
})

test('a module needs nothing but functions from its host', () => {
  const box = sandbox(
    assemble(`(module
      (import "env" "memory" (memory 2 4)) (import "env" "table" (table 3 funcref))
      (import "env" "base" (global $base i32)) (import "env" "sp" (global $sp (mut i32)))
      (import "env" "tag" (tag $tag))
      (data (global.get $base) "here")
      (func (export "first") (result i32) (i32.load8_u (i32.const 0)))
      (func (export "push") (result i32) (global.set $sp (i32.sub (global.get $sp) (i32.const 16))) (global.get $sp)))`),
  )
  expect(box.exports['first']!()).toBe('h'.charCodeAt(0))
  box.capture()
  expect(box.exports['push']!()).toBe(-16)
  box.restore()
  expect(box.exports['push']!()).toBe(-16)
  expect(WebAssembly.Module.imports(new WebAssembly.Module(assemble('(module)') as BufferSource))).toEqual([])
})

test.each([
  ['(module (import "env" "t" (table 1 (ref func))))', 'table of non-null references'],
  ['(module (type $s (struct)) (import "env" "g" (global (ref $s))))', 'global that holds a non-null reference'],
])('an import that no stand-in can replace is refused: %s', (wat, what) => {
  expect(() => sandbox(assemble(wat))).toThrow(expect.objectContaining({ code: 'E_IMPORT' }))
  expect(() => sandbox(assemble(wat))).toThrow(what)
})
