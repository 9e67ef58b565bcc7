// Typed entries from end to end: arguments arrive exactly, triggers are found, findings are confirmed with the same arguments.
import { describe, expect, test } from 'vitest'
import type { Sandbox } from '../../src/core/sandbox.ts'
import { encodeRecord, scalarOf, type ScalarType } from '../../src/core/typed/record.ts'
import { input, openTarget, wat } from '../support/targets.ts'

const SCALARS: Readonly<Record<ScalarType, 'i32' | 'i64' | 'f32' | 'f64'>> = {
  bool: 'i32',
  u8: 'i32',
  i8: 'i32',
  u16: 'i32',
  i16: 'i32',
  u32: 'i32',
  i32: 'i32',
  rune: 'i32',
  u64: 'i64',
  i64: 'i64',
  int: 'i64',
  uint: 'i64',
  f32: 'f32',
  f64: 'f64',
}

/** Executions until something traps, the zero record among them; `most + 1` where nothing does. */
function callsUntilTrap(sandbox: Sandbox, most: number): number {
  sandbox.addInput(new Uint8Array(0))
  let calls = 1
  while (calls < most) {
    const result = sandbox.slice(most - calls)
    calls += result.executions
    if (result.ended === 'trap') return calls
  }
  return most + 1
}

const trapWhen = (condition: string, params: string): ReturnType<typeof wat> =>
  wat(`(module (func (export "check") (param ${params}) (if ${condition} (then unreachable))))`)

const NON_ZERO: Readonly<Record<string, string>> = {
  i32: '(i32.ne (local.get 0) (i32.const 0))',
  i64: '(i64.ne (local.get 0) (i64.const 0))',
  f32: '(f32.ne (local.get 0) (f32.const 0))',
  f64: '(f64.ne (local.get 0) (f64.const 0))',
}

describe('a trigger is found from nothing', () => {
  test.each(Object.entries(SCALARS))('%s that is not zero, within 5 calls', async (type, param) => {
    const sandbox = await openTarget(trapWhen(NON_ZERO[param]!, param), { entry: 'check', types: [type as ScalarType] })
    expect(callsUntilTrap(sandbox, 5)).toBeLessThanOrEqual(5)
  })

  test.each([
    [
      'two numbers that are both not zero',
      ['i32', 'f64'],
      'i32 f64',
      '(i32.and (local.get 0) (f64.gt (local.get 1) (f64.const 0)))',
    ],
    ['an i32 at its smallest', ['i32'], 'i32', '(i32.eq (local.get 0) (i32.const 0x80000000))'],
    ['an i64 at its largest', ['i64'], 'i64', '(i64.eq (local.get 0) (i64.const 0x7fffffffffffffff))'],
    ['a u16 at its largest', ['u16'], 'i32', '(i32.eq (local.get 0) (i32.const 65535))'],
    ['an i8 at its smallest', ['i8'], 'i32', '(i32.eq (local.get 0) (i32.const -128))'],
    ['NaN', ['f32'], 'f32', '(f32.ne (local.get 0) (local.get 0))'],
    ['minus zero', ['f64'], 'f64', '(i64.eq (i64.reinterpret_f64 (local.get 0)) (i64.const 0x8000000000000000))'],
    ['infinity', ['f64'], 'f64', '(f64.eq (local.get 0) (f64.const inf))'],
    ['the last code point', ['rune'], 'i32', '(i32.eq (local.get 0) (i32.const 0x10ffff))'],
  ] as const)('%s, within 400 calls', async (_name, types, params, condition) => {
    // prettier-ignore
    const sandbox = await openTarget(trapWhen(condition, params), { entry: 'check', types })
    expect(callsUntilTrap(sandbox, 400)).toBeLessThanOrEqual(400)
  })

  test('two texts that are equal and not empty, of a target with memory', async () => {
    const sandbox = await openTarget(
      wat(`(module (memory (export "memory") 1) (func (export "check") (param $a i32) (param $as i32) (param $b i32) (param $bs i32)
        (if (i32.ne (local.get $as) (local.get $bs)) (then return))
        (if (i32.lt_u (local.get $as) (i32.const 4)) (then return))
        (if (i32.eqz (i32.load (local.get $a))) (then return))
        (if (i32.eq (i32.load (local.get $a)) (i32.load (local.get $b))) (then unreachable))))`),
      { entry: 'check', types: ['string', 'string'] },
    )
    expect(callsUntilTrap(sandbox, 20_000)).toBeLessThanOrEqual(20_000)
  })
})

describe('without --types', () => {
  test('a named export of numbers gets numbers; its results, references among them, are dropped', async () => {
    const sandbox = await openTarget(
      wat(`(module (func (export "scale") (param i32 i64 f64) (result i32 externref f64)
        (if (i64.eq (local.get 1) (i64.const -5)) (then unreachable)) (i32.const -1) (ref.null extern) (local.get 2)))`),
      { entry: 'scale' },
    )
    const record = (value: bigint): Uint8Array =>
      encodeRecord([scalarOf('i32', 1n), scalarOf('i64', value), scalarOf('f64', 0n)])
    expect(sandbox.runOnce(record(4n))).toEqual({ kind: 'ok', result: 0 })
    expect(sandbox.runOnce(record(-5n))).toMatchObject({ kind: 'trap', trap: 'unreachable' })
    expect(sandbox.confirm(record(-5n))).toMatchObject({ kind: 'trap', trap: 'unreachable' })
    // -1 is a result like any other here: it keeps nothing out of the corpus.
    expect(sandbox.addInput(record(4n)).newFeatures).toBeGreaterThan(0)
  })
})

describe('on a plain instance', () => {
  const CHECK = wat(`(module (memory (export "memory") 1)
    (func $fail (param i32) (if (local.get 0) (then unreachable)))
    (func (export "check") (param $a i32) (param $as i32) (param $flag i32) (param $small i32) (param $f i64) (param $x f32) (param $y f64) (param $b i32) (param $bs i32)
      (call $fail (i32.and (i32.eq (local.get $as) (i32.const 3)) (i32.and (i32.eq (local.get $bs) (i32.const 2))
        (i32.and (i32.eq (i32.load (local.get $a)) (i32.const 0x636261)) (i32.and (i32.eq (i32.load (local.get $b)) (i32.const 0x7a79))
        (i32.and (i32.eq (local.get $flag) (i32.const 1)) (i32.and (i32.eq (local.get $small) (i32.const -2)) (i32.and (i64.eq (local.get $f) (i64.const -3))
        (i32.and (i32.eq (i32.reinterpret_f32 (local.get $x)) (i32.const 0x7fa00001)) (i32.and (i64.eq (i64.reinterpret_f64 (local.get $y)) (i64.const 0xfff4000000000002))
        (i32.eq (i32.sub (local.get $b) (local.get $a)) (i32.const 32)))))))))))))) `) // prettier-ignore
  const types = ['string', 'bool', 'i16', 'int', 'f32', 'f64', 'bytes'] as const
  const record = (last: string): Uint8Array =>
    encodeRecord([
      { type: 'string', bytes: input('abc') },
      scalarOf('bool', 1n),
      scalarOf('i16', -2n),
      scalarOf('int', -3n),
      scalarOf('f32', 0x7fa0_0001n),
      scalarOf('f64', 0xfff4_0000_0000_0002n),
      { type: 'bytes', bytes: input(last) },
    ])

  test('all arguments are the same, NaNs that say something among them, and memory is laid out the same', async () => {
    const sandbox = await openTarget(CHECK, { entry: 'check', types })
    for (const [last, ending] of [
      ['yz', 'trap'],
      ['zz', 'ok'],
      ['yz', 'trap'],
    ] as const) {
      // prettier-ignore
      expect(sandbox.runOnce(record(last)).kind).toBe(ending)
      expect(sandbox.confirm(record(last))?.kind).toBe(ending)
    }
    const confirmed = sandbox.confirm(record('yz'))
    const frames = confirmed?.kind === 'trap' ? confirmed.frames : []
    expect(frames.map(({ functionName }) => functionName)).toEqual(['fail', 'check'])
    expect(frames[0]?.offset).toBeGreaterThan(0)
  })

  test('a vector among the results, which JavaScript cannot take, leaves a finding unconfirmed', async () => {
    const sandbox = await openTarget(
      wat(
        '(module (func (export "check") (param i32) (result v128) (if (local.get 0) (then unreachable)) (v128.const i32x4 0 0 0 0)))',
      ),
      { entry: 'check' },
    )
    expect(sandbox.runOnce(Uint8Array.of(1))).toMatchObject({ kind: 'trap', trap: 'unreachable' })
    expect(sandbox.confirm(Uint8Array.of(1))).toBe(null)
    expect(sandbox.runOnce(Uint8Array.of(0))).toEqual({ kind: 'ok', result: 0 })
  })
})

test('memory, globals and arguments are as new in every run', async () => {
  const sandbox = await openTarget(
    wat(`(module (memory (export "memory") 1) (global $runs (mut i32) (i32.const 0))
      (func (export "check") (param $at i32) (param $bytes i32) (param $word i64)
        (if (global.get $runs) (then unreachable))
        (global.set $runs (i32.const 1))
        ;; What stands behind an argument is zero, however long the one before was.
        (if (i32.load8_u (i32.add (local.get $at) (local.get $bytes))) (then unreachable))
        (if (i64.ne (i64.load (i32.const 64)) (i64.const 0)) (then unreachable))
        (i64.store (i32.const 64) (local.get $word))
        ;; The program may write over its own arguments, and beyond.
        (memory.fill (local.get $at) (i32.const 255) (i32.add (local.get $bytes) (i32.const 16)))))`),
    { entry: 'check', types: ['bytes', 'i64'] },
  )
  const record = (length: number): Uint8Array =>
    encodeRecord([{ type: 'bytes', bytes: new Uint8Array(length).fill(7) }, scalarOf('i64', -1n)])
  for (const length of [200, 3, 0, 100, 1]) expect(sandbox.runOnce(record(length))).toEqual({ kind: 'ok', result: 0 })
  sandbox.addInput(new Uint8Array(0))
  expect(sandbox.slice(5_000)).toMatchObject({ ended: 'budget' })
})

test('a harness may have arguments of its own', async () => {
  const sandbox = await openTarget(
    wat(
      `(module (memory (export "memory") 1) (func (export "byte") (param i32) (result i32) (i32.load8_u (local.get 0))))`,
    ),
    {
      harness: wat(
        `(module (import "target" "memory" (memory 1)) (import "target" "byte" (func $byte (param i32) (result i32)))
          (func (export "check") (param i32 i32 i64)
            (if (i64.eq (i64.extend_i32_u (call $byte (local.get 0))) (local.get 2)) (then unreachable))))`,
        'harness.wat',
      ),
      entry: 'check',
      types: ['bytes', 'u64'],
    },
  )
  const record = (byte: number, value: bigint): Uint8Array =>
    encodeRecord([{ type: 'bytes', bytes: Uint8Array.of(byte) }, scalarOf('u64', value)])
  expect(sandbox.runOnce(record(9, 8n)).kind).toBe('ok')
  expect(sandbox.runOnce(record(9, 9n)).kind).toBe('trap')
  expect(sandbox.confirm(record(9, 9n))?.kind).toBe('trap')
  expect(sandbox.confirm(record(9, 8n))?.kind).toBe('ok')
})
