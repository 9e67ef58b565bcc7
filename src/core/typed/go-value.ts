// One line of a `go test fuzz v1` file: a type and a value, written as a conversion of Go.
//
//   value = type "(" [ unary ] literal [ "..." ] [ "," ] ")"
//   type  = "[" "]" "byte" | name | "math" "." ( "Float32frombits" | "Float64frombits" )

import type { ArgumentType } from './argument-types.ts'
import { infinityOf, parseFloatBits, quietNanOf, type FloatType } from './go-float.ts'
import { integerValue, runeCode, stringBytes } from './go-literals.ts'
import { tokensOf, type Token } from './go-tokens.ts'
import { rangeOf, type Argument, type ScalarType } from './record.ts'

/** The value, or why the line has none. */
export type ReadValue = Argument | { readonly problem: string }

/** By their tokens. Go's int32 and rune are one type, and so are its uint8 and byte. */
const TYPES: ReadonlyMap<string, ArgumentType> = new Map<string, ArgumentType>([
  ['[ ] byte', 'bytes'],
  ['string', 'string'],
  ['bool', 'bool'],
  ['byte', 'u8'],
  ['uint8', 'u8'],
  ['int8', 'i8'],
  ['uint16', 'u16'],
  ['int16', 'i16'],
  ['uint32', 'u32'],
  ['rune', 'i32'],
  ['int32', 'i32'],
  ['uint64', 'u64'],
  ['int64', 'i64'],
  ['uint', 'uint'],
  ['int', 'int'],
  ['float32', 'f32'],
  ['float64', 'f64'],
  ['math . Float32frombits', 'f32'],
  ['math . Float64frombits', 'f64'],
])

const UNARY = new Set(['-', '+', '!', '^', '&', '~', '<-'])
const NO_VALUE = 'is no value: write one such as int(5), string("a") or []byte("\\x00")'

/** What stands between the parentheses. */
interface Operand {
  readonly unary: string | null
  readonly token: Token
}

export function readValue(line: string): ReadValue {
  const tokens = tokensOf(line)
  if (tokens === null) return problem(NO_VALUE)
  const open = tokens.findIndex(({ text }) => text === '(')
  const typeTokens = tokens.slice(0, Math.max(0, open)).map(({ text }) => text)
  const operand = operandOf(tokens.slice(open + 1))
  if (open < 1 || operand === null) return problem(NO_VALUE)
  const type = TYPES.get(typeTokens.join(' '))
  const typeName = typeTokens.join('')
  if (type === undefined) return problem(`names no type that an argument can have: ${typeName}`)
  return valueOf(typeName, type, operand)
}

function operandOf(tokens: readonly Token[]): Operand | null {
  const texts = tokens.map(({ text }) => text)
  if (texts.pop() !== ')') return null
  if (texts.at(-1) === ',') texts.pop()
  if (texts.at(-1) === '...') texts.pop()
  const [first, second] = tokens
  const unary = texts.length === 2 && UNARY.has(first!.text) ? first!.text : null
  const token = unary === null ? first : second
  if (texts.length !== (unary === null ? 1 : 2) || token === undefined || token.kind === 'sign') return null
  return { unary, token }
}

function valueOf(typeName: string, type: ArgumentType, operand: Operand): ReadValue {
  if (typeName.startsWith('math.')) return bitsValue(type as FloatType, operand)
  if (type === 'f32' || type === 'f64') return floatValue(type, operand)
  if (type === 'bytes' || type === 'string') return textValue(type, operand)
  if (type === 'bool') return boolValue(operand)
  const takesRune = typeName === 'byte' || typeName === 'rune'
  if (takesRune && operand.token.kind === 'rune') return runeValue(type, operand)
  return integerArgument(typeName, type, operand)
}

function textValue(type: 'bytes' | 'string', { unary, token }: Operand): ReadValue {
  if (unary !== null || token.kind !== 'string') return problem('needs a string in quotes')
  const bytes = stringBytes(token.text)
  return bytes === null ? problem('has a string with an escape that Go does not know') : { type, bytes }
}

function boolValue({ unary, token }: Operand): ReadValue {
  if (unary !== null || (token.text !== 'true' && token.text !== 'false')) return problem('needs true or false')
  return { type: 'bool', value: token.text === 'true' ? 1n : 0n }
}

function runeValue(type: ScalarType, { unary, token }: Operand): ReadValue {
  const code = unary === null ? runeCode(token.text) : null
  if (code === null) return problem('needs one character in single quotes, or a number')
  if (BigInt(code) > rangeOf(type).most) return problem('has a character that does not fit into a byte')
  return { type, value: BigInt(code) }
}

function integerArgument(typeName: string, type: ScalarType, { unary, token }: Operand): ReadValue {
  if (token.kind !== 'integer' || (unary !== null && unary !== '-')) return problem('needs a whole number')
  const magnitude = integerValue(token.text)
  const value = magnitude === null || unary === null ? magnitude : -magnitude
  const { least, most } = rangeOf(type)
  // Go reads what has no sign with a function that refuses even a minus before 0.
  const refused = unary !== null && least === 0n
  if (value === null || refused || value < least || value > most) return problem(`is out of the range of ${typeName}`)
  return { type, value }
}

function bitsValue(type: FloatType, operand: Operand): ReadValue {
  const bits = integerArgument(`its ${type === 'f32' ? 32 : 64} bits`, type === 'f32' ? 'u32' : 'u64', operand)
  return 'value' in bits ? { type, value: bits.value } : bits
}

function floatValue(type: FloatType, { unary, token }: Operand): ReadValue {
  const { kind, text } = token
  if (text === 'NaN' && unary === null) return { type, value: quietNanOf(type) }
  if (text === 'Inf') {
    // Go takes every operator but a minus for a plus here, and so do we: its files must read the same.
    return unary === null ? problem('needs a sign before Inf') : { type, value: infinityOf(type, unary === '-') }
  }
  const isNumber = (kind === 'float' || kind === 'integer') && (unary === null || unary === '-')
  if (!isNumber) return problem('needs a number, NaN, +Inf or -Inf')
  if (kind === 'integer' && /^0[box]/i.test(text))
    return problem('needs a decimal number, or a hex one with an exponent')
  const bits = parseFloatBits(type, text, unary === '-')
  return bits === null ? problem(`is out of the range of float${type.slice(1)}`) : { type, value: bits }
}

function problem(text: string): { problem: string } {
  return { problem: text }
}
