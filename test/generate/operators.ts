// Every numeric and SIMD instruction of WebAssembly 3.0 that yields the same bits everywhere: result type, name, operands.
// Instructions that can yield a NaN are listed apart, because the bits of a NaN are not specified.

export type NumberType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128'

export interface Operator {
  readonly name: string
  readonly result: NumberType
  readonly operands: readonly NumberType[]
  /** Immediate values behind the name: lanes below this number, or none. */
  readonly lanes?: number
  readonly makesNaN?: boolean
}

function list(
  result: NumberType,
  operands: readonly NumberType[],
  names: string,
  more: Partial<Operator> = {},
): Operator[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => ({ name, result, operands, ...more }))
}

const prefixed = (prefix: string, names: string): string =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `${prefix}.${name}`)
    .join(' ')

const INTEGER_BINARY = 'add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr'
const INTEGER_COMPARE = 'eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u'
const FLOAT_COMPARE = 'eq ne lt gt le ge'
const FLOAT_BINARY = 'add sub mul div min max'
const FLOAT_UNARY = 'ceil floor trunc nearest sqrt'
const NAN = { makesNaN: true }

const SCALAR: readonly Operator[] = [
  ...list('i32', ['i32', 'i32'], prefixed('i32', `${INTEGER_BINARY} ${INTEGER_COMPARE}`)),
  ...list('i64', ['i64', 'i64'], prefixed('i64', INTEGER_BINARY)),
  ...list('i32', ['i64', 'i64'], prefixed('i64', INTEGER_COMPARE)),
  ...list('i32', ['i32'], prefixed('i32', 'clz ctz popcnt eqz extend8_s extend16_s')),
  ...list('i64', ['i64'], prefixed('i64', 'clz ctz popcnt extend8_s extend16_s extend32_s')),
  ...list('i32', ['i64'], 'i64.eqz i32.wrap_i64'),
  ...list('i64', ['i32'], 'i64.extend_i32_s i64.extend_i32_u'),
  ...(['f32', 'f64'] as const).flatMap((float) => [
    ...list('i32', [float, float], prefixed(float, FLOAT_COMPARE)),
    ...list(float, [float, float], prefixed(float, FLOAT_BINARY), NAN),
    ...list(float, [float], prefixed(float, FLOAT_UNARY), NAN),
    ...list(float, [float], prefixed(float, 'abs neg')),
    ...list(float, [float, float], `${float}.copysign`),
    ...(['i32', 'i64'] as const).flatMap((integer) => [
      ...list(float, [integer], `${float}.convert_${integer}_s ${float}.convert_${integer}_u`),
      ...list(
        integer,
        [float],
        ['trunc', 'trunc_sat'].flatMap((op) => ['s', 'u'].map((sign) => `${integer}.${op}_${float}_${sign}`)).join(' '),
      ),
    ]),
  ]),
  ...list('i32', ['f32'], 'i32.reinterpret_f32'),
  ...list('i64', ['f64'], 'i64.reinterpret_f64'),
  ...list('f32', ['i32'], 'f32.reinterpret_i32', NAN),
  ...list('f64', ['i64'], 'f64.reinterpret_i64', NAN),
  ...list('f32', ['f64'], 'f32.demote_f64', NAN),
  ...list('f64', ['f32'], 'f64.promote_f32', NAN),
]

const ALL_INTS = 'add sub neg abs'
const VECTOR: readonly Operator[] = [
  ...list('v128', ['v128', 'v128'], 'v128.and v128.or v128.xor v128.andnot i8x16.swizzle i64x2.mul'),
  ...list('v128', ['v128'], 'v128.not i8x16.popcnt'),
  ...list('v128', ['v128', 'v128', 'v128'], 'v128.bitselect'),
  ...list('i32', ['v128'], 'v128.any_true'),
  ...['i8x16', 'i16x8', 'i32x4', 'i64x2'].flatMap((shape) => [
    ...list('v128', ['v128', 'v128'], prefixed(shape, ALL_INTS.split(' ').slice(0, 2).join(' '))),
    ...list('v128', ['v128'], prefixed(shape, 'neg abs')),
    ...list('v128', ['v128', 'i32'], prefixed(shape, 'shl shr_s shr_u')),
    ...list('i32', ['v128'], prefixed(shape, 'all_true bitmask')),
    ...list('v128', ['v128', 'v128'], prefixed(shape, 'eq ne lt_s gt_s le_s ge_s')),
  ]),
  ...['i8x16', 'i16x8', 'i32x4'].flatMap((shape) =>
    list('v128', ['v128', 'v128'], prefixed(shape, 'lt_u gt_u le_u ge_u min_s min_u max_s max_u')),
  ),
  ...['i8x16', 'i16x8'].flatMap((shape) =>
    list('v128', ['v128', 'v128'], prefixed(shape, 'add_sat_s add_sat_u sub_sat_s sub_sat_u avgr_u')),
  ),
  ...list(
    'v128',
    ['v128', 'v128'],
    'i8x16.narrow_i16x8_s i8x16.narrow_i16x8_u i16x8.narrow_i32x4_s i16x8.mul i32x4.mul',
  ),
  ...list(
    'v128',
    ['v128', 'v128'],
    'i16x8.q15mulr_sat_s i32x4.dot_i16x8_s i16x8.extmul_low_i8x16_s i64x2.extmul_high_i32x4_u',
  ),
  ...list('v128', ['v128'], 'i16x8.extend_low_i8x16_s i32x4.extend_high_i16x8_u i16x8.extadd_pairwise_i8x16_s'),
  ...list(
    'v128',
    ['v128'],
    'i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f64x2_u_zero f32x4.convert_i32x4_s f64x2.convert_low_i32x4_u',
  ),
  ...['f32x4', 'f64x2'].flatMap((shape) => [
    ...list('v128', ['v128', 'v128'], prefixed(shape, FLOAT_COMPARE)),
    ...list('v128', ['v128', 'v128'], prefixed(shape, `${FLOAT_BINARY} pmin pmax`), NAN),
    ...list('v128', ['v128'], prefixed(shape, FLOAT_UNARY), NAN),
  ]),
  ...list('v128', ['i32'], 'i8x16.splat i16x8.splat i32x4.splat'),
  ...list('v128', ['i64'], 'i64x2.splat'),
  ...list('v128', ['f32'], 'f32x4.splat'),
  ...list('v128', ['f64'], 'f64x2.splat'),
  ...list('i32', ['v128'], 'i8x16.extract_lane_s i8x16.extract_lane_u', { lanes: 16 }),
  ...list('i32', ['v128'], 'i16x8.extract_lane_u', { lanes: 8 }),
  ...list('i32', ['v128'], 'i32x4.extract_lane', { lanes: 4 }),
  ...list('i64', ['v128'], 'i64x2.extract_lane', { lanes: 2 }),
  ...list('v128', ['v128', 'i32'], 'i8x16.replace_lane', { lanes: 16 }),
  ...list('v128', ['v128', 'i32'], 'i32x4.replace_lane', { lanes: 4 }),
  ...list('v128', ['v128', 'i64'], 'i64x2.replace_lane', { lanes: 2 }),
  ...list('v128', ['v128', 'f64'], 'f64x2.replace_lane', { lanes: 2 }),
]

export const OPERATORS: readonly Operator[] = [...SCALAR, ...VECTOR]

/** Memory instructions by the type that they load or store, with the bytes that they touch. */
export const LOADS: Readonly<Record<NumberType, readonly (readonly [string, number])[]>> = {
  i32: [
    ['i32.load', 4],
    ['i32.load8_s', 1],
    ['i32.load8_u', 1],
    ['i32.load16_s', 2],
    ['i32.load16_u', 2],
  ],
  i64: [
    ['i64.load', 8],
    ['i64.load8_s', 1],
    ['i64.load8_u', 1],
    ['i64.load16_s', 2],
    ['i64.load32_u', 4],
    ['i64.load32_s', 4],
  ],
  f32: [['f32.load', 4]],
  f64: [['f64.load', 8]],
  v128: [
    ['v128.load', 16],
    ['v128.load8x8_s', 8],
    ['v128.load16x4_u', 8],
    ['v128.load32x2_s', 8],
    ['v128.load8_splat', 1],
    ['v128.load32_zero', 4],
    ['v128.load64_zero', 8],
  ],
}

export const STORES: Readonly<Record<NumberType, readonly (readonly [string, number])[]>> = {
  i32: [
    ['i32.store', 4],
    ['i32.store8', 1],
    ['i32.store16', 2],
  ],
  i64: [
    ['i64.store', 8],
    ['i64.store8', 1],
    ['i64.store16', 2],
    ['i64.store32', 4],
  ],
  f32: [['f32.store', 4]],
  f64: [['f64.store', 8]],
  v128: [['v128.store', 16]],
}

export const LANE_STORES: readonly (readonly [string, number, number])[] = [
  ['v128.store8_lane', 1, 16],
  ['v128.store16_lane', 2, 8],
  ['v128.store32_lane', 4, 4],
  ['v128.store64_lane', 8, 2],
]

/** Atomic instructions work on unshared memories too, where the module asks for the feature; addresses must be aligned. */
export const ATOMICS: readonly (readonly [string, number])[] = [
  ['i32.atomic.rmw.add', 4],
  ['i32.atomic.rmw8.xchg_u', 1],
  ['i32.atomic.rmw16.xor_u', 2],
]
