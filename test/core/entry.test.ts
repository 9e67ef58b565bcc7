import { expect, test } from 'vitest'
import { detectEntry } from '../../src/core/target/entry.ts'
import { loadModule } from '../../src/core/target/load.ts'
import { readShape, type ModuleShape } from '../../src/core/target/shape.ts'
import { openTarget, input, refusal, wat } from '../support/targets.ts'

async function shapeOf(...functions: string[]): Promise<ModuleShape> {
  return readShape(await loadModule(wat(`(module (memory (export "memory") 1) ${functions.join(' ')})`)))
}

const taking = (name: string, result = ''): string =>
  `(func (export "${name}") (param i32 i32) ${result} (unreachable))`
const plain = (name: string): string => `(func (export "${name}"))`
const detect = async (shape: ModuleShape, wanted?: string): Promise<unknown> => detectEntry('t.wasm', shape, wanted)

test('prefers libFuzzer’s entry to all others', async () => {
  const shape = await shapeOf(taking('fuzz'), plain('_start'), taking('LLVMFuzzerTestOneInput', '(result i32)'))
  expect(await detect(shape)).toEqual({ kind: 'buffer', exportName: 'LLVMFuzzerTestOneInput' })
})

test('takes a short "fuzz" and, last, a command', async () => {
  expect(await detect(await shapeOf(plain('_start'), taking('fuzz')))).toEqual({ kind: 'buffer', exportName: 'fuzz' })
  expect(await detect(await shapeOf(plain('_start')))).toEqual({ kind: 'command', exportName: '_start' })
})

test('takes any export of the right shape when told its name', async () => {
  const shape = await shapeOf(taking('LLVMFuzzerTestOneInput'), taking('parse'))
  expect(await detect(shape, 'parse')).toEqual({ kind: 'buffer', exportName: 'parse' })
})

test('says what is exported where there is no entry, and what was probably meant', async () => {
  const none = await refusal(detect(await shapeOf(taking('parse'), plain('init'))))
  expect(none.code).toBe('E_NO_ENTRY')
  expect(none.message).toContain('it exports parse, init')
  const slip = await refusal(detect(await shapeOf(taking('LLVMFuzzerTestOneInptu'))))
  expect(slip.message).toContain('did you mean "LLVMFuzzerTestOneInptu"?')
})

test('asks "did you mean" for an --entry that is nearly right', async () => {
  const { code, message } = await refusal(detect(await shapeOf(taking('parse_json')), 'parse_jsno'))
  expect(code).toBe('E_ENTRY_MISSING')
  expect(message).toContain('did you mean "parse_json"?')
})

test('shows the wrong signature and the right one', async () => {
  const shape = await shapeOf('(func (export "LLVMFuzzerTestOneInput") (param i32) (result i64) (unreachable))')
  const { code, message } = await refusal(detect(shape))
  expect(code).toBe('E_ENTRY_SIGNATURE')
  expect(message).toContain('(i32) → i64')
  expect(message).toContain('(pointer: i32, length: i32)')
})

test('refuses an entry that takes a buffer where there is no memory', async () => {
  const shape = readShape(await loadModule(wat('(module (func (export "fuzz") (param i32 i32)))')))
  expect((await refusal(detect(shape))).code).toBe('E_NO_MEMORY')
})

test('calls the initialisers once, in order, before the first input', async () => {
  const sandbox = await openTarget(
    wat(`(module (memory (export "memory") 1)
      (global $calls (mut i32) (i32.const 1))
      (func $note (param i32) (global.set $calls (i32.add (i32.mul (global.get $calls) (i32.const 10)) (local.get 0))))
      (func $start (call $note (i32.const 2))) (start $start)
      (func (export "_initialize") (call $note (i32.const 3)))
      (func (export "__wasm_call_ctors") (call $note (i32.const 9)))
      (func (export "LLVMFuzzerInitialize") (param i32 i32) (result i32) (call $note (i32.const 4)) (i32.const 0))
      (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32) (global.get $calls)))`),
  )
  expect(sandbox.runOnce(input('x'))).toEqual({ kind: 'ok', result: 1234 })
  expect(sandbox.runOnce(input('y'))).toEqual({ kind: 'ok', result: 1234 })
})

test('keeps an input out of the corpus when the entry returns -1', async () => {
  const sandbox = await openTarget(
    wat(`(module (memory (export "memory") 1) (func (export "fuzz") (param i32 i32) (result i32)
      (if (result i32) (i32.eq (i32.load8_u (local.get 0)) (i32.const 0x61)) (then (i32.const -1)) (else (i32.const 0)))))`),
  )
  expect(sandbox.addInput(input('a')).newFeatures).toBe(0)
  expect(sandbox.statistics().corpus).toBe(0)
  expect(sandbox.addInput(input('b')).newFeatures).toBeGreaterThan(0)
  expect(sandbox.statistics().corpus).toBe(1)
})
