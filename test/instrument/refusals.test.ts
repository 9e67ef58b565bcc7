import { expect, test } from 'vitest'
import { instrument } from '../../instrument/index.ts'
import { assemble, only } from './assemble.ts'

const REFUSED: readonly (readonly [string, string, string])[] = [
  ['two memories', 'E_MULTI_MEMORY', '(module (memory 1) (memory 1))'],
  ['a 64-bit memory', 'E_MEMORY64', '(module (memory i64 1))'],
  ['a shared memory', 'E_SHARED_MEMORY', '(module (memory 1 2 shared))'],
]

test.each(REFUSED)('refuses %s with %s', (_, code, wat) => {
  expect(() => instrument(assemble(wat), only([]))).toThrow(expect.objectContaining({ code }))
})

test('refuses what is not Wasm, is cut short, or does not validate, in one sentence', () => {
  const whole = assemble('(module (func (export "f") (result i32) (i32.const 1)))')
  const wrong = whole.slice()
  wrong[wrong.lastIndexOf(0x41)] = 0x42 // i64.const where an i32 is promised
  for (const bytes of [new Uint8Array(), new TextEncoder().encode('#!/bin/sh'), whole.subarray(0, -3), wrong])
    expect(() => instrument(bytes, only([]))).toThrow(expect.objectContaining({ code: 'E_NOT_WASM' }))
})

test('refuses more edges than there are counters', () => {
  const wasm = assemble('(module (func (export "f")))')
  expect(() => instrument(wasm, only(['edges'], { edgeBase: 0x0040_0000 }))).toThrow(
    expect.objectContaining({ code: 'E_TOO_MANY_EDGES' }),
  )
  expect(() => instrument(wasm, only(['edges'], { functionBase: 0x0010_0000 }))).toThrow(
    expect.objectContaining({ code: 'E_TOO_MANY_FUNCTIONS' }),
  )
})
