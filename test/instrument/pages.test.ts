import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GRANULE_SLACK_BYTES, REASON_FUEL } from '../../assembly/abi.ts'
import { granuleShiftFor } from '../../instrument/passes/pages.ts'
import { assemble, only } from './assemble.ts'
import { type Running, start } from './support.ts'

/** Bytes that differ from `before` and that no mark covers; restore copies each marked granule and the slack. */
function uncovered(running: Running, before: Uint8Array): number[] {
  const shift = running.map.granuleShift
  const after = running.bytes()
  const covered = new Uint8Array(after.length)
  for (const mark of running.marks()) covered.fill(1, mark << shift, ((mark + 1) << shift) + GRANULE_SLACK_BYTES)
  const lost: number[] = []
  for (let at = 0; at < after.length; at++) if (after[at] !== before[at] && covered[at] === 0) lost.push(at)
  return lost
}

const OPERATIONS = [
  { name: 'i32.store8', value: '(i32.const 255)', bytes: 1 },
  { name: 'i32.store16', value: '(i32.const 65535)', bytes: 2 },
  { name: 'i32.store', value: '(i32.const -1)', bytes: 4 },
  { name: 'i64.store', value: '(i64.const -1)', bytes: 8 },
  { name: 'f32.store', value: '(f32.const -1.5)', bytes: 4 },
  { name: 'f64.store', value: '(f64.const nan)', bytes: 8 },
  { name: 'v128.store', value: '(v128.const i64x2 -1 -1)', bytes: 16 },
] as const

const operation = fc.constantFrom(...OPERATIONS)
const offset = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 3000 }))
const local = fc.constantFrom('$p', '$q')

const pointer = fc.oneof(
  { weight: 4, arbitrary: local.map((name) => `(local.get ${name})`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(local, fc.integer({ min: -100, max: 100 }))
      .map(([name, added]) => `(i32.add (local.get ${name}) (i32.const ${added}))`),
  },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 5000 }).map((at) => `(i32.const ${at})`) },
  { weight: 1, arbitrary: local.map((name) => `(i32.shr_u (local.get ${name}) (i32.const 1))`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(local, fc.integer({ min: 1, max: 40 }))
      .map(([name, step]) => `(local.tee ${name} (i32.add (local.get ${name}) (i32.const ${step})))`),
  },
)

const { statement } = fc.letrec<{ statement: string; body: string }>((tie) => ({
  body: fc.array(tie('statement'), { minLength: 1, maxLength: 5 }).map((list) => list.join('\n')),
  statement: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(operation, offset, pointer).map(([op, at, to]) => `(${op.name} offset=${at} ${to} ${op.value})`),
    fc
      .tuple(local, fc.integer({ min: -2000, max: 2000 }))
      .map(([name, step]) => `(local.set ${name} (i32.add (local.get ${name}) (i32.const ${step})))`),
    fc
      .tuple(operation, pointer, tie('body'))
      .map(([op, to, body]) => `(${op.name} ${to} (block (result ${op.name.split('.')[0]}) ${body} ${op.value}))`),
    fc
      .tuple(local, tie('body'), tie('body'))
      .map(([name, one, two]) => `(if (i32.and (local.get ${name}) (i32.const 4)) (then ${one}) (else ${two}))`),
    tie('body').map((body) => `(block $out (br_if $out (i32.and (local.get $p) (i32.const 8))) ${body})`),
    tie('body').map(
      (body) =>
        `(loop $again ${body} (br_if $again (i32.gt_s (local.tee $n (i32.sub (local.get $n) (i32.const 1))) (i32.const 0))))`,
    ),
  ),
}))

test('marks every granule that any program writes, whatever marks it saves', () => {
  const start32 = fc.integer({ min: 3000, max: 60_000 })
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 8 }), start32, start32, (body, p, q) => {
      const wat = `(module (memory 1) (func (export "f") (param $p i32) (param $q i32) (local $n i32)
        (local.set $n (i32.const 3)) ${body.join('\n')}))`
      const running = start(assemble(wat), only(['pages']))
      const before = running.bytes().slice()
      try {
        running.exports['f']!(p, q)
      } catch (error) {
        // A store out of bounds ends the run; what was written before must be marked all the same.
        expect(error).toBeInstanceOf(WebAssembly.RuntimeError)
      }
      expect(uncovered(running, before)).toEqual([])
    }),
    { numRuns: 60, seed: 20_260_101 },
  )
})

function withMemory(body: string, data = ''): Uint8Array {
  return assemble(
    `(module (memory 4) ${data} (func (export "f") (param $a i32) (param $b i32) (param $n i32) ${body}))`,
  )
}

test.each([
  ['memory.fill', '(memory.fill (local.get $a) (i32.const 7) (local.get $n))'],
  ['memory.copy', '(memory.copy (local.get $a) (local.get $b) (local.get $n))'],
])('marks the whole range of %s, and nothing when it is empty', (_, body) => {
  const running = start(
    withMemory(body, '(data (i32.const 131072) "abcdefghijklmnopqrstuvwxyz")'),
    only(['pages'], { granuleShift: 10 }),
  )
  const before = running.bytes().slice()
  running.exports['f']!(262_144, 131_072, 0)
  expect(running.marks()).toEqual([])
  running.exports['f']!(1023, 131_072, 2)
  expect(running.marks()).toEqual([0, 1])
  running.exports['f']!(9000, 131_072, 5000)
  expect(uncovered(running, before)).toEqual([])
  expect(running.marks()).toEqual([0, 1, 8, 9, 10, 11, 12, 13])
})

test('marks what memory.init writes', () => {
  const wat = withMemory('(memory.init $d (local.get $a) (local.get $b) (local.get $n))', '(data $d "abcdef")')
  const running = start(wat, only(['pages'], { granuleShift: 10 }))
  running.exports['f']!(2047, 1, 3)
  expect(running.marks()).toEqual([1, 2])
  expect([...running.bytes().subarray(2047, 2050)]).toEqual([98, 99, 100])
})

test('a bulk operation out of bounds traps, writes nothing and marks nothing', () => {
  const running = start(withMemory('(memory.fill (local.get $a) (i32.const 7) (local.get $n))'), only(['pages']))
  expect(() => running.exports['f']!(262_143, 0, 2)).toThrow(WebAssembly.RuntimeError)
  expect(() => running.exports['f']!(-1, 0, -1)).toThrow(WebAssembly.RuntimeError)
  expect(running.marks()).toEqual([])
})

test('bulk operations cost fuel by their length', () => {
  const body = '(loop $l (memory.fill (local.get $a) (i32.const 7) (local.get $n)) (br $l))'
  const running = start(withMemory(body), only(['pages'], { fuel: 1000 }))
  expect(() => running.exports['f']!(0, 0, 1600)).toThrow(WebAssembly.RuntimeError)
  expect(running.reason()).toBe(REASON_FUEL)
})

test('atomic writes yield what they yielded before, and are marked', () => {
  const running = start(
    withMemory('(i32.store (i32.const 16) (i32.atomic.rmw.add (local.get $a) (local.get $b)))'),
    only(['pages'], { granuleShift: 10 }),
  )
  running.exports['f']!(4096, 5, 0)
  running.exports['f']!(4096, 6, 0)
  expect(running.bytes()[4096]).toBe(11)
  expect(running.bytes()[16]).toBe(5)
  expect(running.marks()).toEqual([0, 4])
})

test('a store that traps marks nothing, wherever its address would point', () => {
  const running = start(withMemory('(i32.store offset=4 (local.get $a) (i32.const 1))'), only(['pages']))
  for (const address of [-1, -4, 262_141, 0x7fff_ffff])
    expect(() => running.exports['f']!(address)).toThrow(WebAssembly.RuntimeError)
  expect(running.marks()).toEqual([])
})

test.each([
  ['behind the store', '(loop $l (i32.store (local.get $a) (i32.const 7)) STEP (br_if $l NEXT))'],
  ['ahead of the store', '(loop $l STEP (i32.store (local.get $a) (i32.const 7)) (br_if $l NEXT))'],
  [
    'in a loop inside',
    `(loop $l (i32.store (local.get $a) (i32.const 7))
      (loop $m STEP (br_if $m (i32.and NEXT (i32.const 1))))
      (br_if $l (local.get $n)))`,
  ],
])('marks a store in a loop whose address is assigned %s, though it was marked before the loop', (_, loop) => {
  const step = '(local.set $a (i32.add (local.get $a) (i32.const 8192)))'
  const next = '(local.tee $n (i32.sub (local.get $n) (i32.const 1)))'
  const body = loop.replaceAll('STEP', step).replaceAll('NEXT', next)
  const running = start(withMemory(`(i32.store (local.get $a) (i32.const 7)) ${body}`), only(['pages']))
  const before = running.bytes().slice()
  running.exports['f']!(4096, 0, 6)
  expect(uncovered(running, before)).toEqual([])
  expect(running.marks().length).toBeGreaterThan(2)
})

test.each([
  [0, 9],
  [1, 9],
  [8, 9],
  [9, 10],
  [64, 10],
  [65, 11],
  [128, 11],
  [65_536, 20],
])('%i pages have granules of 2^%i bytes', (pagesInitial, shift) => {
  expect(granuleShiftFor(pagesInitial)).toBe(shift)
})
