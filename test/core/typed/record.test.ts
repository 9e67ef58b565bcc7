import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ArgumentType } from '../../../src/core/typed/argument-types.ts'
import { canonicalRecord, decodeRecord, encodeRecord, rangeOf, scalarOf } from '../../../src/core/typed/record.ts'
import { ALL_TYPES, anyArguments, anyTypes } from './arbitrary.ts'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

describe('a record', () => {
  test('comes back as the arguments that went in', () => {
    fc.assert(
      fc.property(anyArguments, (given) => {
        const types = given.map(({ type }) => type)
        expect(decodeRecord(types, encodeRecord(given))).toEqual(given)
      }),
    )
  })

  test('is any byte string, and its canonical form says the same', () => {
    fc.assert(
      fc.property(anyTypes, fc.uint8Array({ maxLength: 60 }), (types, record) => {
        const canonical = canonicalRecord(types, record)
        expect(decodeRecord(types, canonical)).toEqual(decodeRecord(types, record))
        expect(canonicalRecord(types, canonical)).toEqual(canonical)
      }),
    )
  })

  test('has its arguments one after the other, little-endian', () => {
    const types: ArgumentType[] = ['u16', 'bytes', 'i8', 'bool', 'string', 'i64']
    const record = bytes(0x34, 0x12, 2, 0, 0, 0, 0xaa, 0xbb, 0xff, 1, 1, 0, 0, 0, 0x41, 0xfe, ...Array(7).fill(0xff))
    const given = [
      { type: 'u16', value: 0x1234n },
      { type: 'bytes', bytes: bytes(0xaa, 0xbb) },
      { type: 'i8', value: -1n },
      { type: 'bool', value: 1n },
      { type: 'string', bytes: bytes(0x41) },
      { type: 'i64', value: -2n },
    ] as const
    expect(decodeRecord(types, record)).toEqual(given)
    expect(encodeRecord(given)).toEqual(record)
  })

  test('reads what is missing as zero', () => {
    expect(decodeRecord(ALL_TYPES, bytes())).toEqual(
      ALL_TYPES.map((type) => (type === 'bytes' || type === 'string' ? { type, bytes: bytes() } : { type, value: 0n })),
    )
    expect(decodeRecord(['u32', 'u32'], bytes(1, 2, 3, 4, 5))).toEqual([
      { type: 'u32', value: 0x04030201n },
      { type: 'u32', value: 5n },
    ])
  })

  test('clips a length to what is left, and leaves nothing for the arguments behind', () => {
    expect(decodeRecord(['bytes', 'u8'], bytes(0xff, 0xff, 0xff, 0xff, 7, 8))).toEqual([
      { type: 'bytes', bytes: bytes(7, 8) },
      { type: 'u8', value: 0n },
    ])
  })

  test('takes any byte but 0 for true', () => {
    for (let byte = 0; byte < 256; byte++) {
      expect(canonicalRecord(['bool'], bytes(byte))).toEqual(bytes(byte === 0 ? 0 : 1))
    }
  })

  test('ignores what stands behind the last argument', () => {
    expect(canonicalRecord(['u8'], bytes(5, 6, 7))).toEqual(bytes(5))
  })

  test('keeps the bits of every float', () => {
    const signalling = bytes(1, 0, 0x80, 0x7f, 1, 0, 0, 0, 0, 0, 0xf0, 0xff)
    expect(canonicalRecord(['f32', 'f64'], signalling)).toEqual(signalling)
  })
})

test('a scalar keeps as many bits as its type has, with its sign', () => {
  expect(scalarOf('i8', 0x1ffn).value).toBe(-1n)
  expect(scalarOf('u8', -1n).value).toBe(255n)
  expect(scalarOf('rune', 0xffff_ffffn).value).toBe(-1n)
  expect(scalarOf('int', (1n << 63n) + 5n).value).toBe(5n - (1n << 63n))
  expect(rangeOf('i16')).toEqual({ least: -32768n, most: 32767n })
  expect(rangeOf('uint')).toEqual({ least: 0n, most: (1n << 64n) - 1n })
})
