import { expect, test } from 'vitest'
import { hostFunctionFor, PROVIDED_IMPORTS } from '../../src/core/target/imports.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { findExport, readShape, sameSignature } from '../../src/core/target/shape.ts'
import type { Outcome } from '../../src/core/outcome.ts'
import { readArtifact } from '../support/artifacts.ts'
import { assemblyScript, input, openPrepared, openTarget, wat } from '../support/targets.ts'

/** Runs one call of an import, by text format, and returns how that ended. */
async function outcomeOf(imports: string, body: string, policy?: 'zero'): Promise<Outcome> {
  const text = `(module ${imports} (memory (export "memory") 1) (data (i32.const 8) "x > 0\\00") (data (i32.const 32) "file.c\\00")
    (data (i32.const 48) "main\\00") (data (i32.const 64) "no such key")
    (func (export "fuzz") (param i32 i32) (result i32) ${body}))`
  const sandbox = await openTarget(wat(text), policy ? { importPolicy: policy } : {})
  return sandbox.runOnce(input('x'))
}

const trap = (kind: string, message: string): object => ({ kind: 'trap', trap: kind, message })

test('every import of the table is an export of the engine with the same signature', async () => {
  const engine = readShape(await readArtifact('build/engine.wasm'))
  expect(PROVIDED_IMPORTS.length).toBeGreaterThan(70)
  for (const { name, signature, engineExport } of PROVIDED_IMPORTS) {
    const found = findExport(engine, engineExport)?.signature
    expect(found, `${name} → ${engineExport}`).toBeDefined()
    expect(sameSignature(found!, signature), `${name} → ${engineExport}`).toBe(true)
  }
})

test('names an import that nobody provides when it is called, and only then', async () => {
  const imports = '(import "env" "mystery" (func $mystery (param i64) (result i32)))'
  const called = await outcomeOf(imports, '(call $mystery (i64.const 1))')
  expect(called).toMatchObject(
    trap('missing-import', 'calls the import env.mystery, which the sandbox does not provide'),
  )
  expect(await outcomeOf(imports, '(i32.const 5)')).toEqual({ kind: 'ok', result: 5 })
})

test('returns zeros from unknown imports by policy, and lists them', async () => {
  const imports = `(import "a" "b" (func $b (param i32) (result i64))) (import "a" "c" (func $c (result f64)))`
  const body = '(i32.add (i32.wrap_i64 (call $b (i32.const 1))) (i32.trunc_f64_s (call $c)))'
  expect(await outcomeOf(imports, body, 'zero')).toEqual({ kind: 'ok', result: 0 })
  const text = `(module ${imports} (memory 1) (func (export "fuzz") (param i32 i32) (result i32) ${body}))`
  expect((await prepareTarget(wat(text), { importPolicy: 'zero' })).stubbed).toEqual(['a b', 'a c'])
})

test('takes a known name with another signature for unknown', async () => {
  const item = {
    module: 'wasi_snapshot_preview1',
    name: 'fd_close',
    kind: 'function',
    limits: null,
    element: null,
    global: null,
  } as const
  expect(hostFunctionFor({ ...item, signature: { params: ['i32'], results: ['i32'] } })).toBe('fd_close')
  expect(hostFunctionFor({ ...item, signature: { params: ['i64'], results: ['i32'] } })).toBe(null)
})

test('a catch_all of the target’s swallows neither exit nor abort nor a missing import', async () => {
  const imports = `(import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (import "env" "abort" (func $abort)) (import "env" "mystery" (func $mystery))`
  const caught = (call: string): Promise<Outcome> => outcomeOf(imports, `(try (do ${call}) (catch_all)) (i32.const 1)`)
  expect(await caught('(call $exit (i32.const 4))')).toMatchObject(trap('exit', 'proc_exit(4)'))
  expect(await caught('(call $abort)')).toMatchObject(trap('abort', 'abort'))
  expect(await caught('(call $mystery)')).toMatchObject({ kind: 'trap', trap: 'missing-import' })
})

test('reports Emscripten’s assertions with their text', async () => {
  const outcome = await outcomeOf(
    '(import "env" "__assert_fail" (func $assert (param i32 i32 i32 i32)))',
    '(call $assert (i32.const 8) (i32.const 32) (i32.const 12) (i32.const 48)) (i32.const 0)',
  )
  expect(outcome).toMatchObject(trap('abort', 'abort: x > 0 at file.c:12 main'))
})

test('grows the heap for Emscripten, within the limit, and undoes it for the next run', async () => {
  const text = `(module (import "env" "emscripten_resize_heap" (func $resize (param i32) (result i32)))
    (memory (export "memory") 1 100)
    (func (export "malloc") (param i32) (result i32) (i32.const 1024))
    (func (export "fuzz") (param i32 i32) (result i32) (local $before i32)
      (local.set $before (memory.size))
      (if (i32.eqz (call $resize (i32.const 0x30001))) (then (unreachable)))
      (i32.store (i32.const 0x3fffc) (i32.const 1))
      (i32.add (i32.mul (local.get $before) (i32.const 10)) (memory.size))))`
  const sandbox = await openTarget(wat(text))
  expect(sandbox.runOnce(input('x'))).toEqual({ kind: 'ok', result: 14 })
  expect(sandbox.runOnce(input('x'))).toEqual({ kind: 'ok', result: 14 })
})

test('copies blocks larger than its own buffer for Emscripten', async () => {
  const outcome = await outcomeOf(
    '(import "env" "_emscripten_memcpy_js" (func $copy (param i32 i32 i32)))',
    `(memory.fill (i32.const 0x1000) (i32.const 7) (i32.const 0x6000))
     (call $copy (i32.const 0x8001) (i32.const 0x1000) (i32.const 0x5001))
     (i32.add (i32.load8_u (i32.const 0xd001)) (i32.mul (i32.load8_u (i32.const 0xd002)) (i32.const 100)))`,
  )
  expect(outcome).toEqual({ kind: 'ok', result: 7 })
})

test('reports a C++ exception that leaves the module', async () => {
  const outcome = await outcomeOf(
    '(import "env" "__cxa_throw" (func $throw (param i32 i32 i32)))',
    '(call $throw (i32.const 1) (i32.const 2) (i32.const 3)) (i32.const 0)',
  )
  expect(outcome).toMatchObject({ kind: 'trap', trap: 'uncaught-exception' })
})

test('reports what wasm-bindgen throws, with its text', async () => {
  const outcome = await outcomeOf(
    '(import "./x_bg.js" "__wbg___wbindgen_throw_00112233aabbccdd" (func $throw (param i32 i32)))',
    '(call $throw (i32.const 64) (i32.const 11)) (i32.const 0)',
  )
  expect(outcome).toMatchObject(trap('abort', 'abort: no such key'))
})

test('reports AssemblyScript’s abort with message, file and line', async () => {
  const sandbox = await openTarget(
    assemblyScript(`export function fuzz(data: usize, length: i32): void {
      if (length > 2) throw new Error('zu größe: ' + length.toString())
    }`),
  )
  expect(sandbox.runOnce(input('ab'))).toEqual({ kind: 'ok', result: 0 })
  expect(sandbox.runOnce(input('abc'))).toMatchObject(trap('abort', 'abort: zu größe: 3 in target.ts:2:23'))
  expect(sandbox.confirm(input('abc'))).toMatchObject(trap('abort', 'abort: zu größe: 3 in target.ts:2:23'))
})

test('believes no length that a message claims to have', async () => {
  const outcome = await outcomeOf(
    `(import "env" "abort" (func $abort (param i32 i32 i32 i32)))`,
    '(i32.store (i32.const 0x1000) (i32.const -1)) (call $abort (i32.const 0x1004) (i32.const 0) (i32.const 0) (i32.const 0)) (i32.const 0)',
  )
  expect(outcome).toMatchObject({ kind: 'trap', trap: 'abort' })
  expect(outcome.kind === 'trap' && outcome.message.length).toBeLessThan(4096)
})

test('gives AssemblyScript the same random numbers and clock in every run', async () => {
  const sandbox = await openTarget(
    assemblyScript(`export function fuzz(data: usize, length: i32): i32 {
      console.log(Math.random().toString() + ' ' + Date.now().toString())
      return 0
    }`),
  )
  expect(sandbox.runOnce(input('x'))).toEqual({ kind: 'ok', result: 0 })
  const first = sandbox.output()
  expect(first).toMatch(/^0\.\d+ 17\d{11}\n$/)
  sandbox.runOnce(input('y'))
  expect(sandbox.output()).toBe(first)
})

test('provides imported memories, tables and globals', async () => {
  const prepared = await prepareTarget(
    wat(`(module (import "env" "memory" (memory 2 10)) (import "env" "table" (table 3 funcref))
      (import "env" "base" (global $base i32))
      (func (export "fuzz") (param i32 i32) (result i32)
        (i32.add (global.get $base) (i32.add (table.size) (i32.load8_u (local.get 0))))))`),
  )
  const sandbox = await openPrepared(prepared)
  expect(sandbox.runOnce(input('A'))).toEqual({ kind: 'ok', result: 68 })
  expect(sandbox.confirm(input('A'))).toEqual({ kind: 'ok', result: 68 })
})
