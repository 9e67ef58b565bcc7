import { expect, test } from 'vitest'
import { detectEntry } from '../../src/core/target/entry.ts'
import type { ArgumentType } from '../../src/core/typed/argument-types.ts'
import { loadModule } from '../../src/core/target/load.ts'
import { readShape, type ModuleShape } from '../../src/core/target/shape.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { openTarget, input, refusal, wat } from '../support/targets.ts'

async function shapeOf(...functions: string[]): Promise<ModuleShape> {
  return readShape(await loadModule(wat(`(module (memory (export "memory") 1) ${functions.join(' ')})`)))
}

const taking = (name: string, result = ''): string =>
  `(func (export "${name}") (param i32 i32) ${result} (unreachable))`
const plain = (name: string): string => `(func (export "${name}"))`
const detect = async (shape: ModuleShape, wanted?: string, types?: readonly ArgumentType[]): Promise<unknown> =>
  detectEntry('t.wasm', shape, wanted, types)
const numbers = async (params: string, results = ''): Promise<ModuleShape> =>
  await shapeOf(`(func (export "fuzz") (param ${params}) ${results} (unreachable))`)

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

test('a named export of numbers gets numbers, whatever it returns; one that is only found does not', async () => {
  const shape = await numbers('i32 i64 f64', '(result v128 externref)')
  expect(await detect(shape, 'fuzz')).toEqual({ kind: 'typed', exportName: 'fuzz', types: ['i32', 'i64', 'f64'] })
  expect((await refusal(detect(shape))).code).toBe('E_ENTRY_SIGNATURE')
  expect((await refusal(detect(await numbers('i32 externref'), 'fuzz'))).code).toBe('E_ENTRY_SIGNATURE')
})

test('two i32 are a pointer and a length, unless the user says that they are numbers', async () => {
  const shape = await numbers('i32 i32')
  expect(await detect(shape, 'fuzz')).toEqual({ kind: 'buffer', exportName: 'fuzz' })
  expect(await detect(shape, 'fuzz', ['u8', 'rune'])).toMatchObject({ kind: 'typed', types: ['u8', 'rune'] })
  expect(await detect(await numbers('i32 i32', '(result i64)'), 'fuzz', ['string'])).toMatchObject({ kind: 'typed' })
})

test('an int is an i32 or an i64, whichever the export takes', async () => {
  for (const params of ['i32 i64', 'i64 i32', 'i64 i64']) {
    expect(await detect(await numbers(params), 'fuzz', ['int', 'uint'])).toMatchObject({ types: ['int', 'uint'] })
  }
})

test('types that the export has no parameters for are refused, with those wanted and those there', async () => {
  const { code, message } = await refusal(detect(await numbers('i32 f64'), 'fuzz', ['bytes', 'int']))
  expect(code).toBe('E_ENTRY_SIGNATURE')
  expect(message).toContain('--types bytes,int needs an entry that takes (i32, i32, i64 or i32)')
  expect(message).toContain('"fuzz" of t.wasm takes (i32, f64)')
})

test('no types, and more than an entry may take, are refused', async () => {
  const shape = await numbers('i32 '.repeat(65))
  expect((await refusal(detect(shape, 'fuzz', []))).code).toBe('E_TYPES')
  expect((await refusal(detect(shape, 'fuzz', new Array<ArgumentType>(65).fill('i32')))).code).toBe('E_TYPES')
  expect((await refusal(detect(shape, 'fuzz'))).code).toBe('E_ENTRY_SIGNATURE')
})

test('numbers need no memory, bytes do', async () => {
  const shape = readShape(await loadModule(wat('(module (func (export "check") (param i32 i32)))')))
  expect(await detect(shape, 'check', ['i32', 'i32'])).toMatchObject({ kind: 'typed' })
  expect((await refusal(detect(shape, 'check', ['bytes']))).code).toBe('E_NO_MEMORY')
})

test('a prepared target says what its arguments are, and refuses a record that has no room', async () => {
  const source = wat('(module (func (export "check") (param i32 i64)))')
  const entry = 'check'
  expect((await prepareTarget(source, { entry })).types).toEqual(['i32', 'i64'])
  expect((await prepareTarget(source, { entry, types: ['bool', 'int'], inputMax: 9 })).types).toEqual(['bool', 'int'])
  const { code, message } = await refusal(prepareTarget(source, { entry, types: ['bool', 'int'], inputMax: 8 }))
  expect(code).toBe('E_INPUT_MAX')
  expect(message).toContain('at least 9 bytes')
  const plain = wat('(module (memory (export "memory") 1) (func (export "fuzz") (param i32 i32)))')
  expect((await prepareTarget(plain)).types).toBe(null)
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
