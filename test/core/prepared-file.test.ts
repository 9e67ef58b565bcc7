// A prepared target as a file: what comes back is what was written, and no other file gets as far as a sandbox.
import { expect, test } from 'vitest'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { isPreparedFile, readPrepared, writePrepared } from '../../src/core/target/prepared-file.ts'
import { input, wat } from '../support/targets.ts'

const SOURCE = wat(`(module (memory (export "memory") 1)
  (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (if (local.get 1) (then unreachable))))`)
const target = await prepareTarget(SOURCE, { compares: true })
const file = writePrepared(target)

const refused = (why: RegExp): unknown =>
  expect.objectContaining({ code: 'E_PREPARED_FILE', message: expect.stringMatching(why) })

test('what is read is what was written, down to the bytes of its modules', () => {
  expect(isPreparedFile(file)).toBe(true)
  expect(readPrepared(file)).toEqual(target)
})

test('a file is read at any place of a larger buffer', () => {
  const buffer = new Uint8Array(file.length + 3)
  buffer.set(file, 3)
  expect(readPrepared(buffer.subarray(3))).toEqual(target)
})

test('anything else is refused, in one sentence with the name: E_PREPARED_FILE', () => {
  expect(isPreparedFile(input('\0asm'))).toBe(false)
  expect(() => readPrepared(input('something else entirely'), 'x.fuzzbox')).toThrow(
    refused(/^x\.fuzzbox .*does not begin/),
  )
})

test('a file of another version is refused: its code would write to wrong addresses', () => {
  const other = file.slice()
  new DataView(other.buffer).setUint32(8, 1, true)
  expect(() => readPrepared(other)).toThrow(refused(/version 1/))
})

test('a file that is cut short is refused, wherever it was cut', () => {
  for (const length of [16, 20, file.length >> 1, file.length - 1]) {
    expect(() => readPrepared(file.subarray(0, length))).toThrow(refused(/cut short/))
  }
})

test('a file with damaged words is refused', () => {
  const other = file.slice()
  other[16] = 0x5b
  expect(() => readPrepared(other)).toThrow(refused(/damaged/))
})
