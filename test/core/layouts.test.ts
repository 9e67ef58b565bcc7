// Two layouts, one behaviour: where the target's memory lies must not be seen in anything that is told of it.
import { beforeAll, describe, expect, test } from 'vitest'
import { hasMultiMemory, type MemoryLayout } from '../../src/core/engine/features.ts'
import type { FuzzOptions } from '../../src/core/fuzz.ts'
import type { TargetSource } from '../../src/core/target/load.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { assemble } from '../generate/compare.ts'
import { input, openPrepared, targetFile, wat } from '../support/targets.ts'
import { campaignHere, engineHere } from './here.ts'

beforeAll(engineHere)

async function told(options: FuzzOptions, layout: MemoryLayout): Promise<string[]> {
  const { events } = await campaignHere({ seed: 5, workers: 1, deterministic: true, ...options, layout })
  return events.map((event) => JSON.stringify(event))
}

/** What a program does with the first four bytes of its input: `$op` of 32, and two addresses or numbers. */
const everything = `(module
  (type $pair (struct (field $left (mut i32)) (field $right (mut i32))))
  (type $sum (func (param i32 i32) (result i32)))
  (memory $m (export "memory") 1 4)
  (table $t 4 funcref)
  (tag $thrown (param i32))
  (data $passive "0123456789abcdef")
  (data (i32.const 1024) "some text that is in the memory from the beginning")
  (elem (i32.const 0) $add $deep $deeper)
  (global $edge (mut i32) (i32.const 65520))
  (func $add (type $sum) (i32.add (local.get 0) (local.get 1)))
  (func $deep (type $sum) (return_call $deeper (i32.sub (local.get 0) (i32.const 1)) (local.get 1)))
  (func $deeper (type $sum)
    (if (i32.le_s (local.get 0) (i32.const 0)) (then (return (local.get 1))))
    (return_call_indirect (type $sum) (local.get 0) (i32.add (local.get 1) (i32.const 3)) (i32.const 1)))
  (func $throws (param i32) (throw $thrown (local.get 0)))
  (func (export "fuzz") (param $at i32) (param $size i32) (result i32)
    (local $op i32) (local $a i32) (local $b i32) (local $pair (ref null $pair))
    (if (i32.lt_u (local.get $size) (i32.const 3)) (then (return (i32.const 0))))
    (local.set $op (i32.and (i32.load8_u (local.get $at)) (i32.const 15)))
    (local.set $a (i32.mul (i32.load8_s offset=1 (local.get $at)) (i32.const 1021)))
    (local.set $b (i32.mul (i32.load8_u offset=2 (local.get $at)) (i32.const 257)))
    (if (i32.eq (local.get $op) (i32.const 1))
      (then (memory.copy (local.get $a) (local.get $b) (i32.const 300))))
    (if (i32.eq (local.get $op) (i32.const 2))
      (then (memory.fill (local.get $b) (local.get $a) (local.get $a))))
    (if (i32.eq (local.get $op) (i32.const 3))
      (then (memory.init $passive (local.get $b) (i32.and (local.get $a) (i32.const 31)) (i32.const 4))))
    (if (i32.eq (local.get $op) (i32.const 4))
      (then (global.set $edge (i32.shl (memory.grow (i32.and (local.get $a) (i32.const 3))) (i32.const 16)))))
    (if (i32.eq (local.get $op) (i32.const 5))
      (then (v128.store offset=4294967280 (local.get $a) (i32x4.splat (local.get $b)))))
    (if (i32.eq (local.get $op) (i32.const 6))
      (then (v128.store (global.get $edge) (v128.load32_splat (local.get $b)))))
    (if (i32.eq (local.get $op) (i32.const 7))
      (then (i64.store offset=65528 (local.get $a) (i64.const -1))))
    (if (i32.eq (local.get $op) (i32.const 8))
      (then (drop (call_indirect (type $sum) (local.get $b) (local.get $a) (i32.rem_u (local.get $b) (i32.const 3))))))
    (if (i32.eq (local.get $op) (i32.const 14))
      (then (drop (call_indirect (type $sum) (local.get $b) (local.get $a) (i32.const 3)))))
    (if (i32.eq (local.get $op) (i32.const 9))
      (then (try (do (call $throws (local.get $a))) (catch $thrown (global.set $edge (pop i32))))))
    (if (i32.eq (local.get $op) (i32.const 10)) (then
      (local.set $pair (struct.new $pair (local.get $a) (local.get $b)))
      (struct.set $pair $left (local.get $pair) (i32.load (struct.get $pair $left (local.get $pair))))))
    (if (i32.eq (local.get $op) (i32.const 11))
      (then (drop (i32.atomic.rmw16.add_u (local.get $a) (local.get $b)))))
    (if (i32.eq (local.get $op) (i32.const 12))
      (then (global.set $edge (i32.add (memory.size) (i32.load offset=2147483648 (local.get $a))))))
    (if (i32.eq (local.get $op) (i32.const 13)) (then (drop (call $deep (i32.const 40) (local.get $b)))))
    (i32.and (global.get $edge) (i32.const 65535))))`

const TARGETS: readonly (readonly [string, () => TargetSource | Promise<TargetSource>, Partial<FuzzOptions>])[] = [
  ['all of WebAssembly', () => ({ kind: 'wasm', name: 'all.wasm', bytes: assemble(everything, true) }), {}],
  ['typed arguments', () => targetFile('typed.wat'), { entry: 'parse', types: 'bytes,bool,i32' }],
  ['a memory that grows', () => targetFile('hostile/grows-memory.wat'), {}],
  ['WASI', () => targetFile('hostile/exits.wat'), {}],
  ['output', () => targetFile('hostile/floods-output.wat'), {}],
  ['stores everywhere', () => targetFile('hostile/writes-everywhere.wat'), {}],
  ['recursion', () => targetFile('hostile/recurses.wat'), {}],
  [
    'no memory at all',
    () => wat('(module (func (export "fuzz") (param i32) (result i32) (local.get 0)))'),
    { types: 'i32' },
  ],
]

describe.runIf(hasMultiMemory())('a campaign tells the same, byte for byte, with one memory as with two', () => {
  test.each(TARGETS)('%s', async (_name, source, changes) => {
    const module = await source()
    const corpus = [input('\x01\x02\x03'), input('abc')]
    const options = { module, corpus, limits: { runs: 5_000 }, ...changes }
    const two = await told(options, 'two')
    expect(await told(options, 'single')).toEqual(two)
    expect(two.length).toBeGreaterThan(2)
  })
})

describe.runIf(hasMultiMemory())('an input has the same outcome and the same trace with one memory as with two', () => {
  test('all of WebAssembly', async () => {
    const source = { kind: 'wasm', name: 'all.wasm', bytes: assemble(everything, true) } as const
    const prepared = await prepareTarget(source, { limits: { fuel: 100_000 } })
    const [two, single] = [
      await openPrepared({ ...prepared, layout: 'two' }),
      await openPrepared({ ...prepared, layout: 'single' }),
    ]
    const seen = new Set<string>()
    for (let op = 0; op < 16; op++)
      for (const a of [0, 1, 64, 65, 127, 128, 200, 255])
        for (const b of [0, 3, 63, 254, 255]) {
          const bytes = Uint8Array.of(op, a, b)
          const outcomes = [two, single].map((sandbox) => JSON.stringify([sandbox.runOnce(bytes), sandbox.trace()]))
          expect(outcomes[1], `${op} ${a} ${b}`).toBe(outcomes[0])
          seen.add(outcomes[0]!)
        }
    expect(seen.size).toBeGreaterThan(25)
  })
})
