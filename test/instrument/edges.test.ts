import { expect, test } from 'vitest'
import { REASON_DEPTH, REASON_FUEL } from '../../assembly/abi.ts'
import { assemble, only } from './assemble.ts'
import { parserWat, parserInputs } from './parser.ts'
import { type Running, start } from './support.ts'

const module = (fields: string): Uint8Array => assemble(`(module ${fields})`)

test('counts each way through a branch apart, and flags only functions that were entered', () => {
  const running = start(
    module(`
      (func (export "f") (param $a i32) (result i32)
        (if (result i32) (local.get $a) (then (i32.const 1)) (else (i32.const 2))))
      (func (export "g"))`),
    only(['edges']),
  )
  for (const value of [1, 1, 0]) running.exports['f']!(value)
  // f's entry needs no counter beside its flag: it runs as often as its two ways together.
  expect(running.counters()).toEqual([2, 1, 0])
  expect(running.flags()).toEqual([1, 0])
  expect(running.map.functions.map(({ name, firstEdge }) => ({ name, firstEdge }))).toEqual([
    { name: 'f', firstEdge: 0 },
    { name: 'g', firstEdge: 2 },
  ])
})

test('numbers edges and flags from the bases that it is given', () => {
  const wasm = module('(func (export "f"))')
  const { map } = start(wasm, only(['edges'], { edgeBase: 10, functionBase: 5 }))
  expect(map.functions[0]!.firstEdge).toBe(10)
  expect(map.edges).toBe(1)
})

const ENDLESS: readonly (readonly [string, string])[] = [
  ['a loop', '(func (export "f") (loop $l (br $l)))'],
  ['a loop around a block', '(func (export "f") (loop $l (block $b (br_if $b (i32.const 1)) (nop)) (br $l)))'],
  ['a loop by br_table', '(func (export "f") (loop $l (br_table $l $l (i32.const 0))))'],
  ['two loops in turn', '(func (export "f") (loop $a (loop $b (br_if $b (i32.const 0)) (br $a))))'],
  ['a loop by exceptions', '(tag $e) (func (export "f") (loop $l (try_table (catch_all $l) (throw $e))))'],
  ['a loop by legacy exceptions', '(tag $e) (func (export "f") (loop $l (try (do (throw $e)) (catch_all (br $l)))))'],
  ['tail calls', '(func $f (export "f") (return_call $f))'],
  [
    'tail calls through a table',
    '(type $t (func)) (table funcref (elem $f)) (func $f (export "f") (return_call_indirect (type $t) (i32.const 0)))',
  ],
  [
    'tail calls through a reference',
    '(type $t (func)) (elem declare func $f) (func $f (export "f") (type $t) (return_call_ref $t (ref.func $f)))',
  ],
]

test.each(ENDLESS)('ends %s that never ends, out of fuel', (_, fields) => {
  const running = start(module(fields), only(['edges'], { fuel: 5000 }))
  expect(() => running.exports['f']!()).toThrow(WebAssembly.RuntimeError)
  expect(running.reason()).toBe(REASON_FUEL)
  expect(Math.max(...running.counters())).toBe(5000)
})

test.each([0, 1])('compares both ways of an endless choice with the limit, and not their sum, at %i', (value) => {
  const round = '(br_if $out (i32.const 0)) (if (local.get 0) (then (nop)) (else (nop))) (br $l)'
  const choice = `(block $out (loop $l ${round}))`
  const running = start(module(`(func (export "f") (param i32) ${choice})`), only(['edges'], { fuel: 5000 }))
  expect(() => running.exports['f']!(value)).toThrow(WebAssembly.RuntimeError)
  expect(running.reason()).toBe(REASON_FUEL)
  expect(running.counters()).toEqual(value === 1 ? [5000, 0, 0] : [0, 5000, 0])
})

test('counts the head of a loop where one way round meets no counter', () => {
  const inner = '(if (local.get 0) (then (loop $i (br_if $i (i32.const 0))))) (br $l)'
  const running = start(module(`(func (export "f") (param i32) (loop $l ${inner}))`), only(['edges'], { fuel: 5000 }))
  for (const value of [0, 1]) {
    running.clear()
    expect(() => running.exports['f']!(value)).toThrow(WebAssembly.RuntimeError)
    expect(running.reason()).toBe(REASON_FUEL)
  }
})

test('ends a tree of calls that explodes without a loop, out of fuel', () => {
  const depth = 40
  const level = (n: number): string => `(func $f${n} (call $f${n + 1}) (call $f${n + 1}))`
  const levels = Array.from({ length: depth }, (_, n) => level(n)).join('\n')
  const running = start(module(`${levels} (func $f${depth}) (export "f" (func $f0))`), only(['edges'], { fuel: 5000 }))
  expect(() => running.exports['f']!()).toThrow(WebAssembly.RuntimeError)
  expect(running.reason()).toBe(REASON_FUEL)
})

const BOTTOMLESS: readonly (readonly [string, string])[] = [
  ['itself', '(func $f (export "f") (call $f) (nop))'],
  ['another', '(func $f (export "f") (call $g) (nop)) (func $g (call $f) (nop))'],
  [
    'a table',
    '(type $t (func)) (table funcref (elem $f)) (func $f (export "f") (call_indirect (type $t) (i32.const 0)) (nop))',
  ],
  [
    'itself from a catch that swallows everything',
    '(tag $e) (func $f (export "f") (try (do (call $f) (throw $e)) (catch_all (call $f))))',
  ],
]

test.each(BOTTOMLESS)('ends recursion through %s at the depth limit', (_, fields) => {
  const running = start(module(fields), only(['limits'], { depthMax: 100 }))
  expect(() => running.exports['f']!()).toThrow(WebAssembly.RuntimeError)
  expect(running.reason()).toBe(REASON_DEPTH)
})

test('counts the depth of nested calls and not their number, whatever comes between', () => {
  const running = start(
    module(`
      (tag $e)
      (func $down (param $n i32) (result i32)
        (if (i32.eqz (local.get $n)) (then (throw $e)))
        (i32.add (i32.const 1) (call $down (i32.sub (local.get $n) (i32.const 1)))))
      (func $caught (param $n i32) (result i32)
        (try (result i32) (do (call $down (local.get $n))) (catch_all (i32.const 0))))
      (func (export "f") (param $times i32) (param $n i32)
        (loop $l
          (drop (call $caught (local.get $n)))
          (br_if $l (local.tee $times (i32.sub (local.get $times) (i32.const 1))))))`),
    only(['limits'], { depthMax: 100 }),
  )
  running.exports['f']!(1000, 99)
  expect(running.reason()).toBe(0)
  expect(() => running.exports['f']!(1, 100)).toThrow(WebAssembly.RuntimeError)
  expect(running.reason()).toBe(REASON_DEPTH)
})

/** AFL's classes of counts: 1, 2, 3, 4-7, 8-15, 16-31, 32-127, 128 and more. */
function bucket(count: number): number {
  return [0, 1, 2, 3, 4, 8, 16, 32, 128].findLastIndex((from) => count >= from)
}

/** Positions of the inputs that reach a feature that none before them reached: a class of counts of an edge. */
function novel(running: Running, inputs: readonly Uint8Array[], classOf: (count: number) => number): number[] {
  const seen = new Set<string>()
  const found: number[] = []
  inputs.forEach((input, position) => {
    running.clear()
    running.bytes().set(input, 1024)
    running.exports['parse']!(1024, input.length)
    const before = seen.size
    running.counters().forEach((count, edge) => count > 0 && seen.add(`${edge}:${classOf(count)}`))
    if (seen.size > before) found.push(position)
  })
  return found
}

test('loses with pruned counters no input that reaches a new edge, and few that reach a new class of counts', () => {
  const wasm = assemble(parserWat)
  const inputs = parserInputs(3000)
  const pruned = start(wasm, only(['edges']))
  const full = start(wasm, only(['edges'], { prune: false }))
  expect(pruned.map.edges / full.map.edges).toBeLessThan(0.7)
  const kept = new Set(novel(pruned, inputs, bucket))
  const newEdges = novel(full, inputs, () => 1)
  expect(newEdges.length).toBeGreaterThan(5)
  expect(newEdges.filter((position) => !kept.has(position))).toEqual([])
  // A node that is left out counts as often as several others together, and so may be the first to reach a class.
  const newCounts = novel(full, inputs, bucket)
  expect(newCounts.length).toBeGreaterThan(30)
  expect(newCounts.filter((position) => !kept.has(position)).length / newCounts.length).toBeLessThan(0.1)
})
