// Floating-point numbers between their bits and Go's text, exactly: JavaScript reads and prints doubles only, and a
// double that is rounded once more does not always give the nearest float32.

/** The layout of a format of IEEE 754. */
interface FloatFormat {
  readonly width: number
  /** Bits of the mantissa, the hidden one included. */
  readonly precision: number
  /** Exponent of the last bit of the smallest numbers. */
  readonly exponentMin: number
  /** Largest biased exponent, which infinities and NaNs have. */
  readonly exponentAll: number
  /** Enough significant decimal digits to tell any two numbers apart. */
  readonly digitsMax: number
  /** The NaN that Go's `math.NaN()` gives. */
  readonly quietNan: bigint
}

export type FloatType = 'f32' | 'f64'

const FORMATS: Readonly<Record<FloatType, FloatFormat>> = {
  f32: { width: 32, precision: 24, exponentMin: -149, exponentAll: 255, digitsMax: 9, quietNan: 0x7fc0_0000n },
  f64: {
    width: 64,
    precision: 53,
    exponentMin: -1074,
    exponentAll: 2047,
    digitsMax: 17,
    quietNan: 0x7ff8_0000_0000_0001n,
  },
}

/** Beyond these no digits matter: the number is 0 or too large. Literals come from files, and 10 ** 999999999 is no number to compute. */
const EXPONENT_10_MAX = 400
const EXPONENT_2_MAX = 1_200
/** A literal with more digits is cut: a 1 in place of the rest rounds as the rest does. */
const DIGITS_READ_MAX = 1_000

export function quietNanOf(type: FloatType): bigint {
  return FORMATS[type].quietNan
}

export function infinityOf(type: FloatType, negative: boolean): bigint {
  return withSign(type, BigInt(FORMATS[type].exponentAll) << BigInt(FORMATS[type].precision - 1), negative)
}

export function isNanBits(type: FloatType, bits: bigint): boolean {
  return magnitudeOf(type, bits) > infinityOf(type, false)
}

export function isNegativeBits(type: FloatType, bits: bigint): boolean {
  return bits >> BigInt(FORMATS[type].width - 1) === 1n
}

export function magnitudeOf(type: FloatType, bits: bigint): bigint {
  return BigInt.asUintN(FORMATS[type].width - 1, bits)
}

function withSign(type: FloatType, magnitude: bigint, negative: boolean): bigint {
  return negative ? magnitude | (1n << BigInt(FORMATS[type].width - 1)) : magnitude
}

const view: DataView = new DataView(new ArrayBuffer(8))

/** The number as JavaScript's; NaN for every NaN. */
export function numberOfBits(type: FloatType, bits: bigint): number {
  view.setBigUint64(0, bits)
  return type === 'f64' ? view.getFloat64(0) : view.getFloat32(4)
}

/** The bits of the nearest number of the type. */
export function bitsOfNumber(type: FloatType, value: number): bigint {
  if (Number.isNaN(value)) return quietNanOf(type)
  if (type === 'f64') view.setFloat64(0, value)
  else view.setFloat32(0, value)
  return type === 'f64' ? view.getBigUint64(0) : BigInt(view.getUint32(0))
}

// ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const DECIMAL = /^(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/
const HEX = /^0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)$/

/**
 * The bits of the number of `type` nearest to a literal without sign, ties to even; null for one that is too large or
 * no number. As Go has it, an integer is decimal here, whatever zeros it begins with, and hex needs an exponent.
 */
export function parseFloatBits(type: FloatType, literal: string, negative: boolean): bigint | null {
  const text = literal.replaceAll('_', '')
  const magnitude = decimalBits(type, text) ?? hexBits(type, text)
  return magnitude === undefined || magnitude === null ? null : withSign(type, magnitude, negative)
}

/** Undefined for what is no decimal literal. */
function decimalBits(type: FloatType, text: string): bigint | null | undefined {
  const match = DECIMAL.exec(text)
  if (!match) return undefined
  const [, whole = '', fraction = '', exponentText = '0'] = match
  if (whole + fraction === '') return undefined
  const { digits, exponent } = significant(whole, fraction, Number(exponentText))
  if (digits === '' || digits.length + exponent < -EXPONENT_10_MAX) return 0n
  if (digits.length + exponent > EXPONENT_10_MAX) return null
  const power = 10n ** BigInt(Math.abs(exponent))
  return exponent >= 0 ? ratioBits(type, BigInt(digits) * power, 1n) : ratioBits(type, BigInt(digits), power)
}

/** The number is digits × base ^ exponent; digits have no zeros around them, and not too many places. */
function significant(whole: string, fraction: string, exponent: number): { digits: string; exponent: number } {
  const all = (whole + fraction).replace(/^0+/, '')
  const digits = withoutZerosBehind(all)
  const shifted = exponent - fraction.length + (all.length - digits.length)
  if (digits.length <= DIGITS_READ_MAX) return { digits, exponent: shifted }
  const cut = digits.length - DIGITS_READ_MAX - 1
  return { digits: `${digits.slice(0, DIGITS_READ_MAX)}1`, exponent: shifted + cut }
}

/** A pattern would try each run of zeros anew at every zero of it. */
function withoutZerosBehind(digits: string): string {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end--
  return digits.slice(0, end)
}

function hexBits(type: FloatType, text: string): bigint | null {
  const match = HEX.exec(text)
  if (!match) return null
  const [, whole = '', fraction = '', exponentText = '0'] = match
  if (whole + fraction === '') return null
  const { digits, exponent } = significant(whole, fraction, 0)
  const power = Number(exponentText) + 4 * exponent
  if (digits === '' || 4 * digits.length + power < -EXPONENT_2_MAX) return 0n
  if (4 * digits.length + power > EXPONENT_2_MAX) return null
  const mantissa = BigInt(`0x${digits}`)
  return power >= 0 ? ratioBits(type, mantissa << BigInt(power), 1n) : ratioBits(type, mantissa, 1n << BigInt(-power))
}

/** The bits nearest to a positive ratio, ties to even; null where that is infinity. */
function ratioBits(type: FloatType, numerator: bigint, denominator: bigint): bigint | null {
  const { precision, exponentMin, exponentAll } = FORMATS[type]
  let exponent = Math.max(exponentMin, bitLength(numerator) - bitLength(denominator) - precision)
  let mantissa = rounded(numerator, denominator, exponent)
  // The estimate of the exponent is one too low for half of all ratios.
  if (bitLength(mantissa) > precision) mantissa = rounded(numerator, denominator, ++exponent)
  const hidden = 1n << BigInt(precision - 1)
  // Where rounding carries into one more bit, that bit moves on into the exponent, and this is right too.
  const bits = mantissa < hidden ? mantissa : BigInt(exponent - exponentMin) * hidden + mantissa
  return bits >= BigInt(exponentAll) * hidden ? null : bits
}

/** numerator / denominator / 2 ^ exponent as a whole number, ties to even. */
function rounded(numerator: bigint, denominator: bigint, exponent: number): bigint {
  const above = exponent < 0 ? numerator << BigInt(-exponent) : numerator
  const below = exponent > 0 ? denominator << BigInt(exponent) : denominator
  const quotient = above / below
  const twice = 2n * (above % below)
  return twice > below || (twice === below && quotient % 2n === 1n) ? quotient + 1n : quotient
}

function bitLength(value: bigint): number {
  const hex = value.toString(16)
  return value === 0n ? 0 : 4 * hex.length - Math.clz32(Number.parseInt(hex[0]!, 16)) + 28
}

// ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Exponents of ten that are written out as zeros: from here to before there, as Go's %v has it. */
const PLAIN_MIN = -4
const PLAIN_END = 6

/** Go's shortest text that reads back as the same number: `1.5`, `-0`, `1e+06`, `+Inf`, `NaN` (of every NaN). */
export function formatFloatBits(type: FloatType, bits: bigint): string {
  if (isNanBits(type, bits)) return 'NaN'
  const negative = isNegativeBits(type, bits)
  const magnitude = magnitudeOf(type, bits)
  if (magnitude === infinityOf(type, false)) return negative ? '-Inf' : '+Inf'
  const sign = negative ? '-' : ''
  if (magnitude === 0n) return `${sign}0`
  const { digits, exponent } = shortest(type, magnitude)
  if (exponent < PLAIN_MIN || exponent >= PLAIN_END) return `${sign}${scientific(digits, exponent)}`
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const fraction = digits.slice(exponent + 1)
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

function scientific(digits: string, exponent: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
  return `${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

interface Decimal {
  /** Without zeros at the end. */
  readonly digits: string
  /** Of the first digit. */
  readonly exponent: number
}

/** As many as JavaScript gives; a float32 that lies halfway between two short decimals has far fewer. */
const EXACT_PLACES = 100

/** The fewest digits that read back as the same number, and of those the nearest to it. */
function shortest(type: FloatType, magnitude: bigint): Decimal {
  const value = numberOfBits(type, magnitude)
  if (type === 'f64') return decimalOf(value.toExponential())
  const { digits } = decimalOf(value.toExponential(EXACT_PLACES))
  for (let places = 1; places < FORMATS.f32.digitsMax; places++) {
    const nearest = value.toExponential(places - 1)
    const below = neighbour(nearest, -1n)
    // Halfway between two decimals JavaScript goes up, and Go to the even one.
    const goesDown = digits.slice(places) === '5' && digits.charCodeAt(places - 1) % 2 === 0
    // Just above a power of two the numbers below lie closer: there the next decimal may do where the nearest does not.
    const candidates = goesDown ? [below, nearest] : [nearest, neighbour(nearest, 1n), below]
    const text = candidates.find((candidate) => readsBack(candidate, magnitude))
    if (text !== undefined) return decimalOf(text)
  }
  return decimalOf(value.toExponential(FORMATS.f32.digitsMax - 1))
}

function readsBack(text: string, magnitude: bigint): boolean {
  return parseFloatBits('f32', text, false) === magnitude
}

/** The decimal with as many digits that comes next above or below. */
function neighbour(text: string, step: bigint): string {
  const [mantissa = '', exponent = ''] = text.split('e')
  const places = mantissa.split('.')[1]?.length ?? 0
  return `${BigInt(mantissa.replace('.', '')) + step}e${Number(exponent) - places}`
}

/** `12.50e+3`, with or without the point, as significant digits and exponent. */
function decimalOf(text: string): Decimal {
  const [mantissa = '', exponent = ''] = text.split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  return { digits: withoutZerosBehind(whole + fraction), exponent: Number(exponent) + whole.length - 1 }
}
