import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ArgumentType } from '../../../src/core/typed/argument-types.ts'
import { canonicalRecord, encodeRecord, scalarOf } from '../../../src/core/typed/record.ts'
import { argumentTexts, codecOf, plainCodec, SkippedFiles } from '../../../src/core/typed/typed-corpus.ts'
import { anyTypes } from './arbitrary.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const TYPES: readonly ArgumentType[] = ['bytes', 'rune', 'i64']
const file = (...lines: string[]): Uint8Array => encode(['go test fuzz v1', ...lines, ''].join('\n'))
const GOOD = file('[]byte("GET")', "rune('a')", 'int64(-3)')

describe('the files of a typed target', () => {
  test('hold the canonical record, whatever record the engine had', () => {
    fc.assert(
      fc.property(anyTypes, fc.uint8Array({ maxLength: 80 }), (types, record) => {
        const codec = codecOf(types)
        const decoded = codec.decodeFile(codec.encodeFile(record))
        expect(decoded).toEqual({ input: canonicalRecord(types, record) })
      }),
    )
  })

  test('are read as Go writes them, int32 for rune as well', () => {
    const record = encodeRecord([
      { type: 'bytes', bytes: encode('GET') },
      scalarOf('rune', 0x61n),
      scalarOf('i64', -3n),
    ])
    expect(codecOf(TYPES).decodeFile(GOOD)).toEqual({ input: record })
    expect(codecOf(TYPES).decodeFile(file('[]byte("GET")', 'int32(97)', 'int64(-3)'))).toEqual({ input: record })
    expect(decode(codecOf(TYPES).encodeFile(record))).toBe(decode(GOOD))
  })

  test('are named by the first 16 digits of the SHA-256 of their bytes', async () => {
    expect(await codecOf(['string']).nameOf(encode('abc'))).toBe('ba7816bf8f01cfea')
  })

  test.each<[string, Uint8Array, RegExp | null]>([
    ['no file of Go', encode('GET /'), null],
    ['too few arguments', file('[]byte("")'), /it has 1 argument, the target takes 3: \[\]byte, rune, int64/],
    ['none', file(), /it has 0 arguments/],
    [
      'other types',
      file('string("")', "rune('a')", 'int(1)'),
      /argument 1 is of the type string, .*; argument 3 is of the type int,/,
    ],
    ['a malformed line', file('[]byte("")', 'rune()', 'int64(x)'), /line 3, "rune\(\)".*; line 4, "int64\(x\)"/],
    ['another version', encode('go test fuzz v2\nint(1)\n'), /first line is not/],
  ])('with %s are refused, with the reason', (_, bytes, reason) => {
    const decoded = codecOf(TYPES).decodeFile(bytes)
    const problem = 'problem' in decoded ? decoded.problem : 'none'
    if (reason === null) expect(problem).toBe(null)
    else expect(problem).toMatch(reason)
    const demand = (): unknown => codecOf(TYPES).demandInput(bytes, 'dir/file')
    expect(demand).toThrow(expect.objectContaining({ code: 'E_TYPED_FILE' }))
    expect(demand).toThrow(/dir\/file/)
  })

  test('that are skipped are told together: foreign ones in one warning, bad ones with their reasons in another', () => {
    const skipped = new SkippedFiles()
    const codec = codecOf(TYPES)
    expect(skipped.read(codec, 'good', GOOD)).toMatchObject({ name: 'good' })
    for (let index = 0; index < 30; index++) {
      expect(skipped.read(codec, `raw${index}`, encode('raw'))).toBe(null)
      expect(skipped.read(codec, `bad${index}`, file('nonsense'))).toBe(null)
    }
    const [foreign, malformed] = skipped.warnings
    expect(skipped.warnings).toHaveLength(2)
    expect(foreign).toMatchObject({
      code: 'W_TYPED_FOREIGN',
      message: expect.stringMatching(/^30 files .*raw0, raw1, .*and 10 more$/),
    })
    expect(malformed?.code).toBe('W_TYPED_FILES')
    expect(malformed?.message.split('\n').slice(1, 3)).toEqual([
      expect.stringMatching(/^bad0: line 2, "nonsense"/),
      expect.stringMatching(/^bad1: /),
    ])
    expect(new SkippedFiles().warnings).toEqual([])
  })
})

test('the files of a target without types are the inputs', async () => {
  const input = encode('abc')
  expect(codecOf(null)).toBe(plainCodec)
  expect(plainCodec.decodeFile(input)).toEqual({ input })
  expect(plainCodec.encodeFile(input)).toBe(input)
  expect(plainCodec.demandInput(input, 'x')).toBe(input)
  expect(await plainCodec.nameOf(input)).toBe('a9993e364706816aba3e25717850c26c9cd0d89d')
})

test('a report names arguments as Go writes them, and cuts long ones', () => {
  const record = encodeRecord([
    { type: 'bytes', bytes: new Uint8Array(5_000) },
    scalarOf('rune', 10n),
    scalarOf('i64', -3n),
  ])
  const [bytes, ...others] = argumentTexts(TYPES, record)
  expect(bytes).toMatch(/^\[\]byte\("(\\x00){100,300}.*…$/)
  expect(bytes!.length).toBeLessThan(1_100)
  expect(others).toEqual([String.raw`rune('\n')`, 'int64(-3)'])
  expect(argumentTexts(['i32', 'u8', 'rune'], Uint8Array.from([0xe8, 3, 0, 0, 65, 65]))).toEqual([
    "rune('Ϩ') // 1000",
    "byte('A') // 65",
    "rune('A')",
  ])
  expect(argumentTexts(['i32'], Uint8Array.from([0xff, 0xff, 0xff, 0xff]))).toEqual(['int32(-1)'])
})
