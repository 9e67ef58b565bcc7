import { beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../src/core/sandbox.ts'
import { input, openTarget, targetFile, wat } from '../support/targets.ts'

const FINE = { kind: 'ok', result: 100 }

describe('a program over WASI', () => {
  let sandbox: Sandbox
  const run = (text: string): unknown => sandbox.runOnce(input(text))

  beforeAll(async () => {
    sandbox = await openTarget(await targetFile('wasi/files.ts'))
  })

  test('writes, reads, seeks, truncates and appends', () => {
    expect(run('a')).toEqual(FINE)
  })

  test('finds no file that an earlier run has made', () => {
    run('a')
    expect(run('b')).toEqual({ kind: 'ok', result: -44 })
  })

  test('finds a file of the base snapshot as it was, whatever runs do to it', () => {
    expect(run('c')).toEqual(FINE)
    expect(run('c')).toEqual(FINE)
    expect(run('d')).toEqual(FINE)
    expect(sandbox.output()).toBe('base')
  })

  test('makes, lists, renames and removes directories', () => {
    expect(run('e')).toEqual(FINE)
    expect(run('e')).toEqual(FINE)
  })

  test('sees a clock that moves when asked or slept on, the same in every run', () => {
    expect(run('f')).toEqual(FINE)
    const first = sandbox.output()
    expect(run('f')).toEqual(FINE)
    expect(sandbox.output()).toBe(first)
  })

  test('draws the same random bytes in every run', () => {
    expect(run('g')).toEqual(FINE)
    const first = sandbox.output()
    expect(first.split(' ').length).toBe(14)
    run('a')
    expect(run('g')).toEqual(FINE)
    expect(sandbox.output()).toBe(first)
  })

  test('may print without end; what is kept is capped', () => {
    expect(run('h')).toEqual({ kind: 'ok', result: 0 })
    expect(sandbox.output().length).toBe(0x1_0000)
    run('b')
    expect(sandbox.output()).toBe('')
  })

  test('meets a full disk, not a full engine', () => {
    expect(run('i')).toEqual({ kind: 'ok', result: 51 })
    expect(run('a')).toEqual(FINE)
  })

  test('runs out of descriptors at a limit', () => {
    expect(run('m')).toEqual({ kind: 'ok', result: -33 })
    expect(run('a')).toEqual(FINE)
  })

  test('cannot leave its root', () => {
    expect(run('k')).toEqual(FINE)
  })

  test('forges lengths and offsets in vain', () => {
    run('a')
    const before = sandbox.trace()
    expect(run('o')).toEqual(FINE)
    expect(run('a')).toEqual(FINE)
    expect(sandbox.trace()).toEqual(before)
  })

  test('has an empty standard input where the entry takes a buffer', () => {
    expect(run('n1234')).toEqual({ kind: 'ok', result: 0 })
  })

  test('ends well by exit(0) and with a finding by exit(3)', () => {
    expect(run('j0')).toEqual({ kind: 'ok', result: 0 })
    expect(run('j3')).toMatchObject({ kind: 'trap', trap: 'exit', message: 'proc_exit(3)' })
    expect(run('a')).toEqual(FINE)
  })

  test('traps by a wild pointer handed to WASI, as by one of its own', () => {
    expect(run('l')).toMatchObject({ kind: 'trap', trap: 'out-of-bounds' })
    expect(sandbox.confirm(input('l'))).toMatchObject({ kind: 'trap', trap: 'out-of-bounds' })
    expect(run('a')).toEqual(FINE)
  })

  test('gives the same map, bit for bit, after any other input', () => {
    for (const text of ['a', 'c', 'e', 'f', 'g', 'h', 'j0', 'm']) {
      run(text)
      const { hash, edges } = sandbox.trace()
      run('i')
      run('c')
      run(text)
      expect(sandbox.trace()).toEqual({ hash, edges })
    }
  })
})

test('a command reads the input from standard input and may exit(0)', async () => {
  const sandbox = await openTarget(
    wat(`(module
      (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
      (memory (export "memory") 1)
      (data (i32.const 0) "\\40\\00\\00\\00\\10\\00\\00\\00")
      (func (export "_start")
        (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))
        (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
        (call $exit (i32.sub (i32.load8_u (i32.const 0x40)) (i32.const 0x30)))))`),
  )
  expect(sandbox.runOnce(input('0abc'))).toEqual({ kind: 'ok', result: 0 })
  expect(sandbox.output()).toBe('0abc')
  expect(sandbox.runOnce(input('7'))).toMatchObject({ kind: 'trap', trap: 'exit', message: 'proc_exit(7)' })
  expect(sandbox.output()).toBe('7')
  // An input that ends by exit(0) is learned from like one that returns.
  expect(sandbox.addInput(input('0')).newFeatures).toBeGreaterThan(0)
  expect(sandbox.addInput(input('5')).newFeatures).toBe(0)
})
