import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { candidatesFor } from '../../../src/core/findings/shrink-typed.ts'
import { Shrinker } from '../../../src/core/findings/shrink.ts'
import type { ArgumentType } from '../../../src/core/typed/argument-types.ts'
import { goText } from '../../../src/core/typed/go-format.ts'
import { bitsOfNumber, numberOfBits } from '../../../src/core/typed/go-float.ts'
import { decodeRecord, encodeRecord, scalarOf, type Argument, type ScalarType } from '../../../src/core/typed/record.ts'
import { anyArguments } from './arbitrary.ts'

const never = (): boolean => false
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

function shrinkRecord(
  types: readonly ArgumentType[],
  record: Uint8Array,
  keeps: (candidate: readonly Argument[]) => boolean,
): { best: readonly Argument[]; done: boolean } {
  const shrinker = new Shrinker(record, 100_000, candidatesFor(types))
  shrinker.step((candidate) => keeps(decodeRecord(types, candidate)), never)
  return { best: decodeRecord(types, shrinker.best), done: shrinker.done }
}

function shrink(given: readonly Argument[], keeps: (candidate: readonly Argument[]) => boolean): string[] {
  const types = given.map(({ type }) => type)
  const { best, done } = shrinkRecord(types, encodeRecord(given), keeps)
  expect(done).toBe(true)
  return best.map(goText)
}

const valueOf = (argument: Argument | undefined): bigint => (argument && 'value' in argument ? argument.value : 0n)
const float = (type: 'f32' | 'f64', value: number): Argument => ({ type, value: bitsOfNumber(type, value) })
const numberOf = (argument: Argument | undefined): number => numberOfBits('f64', valueOf(argument))

describe('shrinking arguments', () => {
  test('takes each as far as it goes while the others keep their values', () => {
    const given: Argument[] = [
      { type: 'bytes', bytes: encode(`${'x'.repeat(300)}FUZZ${'y'.repeat(200)}`) },
      scalarOf('i32', 123_456_789n),
      scalarOf('bool', 1n),
      float('f64', 1234.56789),
      { type: 'string', bytes: encode('nobody reads this') },
    ]
    const keeps = (candidate: readonly Argument[]): boolean => {
      const [text, number] = candidate
      return 'bytes' in text! && new TextDecoder().decode(text.bytes).includes('FUZZ') && valueOf(number) > 1_000n
    }
    expect(shrink(given, keeps)).toEqual(['[]byte("FUZZ")', "rune('ϩ')", 'bool(false)', 'float64(0)', 'string("")'])
  })

  test.each<[ScalarType, bigint, (value: bigint) => boolean, bigint]>([
    ['i64', -9_223_372_036_854_775_808n, () => true, 0n],
    ['i64', 123_456_789_012n, (value) => value >= 77_777n, 77_777n],
    ['i64', -123_456_789_012n, (value) => value <= -77_777n, -77_777n],
    ['i64', -5_000n, (value) => value !== 0n, 1n],
    ['i8', -128n, (value) => value < 0n, -1n],
    [
      'u64',
      (1n << 64n) - 1n,
      (value) => (value & 0x8000_0000_0000_0100n) === 0x8000_0000_0000_0100n,
      0x8000_0000_0000_0100n,
    ],
    ['uint', 6_000n, (value) => value % 1_000n === 0n && value > 0n, 1_000n],
    ['bool', 1n, (value) => value === 1n, 1n],
    ['rune', 0x1f600n, () => true, 0x61n],
    ['rune', 0x7an, (value) => value >= 0x41n && value <= 0x5an, 0x41n],
    ['rune', 0x1f600n, (value) => value > 0xffffn, 0x10000n],
    ['rune', -1n, (value) => value < 0n || value > 0x10ffffn, -1n],
  ])('brings %s(%s) to the plainest that will do', (type, start, keeps, wanted) => {
    const types = [type]
    const { best, done } = shrinkRecord(
      types,
      encodeRecord([scalarOf(type, start)]),
      ([argument]) => keeps(valueOf(argument)) || valueOf(argument) === start,
    )
    expect(done).toBe(true)
    const value = valueOf(best[0])
    if (type === 'rune' && wanted === -1n) expect(keeps(value)).toBe(true)
    else expect(value).toBe(wanted)
  })

  test.each<[number, (value: number) => boolean, number]>([
    [1234.56789, () => true, 0],
    [1234.56789, (value) => value > 0.5, 1],
    [1234.56789, (value) => value >= 7.2, 8],
    [-1234.56789, (value) => value < -99, -100],
    [2.64575131, (value) => value > 2.61 && value < 2.68, 2.65],
    [1_999_999.5, (value) => value >= 1_999_999, 1_999_999],
    [Number.MAX_VALUE, (value) => value > 1e300, 1e300],
    [Infinity, (value) => value > 1e308, Infinity],
    [-Infinity, (value) => Math.abs(value) === Infinity, Infinity],
    [5e-324, (value) => value > 0 && value < 1, 5e-324],
    [Number.NaN, (value) => Number.isNaN(value), Number.NaN],
  ])('brings float64(%s) to the plainest that will do', (start, keeps, wanted) => {
    const { best, done } = shrinkRecord(['f64'], encodeRecord([float('f64', start)]), ([argument]) =>
      keeps(numberOf(argument)),
    )
    expect(done).toBe(true)
    // Beyond 2^53 neighbours are far apart, and the first above the bound is as plain as it gets.
    if (wanted === 1e300) expect(numberOf(best[0])).toBeLessThan(1.0000001e300)
    else expect(numberOf(best[0])).toBe(wanted)
  })

  test('turns a NaN with bits of its own into the one that Go writes as NaN, where that will do', () => {
    const odd: Argument = { type: 'f32', value: 0xffc1_2345n }
    expect(shrink([odd], ([argument]) => Number.isNaN(numberOfBits('f32', valueOf(argument))))).toEqual([
      'float32(NaN)',
    ])
  })

  test('never answers with arguments that do not keep the finding, and comes to an end', () => {
    fc.assert(
      fc.property(anyArguments, fc.integer({ min: 2, max: 9 }), (given, divisor) => {
        const sum = (record: Uint8Array): number => record.reduce((total, byte) => total + byte, 0)
        const types = given.map(({ type }) => type)
        const start = encodeRecord(given)
        const keeps = (record: Uint8Array): boolean => sum(record) % divisor === sum(start) % divisor
        const shrinker = new Shrinker(start, 1_000_000, candidatesFor(types))
        const executions = shrinker.step(keeps, never)
        expect(keeps(shrinker.best)).toBe(true)
        expect(executions).toBeLessThan(1_000_000)
      }),
    )
  })

  test('ends where no argument alone can be made plainer: a second job changes nothing', () => {
    fc.assert(
      fc.property(anyArguments, (given) => {
        const types = given.map(({ type }) => type)
        const length = encodeRecord(given).length
        const keeps = (record: Uint8Array): boolean => record.reduce((total, byte) => total ^ byte, length) % 3 === 0
        const first = new Shrinker(encodeRecord(given), 1_000_000, candidatesFor(types))
        first.step(keeps, never)
        const second = new Shrinker(first.best, 1_000_000, candidatesFor(types))
        second.step(keeps, never)
        expect(second.best).toEqual(first.best)
      }),
    )
  })

  test('begins with the canonical record, and with the bytes as they are where that one does something else', () => {
    const types: ArgumentType[] = ['u32', 'u8']
    const short = Uint8Array.from([9, 9])
    const tried: Uint8Array[] = []
    const typed = new Shrinker(short, 1, candidatesFor(types))
    typed.step((candidate) => (tried.push(candidate), true), never)
    expect(tried).toEqual([Uint8Array.from([9, 9, 0, 0, 0])])
    const raw = new Shrinker(short, 1_000, candidatesFor(types))
    raw.step((candidate) => candidate.length === 1, never)
    expect(raw.best).toHaveLength(1)
  })

  test('leaves inputs that are just bytes to the other generator', () => {
    const shrinker = new Shrinker(encode('abcXdef'), 1_000, candidatesFor(null))
    shrinker.step((candidate) => new TextDecoder().decode(candidate).includes('X'), never)
    expect(shrinker.best).toEqual(encode('X'))
  })
})
