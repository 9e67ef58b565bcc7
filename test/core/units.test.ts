import { describe, expect, test } from 'vitest'
import { parseDictionary } from '../../src/core/campaign/dictionary-file.ts'
import {
  formatCount,
  formatDuration,
  formatRoughly,
  formatShort,
  formatSize,
  parseCount,
  parseDurationMs,
  parseSizeBytes,
} from '../../src/core/units.ts'

describe('durations', () => {
  test.each([
    ['30s', 30_000],
    ['5', 5_000],
    ['0.5', 500],
    ['250ms', 250],
    ['1m30s', 90_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['5min', 300_000],
  ])('%s is %i ms', (text, ms) => expect(parseDurationMs(text)).toBe(ms))

  test.each(['', 'soon', '5 apples', '-1s', 's', '1s2'])('"%s" is none', (text) =>
    expect(parseDurationMs(text)).toBeNull(),
  )
})

describe('sizes', () => {
  test.each([
    ['64MiB', 67_108_864],
    ['64m', 67_108_864],
    ['1.5k', 1_536],
    ['17', 17],
    ['1 GB', 1_073_741_824],
  ])('%s is %i bytes', (text, bytes) => expect(parseSizeBytes(text)).toBe(bytes))

  test.each(['', 'big', '-1', '5 apples', '1e400'])('"%s" is none', (text) => expect(parseSizeBytes(text)).toBeNull())
})

describe('counts', () => {
  test.each([
    ['1000000', 1e6],
    ['1_000_000', 1e6],
    ['1e6', 1e6],
    ['0x10', 16],
  ])('%s is %i', (text, count) => expect(parseCount(text)).toBe(count))

  test.each(['', '1.5', '-3', 'many', '1e99'])('"%s" is none', (text) => expect(parseCount(text)).toBeNull())
})

test('numbers are told the same way on every machine', () => {
  expect(formatCount(1234567)).toBe('1,234,567')
  expect(formatSize(0)).toBe('0 B')
  expect(formatSize(1_536)).toBe('1.5 KiB')
  expect(formatSize(67_108_864)).toBe('64 MiB')
  expect(formatDuration(999)).toBe('999 ms')
  expect(formatDuration(61_000)).toBe('1 min 1 s')
  expect(formatDuration(3_725_000)).toBe('1 h 2 min')
})

test.each([
  [950, '950', '950'],
  [9_999, '10 thousand', '9,999'],
  [12_345, '12 thousand', '12.3k'],
  [999_940, '1.0 million', '1.0M'],
  [3_123_456, '3.1 million', '3.1M'],
  [104_211_000, '100 million', '104M'],
  [2.5e12, '2.5 trillion', '2.5T'],
])('%d is roughly %s, and in short %s', (count, roughly, short) => {
  expect(formatRoughly(count)).toBe(roughly)
  expect(formatShort(count)).toBe(short)
})

describe('dictionaries', () => {
  const tokensOf = (text: string): string[] =>
    parseDictionary(text, 'x.dict').map((token) => String.fromCharCode(...token))

  test('hold a token a line, with or without a name', () => {
    expect(tokensOf('# head\n"GET "\n\nmagic="\\x89PNG"\nkw@2="if" # why\r\nq="\\"\\\\"\n')).toEqual([
      'GET ',
      '\x89PNG',
      'if',
      '"\\',
    ])
  })

  test('leave out what lies above the level that is asked for', () => {
    const upTo = (level?: number): string =>
      parseDictionary('a="0"\nb@1="1"\nc@2="2"\n"x"\n', 'x.dict', level)
        .map((token) => String.fromCharCode(...token))
        .join('')
    expect([upTo(), upTo(0), upTo(1), upTo(2)]).toEqual(['012x', '0x', '01x', '012x'])
  })

  test.each(['GET', '"open', '""', 'x="\\q"', '"a" b'])('refuse the line %s by its number', (line) => {
    expect(() => tokensOf(`"fine"\n${line}\n`)).toThrow(/x\.dict:2 is no token/)
    expect(() => tokensOf(line)).toThrow(expect.objectContaining({ code: 'E_DICTIONARY' }))
  })

  test('refuse tokens that are too long and lists that are too many', () => {
    expect(() => tokensOf(`"${'x'.repeat(128)}"`)).toThrow(/longer than 127 bytes/)
    expect(() => tokensOf('"x"\n'.repeat(4_097))).toThrow(/more than 4096/)
  })
})
