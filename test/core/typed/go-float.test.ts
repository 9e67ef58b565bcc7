import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bitsOfNumber, parseFloatBits, type FloatType } from '../../../src/core/typed/go-float.ts'
import { goText, readGoFile } from '../../../src/core/typed/go-format.ts'
import type { Argument } from '../../../src/core/typed/record.ts'

const file = (line: string): Uint8Array => new TextEncoder().encode(`go test fuzz v1\n${line}\n`)

/** The bits of the one value that a line has, or null. */
function bitsIn(line: string): bigint | null {
  const read = readGoFile(file(line))
  const value = 'values' in read ? read.values[0] : undefined
  return value !== undefined && 'value' in value ? value.value : null
}

// What Go 1.19 printed for these bits.
const WRITTEN: readonly (readonly [FloatType, bigint, string])[] = [
  ['f64', 0x0n, 'float64(0)'],
  ['f64', 0x8000000000000000n, 'float64(-0)'],
  ['f64', 0x1n, 'float64(5e-324)'],
  ['f64', 0x3ff0000000000000n, 'float64(1)'],
  ['f64', 0x3ff8000000000000n, 'float64(1.5)'],
  ['f64', 0x40f86a0000000000n, 'float64(100000)'],
  ['f64', 0x412e848000000000n, 'float64(1e+06)'],
  ['f64', 0x412e847e00000000n, 'float64(999999)'],
  ['f64', 0x419d6f3454000000n, 'float64(1.23456789e+08)'],
  ['f64', 0x3fb999999999999an, 'float64(0.1)'],
  ['f64', 0x3f1a36e2eb1c432dn, 'float64(0.0001)'],
  ['f64', 0x3f1a36e2eb1c432cn, 'float64(9.999999999999999e-05)'],
  ['f64', 0x3ee4f8b588e368f1n, 'float64(1e-05)'],
  ['f64', 0x7fefffffffffffffn, 'float64(1.7976931348623157e+308)'],
  ['f64', 0x0010000000000000n, 'float64(2.2250738585072014e-308)'],
  ['f64', 0x000fffffffffffffn, 'float64(2.225073858507201e-308)'],
  ['f64', 0x7ff0000000000000n, 'float64(+Inf)'],
  ['f64', 0xfff0000000000000n, 'float64(-Inf)'],
  ['f64', 0x7ff8000000000001n, 'float64(NaN)'],
  ['f64', 0x7ff8000000000000n, 'math.Float64frombits(0x7ff8000000000000)'],
  ['f64', 0xfff8000000000001n, 'math.Float64frombits(0xfff8000000000001)'],
  ['f64', 0x7ff0000000000001n, 'math.Float64frombits(0x7ff0000000000001)'],
  ['f64', 0x44b52d02c7e14af6n, 'float64(1e+23)'],
  ['f64', 0x4341c37937e08000n, 'float64(1e+16)'],
  ['f64', 0x3e70000000000000n, 'float64(5.960464477539063e-08)'],
  ['f32', 0x0n, 'float32(0)'],
  ['f32', 0x80000000n, 'float32(-0)'],
  ['f32', 0x1n, 'float32(1e-45)'],
  ['f32', 0x3f800000n, 'float32(1)'],
  ['f32', 0x3dcccccdn, 'float32(0.1)'],
  ['f32', 0x7f7fffffn, 'float32(3.4028235e+38)'],
  ['f32', 0x00800000n, 'float32(1.1754944e-38)'],
  ['f32', 0x39800000n, 'float32(0.00024414062)'],
  ['f32', 0x48f1e014n, 'float32(495360.62)'],
  ['f32', 0x4b800000n, 'float32(1.6777216e+07)'],
  ['f32', 0x49742400n, 'float32(1e+06)'],
  ['f32', 0x7f800000n, 'float32(+Inf)'],
  ['f32', 0xff800000n, 'float32(-Inf)'],
  ['f32', 0x7fc00000n, 'float32(NaN)'],
  ['f32', 0x7fc00001n, 'math.Float32frombits(0x7fc00001)'],
  ['f32', 0xffc00000n, 'math.Float32frombits(0xffc00000)'],
  ['f32', 0x7f800001n, 'math.Float32frombits(0x7f800001)'],
  ['f32', 0x3eaaaaabn, 'float32(0.33333334)'],
  ['f32', 0x15ae43fdn, 'float32(7.038531e-26)'],
  ['f32', 0x0f4fa6e2n, 'float32(1.02380284e-29)'],
]

describe('a float', () => {
  test.each(WRITTEN)('of %s with the bits %s is written %s, and read back', (type, value, text) => {
    expect(goText({ type, value })).toBe(text)
    expect(bitsIn(text)).toBe(value)
  })

  test('of any bits comes back with the same bits', () => {
    const f32 = fc.bigInt({ min: 0n, max: 0xffff_ffffn }).map((value): Argument => ({ type: 'f32', value }))
    const f64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map((value): Argument => ({ type: 'f64', value }))
    fc.assert(
      fc.property(fc.oneof(f32, f64), (argument) => {
        expect(bitsIn(goText(argument))).toBe('value' in argument ? argument.value : null)
      }),
      { numRuns: 2_000 },
    )
  })

  test('of 64 bits is read as JavaScript reads it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: 0 }), fc.integer({ min: 1, max: 20 }), (value, digits) => {
        const text = value === Infinity ? '1' : value.toPrecision(digits)
        const nearest = Number(text)
        expect(parseFloatBits('f64', text, false)).toBe(nearest === Infinity ? null : bitsOfNumber('f64', nearest))
      }),
      { numRuns: 1_000 },
    )
  })

  test('of 32 bits is rounded once, where a double in between would round the wrong way', () => {
    // Just above the middle between 1 and the next float32, and nearest to that middle among doubles.
    const text = '1.00000005960464477540'
    expect(bitsOfNumber('f32', Math.fround(Number(text)))).toBe(0x3f80_0000n)
    expect(parseFloatBits('f32', text, false)).toBe(0x3f80_0001n)
  })

  test.each([
    ['float64(0x1p-1074)', 1n],
    ['float64(0x1p-1075)', 0n],
    ['float64(0x1.8p1)', 0x4008_0000_0000_0000n],
    ['float64(0x.8p1)', 0x3ff0_0000_0000_0000n],
    ['float64(0X1P+0)', 0x3ff0_0000_0000_0000n],
    ['float64(0x1_0.0_8p-4)', 0x3ff0_0800_0000_0000n],
    ['float32(0x1.000001p0)', 0x3f80_0000n],
    ['float32(0x1.000003p0)', 0x3f80_0002n],
    ['float32(0x1.00000100000000000000000000001p0)', 0x3f80_0001n],
    ['float32(1e-50)', 0n],
    ['float64(-0)', 0x8000_0000_0000_0000n],
    ['float64(010)', 0x4024_0000_0000_0000n],
    ['float64(1_000.5)', 0x408f_4400_0000_0000n],
    ['float64(.5)', 0x3fe0_0000_0000_0000n],
    ['float64(5.)', 0x4014_0000_0000_0000n],
    ['float64(09.5)', 0x4023_0000_0000_0000n],
    ['float64(1e1_0)', 0x4202_a05f_2000_0000n],
    ['float64(1e-99999999999999999999)', 0n],
    ['float64(0e99999999999999999999)', 0n],
    ['float64(+Inf)', 0x7ff0_0000_0000_0000n],
    ['float64(-Inf)', 0xfff0_0000_0000_0000n],
    ['float64(!Inf)', 0x7ff0_0000_0000_0000n],
    ['float32(^Inf)', 0x7f80_0000n],
    ['float32(NaN)', 0x7fc0_0000n],
    ['math.Float32frombits(0x7f800001)', 0x7f80_0001n],
    ['math.Float64frombits(0b1)', 1n],
    ['math . Float64frombits ( 010 , )', 8n],
  ])('%s is read', (line, bits) => {
    expect(bitsIn(line)).toBe(bits)
  })

  test.each([
    'float64(Inf)',
    'float64(-NaN)',
    'float64(+1)',
    'float64(1e309)',
    'float64(1e99999999999999999999)',
    'float32(3.5e38)',
    'float32(0x1p128)',
    'float64(0x10)',
    'float64(0b1)',
    'float64(0o1)',
    'float64(0x1.8)',
    'float64(0xp1)',
    'float64(1e)',
    'float64(1__0.5)',
    'float64(1_.5)',
    'float64(1.5.2)',
    'float64(5i)',
    'float64("1")',
    "float64('1')",
    'float64(true)',
    'math.Float64frombits(-1)',
    'math.Float64frombits(1.5)',
    'math.Float32frombits(0x100000000)',
    'math.Float16frombits(1)',
    'cmath.Float64frombits(1)',
  ])('%s is refused', (line) => {
    expect(readGoFile(file(line))).toHaveProperty('problems.length', 1)
  })

  test('with a million digits is read, and rounded by all of them', () => {
    const many = '0'.repeat(1_000_000)
    expect(bitsIn(`float64(1.${many})`)).toBe(0x3ff0_0000_0000_0000n)
    const middle = '1.00000011920928955078125' // of two float32: the even one, unless something follows
    expect(parseFloatBits('f32', '1.000000178813934326171875', false)).toBe(0x3f80_0002n)
    expect(parseFloatBits('f32', `1.000000059604644775390625${many}1`, false)).toBe(0x3f80_0001n)
    expect(parseFloatBits('f32', middle, false)).toBe(0x3f80_0001n)
  })
})
