import { expect, test } from 'vitest'
import { TYPE, binaryen, checkLayout, expressionType, modulePointer, raw } from '../../instrument/binaryen.ts'
import { Builder, OP } from '../../instrument/build.ts'
import { ID } from '../../instrument/kinds.ts'
import { walk, walkFunction } from '../../instrument/walk.ts'

const functionAt = raw('_BinaryenGetFunctionByIndex')
const functionBody = raw('_BinaryenFunctionGetBody')
const constantValue = raw('_BinaryenConstGetValueI32')

/** The i32 constants of the first function, in the order in which the walk meets them. */
function constants(wat: string): number[] {
  const module = binaryen.parseText(wat)
  const found: number[] = []
  walkFunction(functionAt(modulePointer(module), 0), {
    after: (ref, id) => {
      if (id === ID.const && expressionType(ref) === TYPE.i32) found.push(constantValue(ref))
      return ref
    },
  })
  module.dispose()
  return found
}

const inOrder: readonly (readonly [string, string])[] = [
  ['operands of a store', '(memory 1) (func (i32.store (i32.const 1) (i32.const 2)))'],
  ['condition and arms of an if', '(func (if (i32.const 1) (then (drop (i32.const 2))) (else (drop (i32.const 3)))))'],
  ['value and condition of a br_if', '(func (drop (block $b (result i32) (br_if $b (i32.const 1) (i32.const 2)))))'],
  [
    'value and index of a br_table',
    '(func (drop (block $b (result i32) (br_table $b $b (i32.const 1) (i32.const 2)))))',
  ],
  ['a select', '(func (drop (select (i32.const 1) (i32.const 2) (i32.const 3))))'],
  [
    'arguments and target of an indirect call',
    '(table 1 funcref) (type $t (func (param i32 i32))) (func (call_indirect (type $t) (i32.const 1) (i32.const 2) (i32.const 3)))',
  ],
  [
    'arguments of call_ref',
    '(type $t (func (param i32 i32))) (func (param (ref $t)) (call_ref $t (i32.const 1) (i32.const 2) (local.get 0)))',
  ],
  [
    'bulk memory',
    '(memory 1) (data $d "") (func (memory.fill (i32.const 1) (i32.const 2) (i32.const 3)) (memory.copy (i32.const 4) (i32.const 5) (i32.const 6)) (memory.init $d (i32.const 7) (i32.const 8) (i32.const 9)))',
  ],
  [
    'bulk tables',
    '(table $t 1 funcref) (elem $e funcref) (func (table.fill $t (i32.const 1) (ref.null func) (i32.const 2)) (table.copy $t $t (i32.const 3) (i32.const 4) (i32.const 5)) (table.init $t $e (i32.const 6) (i32.const 7) (i32.const 8)))',
  ],
  [
    'the body of a try_table and what follows',
    '(tag $e) (func (block $b (try_table (catch $e $b) (drop (i32.const 1)) (drop (i32.const 2)))) (drop (i32.const 3)))',
  ],
  [
    'body and catches of a legacy try',
    '(tag $e) (func (try (do (drop (i32.const 1))) (catch $e (drop (i32.const 2))) (catch_all (drop (i32.const 3)))))',
  ],
  ['arguments of a throw', '(tag $e (param i32 i32)) (func (throw $e (i32.const 1) (i32.const 2)))'],
  [
    'atomics',
    '(memory 1) (func (drop (i32.atomic.rmw.add (i32.const 1) (i32.const 2))) (drop (i32.atomic.rmw.cmpxchg (i32.const 3) (i32.const 4) (i32.const 5))))',
  ],
  [
    'vectors',
    '(memory 1) (func (v128.store8_lane 0 (i32.const 1) (i8x16.splat (i32.const 2))) (drop (i8x16.shl (i8x16.splat (i32.const 3)) (i32.const 4))))',
  ],
  [
    'structs and arrays',
    '(type $s (struct (field i32) (field i32))) (type $a (array (mut i32))) (func (drop (struct.new $s (i32.const 1) (i32.const 2))) (drop (array.new $a (i32.const 3) (i32.const 4))) (drop (array.new_fixed $a 2 (i32.const 5) (i32.const 6))))',
  ],
  ['several values', '(func (result i32 i32) (i32.const 1) (i32.const 2))'],
]

test.each(inOrder)('visits %s in the order of evaluation', (_, fields) => {
  const found = constants(`(module ${fields})`)
  expect(found).toEqual(found.map((_, i) => i + 1))
  expect(found.length).toBeGreaterThan(1)
})

test('puts what the visitor returns in the place of the node', () => {
  const module = binaryen.parseText(
    '(module (tag $e) (func (result i32) (block $b (try_table (catch $e $b) (drop (i32.const 1)))) (i32.const 2)))',
  )
  const build = new Builder(module)
  walkFunction(functionAt(modulePointer(module), 0), {
    after: (ref, id) => (id === ID.const ? build.i32(constantValue(ref) * 10) : ref),
  })
  build.dispose()
  const text = module.emitText()
  module.dispose()
  expect(text).toContain('i32.const 10')
  expect(text).toContain('i32.const 20')
  expect(text).not.toContain('i32.const 1)')
})

test('says which child comes next, and not those that are absent', () => {
  const module = binaryen.parseText('(module (func (param i32) (block $b (br_if $b (local.get 0)))))')
  const slots: string[] = []
  walkFunction(functionAt(modulePointer(module), 0), {
    before: (_, id, slot) => slots.push(`${id === ID.break ? 'br_if' : 'other'} ${slot}`),
    after: (ref) => ref,
  })
  module.dispose()
  expect(slots).toContain('br_if 1')
  expect(slots).not.toContain('br_if 0')
})

test('walks expressions that are deeper than any call stack', () => {
  const module = new binaryen.Module()
  const build = new Builder(module)
  let ref = build.i32(1)
  for (let i = 0; i < 200_000; i++) ref = build.unary(OP.eqz, ref)
  let nodes = 0
  walk(ref, {
    after: (node) => {
      nodes++
      return node
    },
  })
  build.dispose()
  module.dispose()
  expect(nodes).toBe(200_001)
})

test('leaves functions without a body alone', () => {
  const module = binaryen.parseText('(module (import "a" "b" (func)))')
  const func = functionAt(modulePointer(module), 0)
  walkFunction(func, {
    after: () => {
      throw new Error('there is nothing to visit')
    },
  })
  expect(functionBody(func)).toBe(0)
  module.dispose()
})

test('refuses an instruction that it does not know, in place of passing over its operands', () => {
  const suspends = '(type $f (func)) (type $c (cont $f)) (tag $t) (func (suspend $t))'
  expect(() => constants(`(module ${suspends})`)).toThrow(expect.objectContaining({ code: 'E_EXPRESSION' }))
})

test('refuses a Binaryen that lacks a function', () => {
  expect(() => raw('_BinaryenNoSuchFunction')).toThrow(expect.objectContaining({ code: 'E_BINARYEN' }))
})

test('knows the layout of the Binaryen that is installed', () => {
  expect(checkLayout).not.toThrow()
})
