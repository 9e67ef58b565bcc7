// Simulations under `fuzzbox run`: draws come from the input, and what is violated is a finding.
import { expect, test } from 'vitest'
import { prepareTarget } from '../../../src/core/target/prepare.ts'
import { input, openTarget, refusal, wat } from '../../support/targets.ts'

const IMPORTS = `
  (import "fuzzbox" "random" (func $random (result i32)))
  (import "fuzzbox" "random64" (func $random64 (result i64)))
  (import "fuzzbox" "below" (func $below (param i32) (result i32)))
  (import "fuzzbox" "chance" (func $chance (param f64) (result i32)))
  (import "fuzzbox" "f64" (func $f64 (result f64)))
  (import "fuzzbox" "bytes" (func $bytes (param i32 i32)))
  (import "fuzzbox" "always" (func $always (param i32 i32 i32 i32 i32)))
  (import "fuzzbox" "unreachable" (func $unreachable (param i32 i32 i32 i32)))
  (import "fuzzbox" "sometimes" (func $sometimes (param i32 i32 i32)))
  (import "fuzzbox" "always_gt" (func $always_gt (param i64 i64 i32 i32 i32 i32)))`
const MEMORY = `(memory (export "memory") 1) (data (i32.const 16) "no overdraft") (data (i32.const 32) "balance=-3")`

const simulation = (body: string, memory = MEMORY): ReturnType<typeof wat> =>
  wat(`(module ${IMPORTS} ${memory} (func (export "simulate") (result i32) (local $i i32) ${body}))`)

test('takes the draws of a simulation from the input, few bytes each', async () => {
  const sandbox = await openTarget(
    simulation(`(call $below (i32.const 10)) (i32.mul (call $below (i32.const 2)) (i32.const 100)) (i32.add)
      (i32.mul (call $chance (f64.const 0.5)) (i32.const 1000)) (i32.add)`),
  )
  const result = (bytes: number[]): unknown => sandbox.runOnce(Uint8Array.from(bytes))
  expect(result([0xff, 0xff, 0xff])).toEqual({ kind: 'ok', result: 109 })
  expect(result([0x00, 0x00, 0x00])).toEqual({ kind: 'ok', result: 1000 })
  expect(result([0x80, 0x80, 0x7f])).toEqual({ kind: 'ok', result: 1105 })
  expect(result([0x80, 0x80, 0x81])).toEqual({ kind: 'ok', result: 105 })
})

test('goes on with numbers made of the input when it is used up', async () => {
  const sandbox = await openTarget(simulation(`(drop (call $random64)) (call $random)`))
  const first = sandbox.runOnce(input('abc'))
  const other = sandbox.runOnce(input('abd'))
  expect(sandbox.runOnce(input('abc'))).toEqual(first)
  expect(other).not.toEqual(first)
})

test('reports a violation with its details, and confirms it on the module as it came', async () => {
  const sandbox = await openTarget(
    simulation(`(call $always (i32.ne (call $below (i32.const 256)) (i32.const 66)) (i32.const 16) (i32.const 12)
      (i32.const 32) (i32.const 10)) (i32.const 0)`),
  )
  expect(sandbox.runOnce(input('A'))).toEqual({ kind: 'ok', result: 0 })
  const violated = { kind: 'trap', trap: 'violation', message: 'no overdraft | balance=-3' }
  expect(sandbox.runOnce(input('B'))).toMatchObject(violated)
  expect(sandbox.confirm(input('B'))).toMatchObject(violated)
  expect(sandbox.confirm(input('A'))).toEqual({ kind: 'ok', result: 0 })
})

test('draws the same on the module as it came, whatever was drawn before', async () => {
  const sandbox = await openTarget(
    simulation(`(call $bytes (i32.const 64) (i32.const 20)) (call $random) (i32.load (i32.const 80)) (i32.add)
      (i32.trunc_f64_s (f64.mul (call $f64) (f64.const 1000000))) (i32.add)`),
  )
  for (const text of ['', 'a', 'some input that is long enough for all draws', 'another']) {
    const drawn = sandbox.runOnce(input(text))
    expect(drawn).toMatchObject({ kind: 'ok' })
    expect(sandbox.confirm(input(text))).toEqual(drawn)
    expect(sandbox.runOnce(input(text))).toEqual(drawn)
  }
})

test('ends a simulation that has its draws do all the work for it', async () => {
  const sandbox = await openTarget(
    simulation(`(loop $again (call $bytes (i32.const 0) (i32.const 65536)) (br $again)) (i32.const 0)`),
  )
  expect(sandbox.runOnce(input('x'))).toMatchObject({ kind: 'trap', trap: 'timeout' })
})

test('takes a message outside of the memory for the access that it is', async () => {
  const sandbox = await openTarget(
    simulation(`(call $always (i32.const 0) (i32.const -8) (i32.const 64) (i32.const 0) (i32.const 0)) (i32.const 0)`),
  )
  expect(sandbox.runOnce(input('x'))).toMatchObject({ kind: 'trap', trap: 'out-of-bounds' })
})

test('knows a simulation by what it imports', async () => {
  const plain = wat('(module (func (export "simulate")))')
  expect((await refusal(prepareTarget(plain))).code).toBe('E_NO_ENTRY')
  const named = wat(`(module ${IMPORTS} ${MEMORY} (func (export "world")))`)
  expect((await prepareTarget(named, { entry: 'world' })).entry).toEqual({ kind: 'simulation', exportName: 'world' })
})
