import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { goText, isGoFile, readGoFile, writeGoFile } from '../../../src/core/typed/go-format.ts'
import { scalarOf, type Argument } from '../../../src/core/typed/record.ts'
import { anyArguments } from './arbitrary.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const file = (...lines: string[]): Uint8Array => encode(['go test fuzz v1', ...lines, ''].join('\n'))

function valuesIn(bytes: Uint8Array): readonly Argument[] {
  const read = readGoFile(bytes)
  if ('problems' in read) throw new Error(read.problems.join('; '))
  return read.values
}

function problemsIn(bytes: Uint8Array): readonly string[] {
  const read = readGoFile(bytes)
  return 'problems' in read ? read.problems : []
}

/** The types as a file has them. */
const asGo = (argument: Argument): Argument => (argument.type === 'rune' ? { ...argument, type: 'i32' } : argument)

describe('a Go file', () => {
  test('comes back as the arguments that it was written from', () => {
    fc.assert(
      fc.property(anyArguments, (given) => {
        expect(valuesIn(writeGoFile(given))).toEqual(given.map(asGo))
      }),
      { numRuns: 500 },
    )
  })

  test('has a first line and then one argument a line', () => {
    const written = writeGoFile([
      { type: 'bytes', bytes: encode('GET \0') },
      scalarOf('i32', -7n),
      scalarOf('f64', 0x7ff0_0000_0000_0000n),
      scalarOf('bool', 1n),
      scalarOf('uint', 5n),
    ])
    expect(decode(written)).toBe(
      'go test fuzz v1\n[]byte("GET \\x00")\nint32(-7)\nfloat64(+Inf)\nbool(true)\nuint(5)\n',
    )
  })

  test('writes every byte as a character, and reads each back', () => {
    for (let byte = 0; byte < 256; byte++) {
      const argument = scalarOf('u8', BigInt(byte))
      expect(valuesIn(file(goText(argument)))).toEqual([argument])
    }
    const texts = [0, 7, 0x27, 0x41, 0x7f, 0x80, 0xa0, 0xad, 0xff].map((byte) => goText(scalarOf('u8', BigInt(byte))))
    expect(texts.join(' ')).toBe(
      String.raw`byte('\x00') byte('\a') byte('\'') byte('A') byte('\x7f') byte('\u0080') byte('\u00a0') byte('\u00ad') byte('ÿ')`,
    )
  })

  test('has every int8, every byte of a string and every bool', () => {
    for (let value = -128n; value < 128n; value++) {
      expect(goText(scalarOf('i8', value))).toBe(`int8(${value})`)
      expect(valuesIn(file(`int8(${value})`))).toEqual([{ type: 'i8', value }])
    }
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    for (const type of ['bytes', 'string'] as const) {
      expect(valuesIn(writeGoFile([{ type, bytes: all }]))).toEqual([{ type, bytes: all }])
    }
    expect(valuesIn(file('bool(true)', 'bool(false)'))).toEqual([scalarOf('bool', 1n), scalarOf('bool', 0n)])
  })

  test('quotes strings as Go does: printable characters stay, bytes that are no UTF-8 are escaped', () => {
    const bytes = Uint8Array.from(
      [...'\x07\b\f\n\r\t\v\\\'"\x00\x1f\x7f'].map((character) => character.charCodeAt(0)).concat(0x80, 0xff),
    )
    const more = encode(' café ☃ \u2028 \ufeff \u00a0 \ufffd 😀 \u{10ffff}')
    const text = String.raw`string("\a\b\f\n\r\t\v\\'\"\x00\x1f\x7f\x80\xff café ☃ \u2028 \ufeff \u00a0 � 😀 \U0010ffff")`
    expect(goText({ type: 'string', bytes: Uint8Array.from([...bytes, ...more]) })).toBe(text)
    const surrogate = Uint8Array.from([0xed, 0xa0, 0x80, 0xc0, 0x80, 0xf4, 0x90, 0x80, 0x80, 0xe2, 0x98])
    const escapes = String.raw`[]byte("\xed\xa0\x80\xc0\x80\xf4\x90\x80\x80\xe2\x98")`
    expect(goText({ type: 'bytes', bytes: surrogate })).toBe(escapes)
  })

  test('writes a rune as a character where there is one, and as a number where not', () => {
    const codes = [0n, 7n, 0x41n, 0xd7ffn, 0xd800n, 0xdfffn, 0xe000n, 0xfffdn, 0x10ffffn, 0x110000n, -1n]
    const texts = codes.map((code) => goText(scalarOf('rune', code)))
    expect(texts).toEqual([
      String.raw`rune('\x00')`,
      String.raw`rune('\a')`,
      `rune('A')`,
      String.raw`rune('\ud7ff')`,
      'int32(55296)',
      'int32(57343)',
      String.raw`rune('\ue000')`,
      `rune('�')`,
      String.raw`rune('\U0010ffff')`,
      'int32(1114112)',
      'int32(-1)',
    ])
    expect(texts.map((text) => valuesIn(file(text))[0])).toEqual(codes.map((code) => scalarOf('i32', code)))
    expect(goText(scalarOf('i32', 7n))).toBe(String.raw`rune('\a')`)
  })
})

describe('reading a line', () => {
  const int32 = (value: number | string): Argument => scalarOf('i32', BigInt(value))
  const string = (text: string): Argument => ({ type: 'string', bytes: encode(text) })

  test.each<[string, Argument]>([
    ['int32(-5)', int32(-5)],
    ['int32( - 5 , ) // what it was', int32(-5)],
    ['  \u00a0int32(5)\t\u2003', int32(5)],
    ['\ufeffint32(5)', int32(5)],
    ['/* before */ int32(/* within */ 5) /* behind */', int32(5)],
    ['int32(0x_1F)', int32(31)],
    ['int32(0o17)', int32(15)],
    ['int32(017)', int32(15)],
    ['int32(0_17)', int32(15)],
    ['int32(0b1_01)', int32(5)],
    ['int32(1_000_000)', int32(1_000_000)],
    ['int32(0)', int32(0)],
    ['int32(00)', int32(0)],
    ['rune(66)', int32(66)],
    ['rune(-1)', int32(-1)],
    [`rune('☃')`, int32(0x2603)],
    [String.raw`rune('\u2603')`, int32(0x2603)],
    [String.raw`rune('\U0001F600')`, int32(0x1f600)],
    [String.raw`rune('\377')`, int32(255)],
    [String.raw`rune('\x41')`, int32(0x41)],
    [String.raw`rune('\'')`, int32(0x27)],
    [String.raw`rune('\\')`, int32(0x5c)],
    [`rune('"')`, int32(0x22)],
    [`byte('ÿ')`, scalarOf('u8', 255n)],
    ['byte(0_7)', scalarOf('u8', 7n)],
    ['uint8(255)', scalarOf('u8', 255n)],
    ['int64(-9223372036854775808)', scalarOf('i64', 1n << 63n)],
    ['uint64(18446744073709551615)', scalarOf('u64', -1n)],
    ['int(9223372036854775807)', scalarOf('int', (1n << 63n) - 1n)],
    ['uint(0xffffffffffffffff)', scalarOf('uint', -1n)],
    [`uint(0x${'0'.repeat(200)}1)`, scalarOf('uint', 1n)],
    ['string("")', string('')],
    ['string(`a\\n"☃`)', string('a\\n"☃')],
    ['string(`a\rb`)', string('ab')],
    ['string("a\rb")', string('a\rb')],
    ['string("// no comment") // a comment', string('// no comment')],
    [String.raw`string("\a\b\f\n\r\t\v\\\"'☃\u2603\U0001F600\101\x41")`, string('\x07\b\f\n\r\t\v\\"\'☃☃😀AA')],
    [String.raw`[]byte("\377\xfe")`, { type: 'bytes', bytes: Uint8Array.from([255, 254]) }],
    ['[ ] byte ( `x` )', { type: 'bytes', bytes: encode('x') }],
    ['string("a"...)', string('a')],
  ])('%s', (line, value) => {
    expect(valuesIn(file(line))).toEqual([value])
  })

  test.each([
    '// a comment alone',
    '/* a comment alone */',
    'int32(5);',
    'int32(5) int32(6)',
    'int32(5, 6)',
    'int32(5,,)',
    'int32()',
    'int32',
    'int32 5',
    '(int32)(5)',
    'int32((5))',
    'int32(+5)',
    'int32(--5)',
    'int32(5.0)',
    'int32(1e3)',
    `int32('a')`,
    'int 32(5)',
    'int32(08)',
    'int32(1__0)',
    'int32(1_)',
    'int32(0x)',
    'int32(0b12)',
    'int32(5abc)',
    'int32(2147483648)',
    'int8(128)',
    'int8(-129)',
    'uint8(256)',
    'uint8(-0)',
    `uint8('a')`,
    'int64(9223372036854775808)',
    'uint64(18446744073709551616)',
    `uint64(1${'0'.repeat(100_000)})`,
    `byte('☃')`,
    `byte('')`,
    `rune('ab')`,
    `rune(')`,
    `rune(''')`,
    `rune(-'a')`,
    String.raw`rune('\"')`,
    String.raw`rune('\400')`,
    String.raw`rune('\ud800')`,
    String.raw`rune('\U00110000')`,
    'string("a)',
    'string(a)',
    `string('a')`,
    'string("a"+"b")',
    'string(-"a")',
    String.raw`string("\q")`,
    String.raw`string("\'")`,
    String.raw`string("\400")`,
    String.raw`string("\x4")`,
    String.raw`string("\ud800")`,
    'string("a\ufeff")',
    'string("a\0")',
    'bool(1)',
    'bool(True)',
    'bool(!true)',
    '[]uint8("a")',
    '[4]byte("a")',
    '[...]byte("a")',
    'uintptr(1)',
    'complex128(1)',
    'float(1)',
    'int32(5) /* not closed',
    '()',
  ])('%s is refused', (line) => {
    const problems = problemsIn(file(line))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('line 2')
  })

  test('says which line, what it is and what is wrong with it, of all wrong lines at once', () => {
    expect(problemsIn(file('int8(300)', 'bool(true)', '', `byte('☃')`, 'nonsense'))).toEqual([
      'line 2, "int8(300)", is out of the range of int8',
      `line 5, "byte('☃')", has a character that does not fit into a byte`,
      expect.stringMatching(/^line 6, "nonsense", is no value/),
    ])
    const many = problemsIn(file(...Array<string>(50).fill('no')))
    expect(many).toHaveLength(6)
    expect(many.at(-1)).toBe('and 45 lines more')
  })

  test('bytes that are no UTF-8 are refused wherever they stand', () => {
    for (const line of ['string("\xff")', 'int32(5) // \xff']) {
      const bytes = Uint8Array.from(`go test fuzz v1\n${line}\n`, (character) => character.charCodeAt(0))
      expect(problemsIn(bytes)).toHaveLength(1)
    }
  })
})

describe('the lines of a file', () => {
  test('may end in CR LF, be empty, or lack the last line feed', () => {
    const values = [scalarOf('int', 1n), scalarOf('int', 2n)]
    expect(valuesIn(encode('go test fuzz v1\r\nint(1)\r\nint(2)\r\n'))).toEqual(values)
    expect(valuesIn(encode('go test fuzz v1\n\n  \nint(1)\n\n\nint(2)'))).toEqual(values)
  })

  test('may be the first alone: then there are no values', () => {
    expect(valuesIn(encode('go test fuzz v1\n'))).toEqual([])
  })

  test.each(['', 'go test fuzz v1', 'go test fuzz v2\nint(1)\n', 'go test fuzz v1 \nint(1)\n', 'int(1)\n'])(
    'must begin with the one that names the format: %j does not',
    (text) => {
      expect(problemsIn(encode(text))).toHaveLength(1)
    },
  )

  test('tell a file that means to be one of Go from others', () => {
    expect(isGoFile(encode('go test fuzz v1\n'))).toBe(true)
    expect(isGoFile(encode('go test fuzz v2\n'))).toBe(true)
    expect(isGoFile(encode('GET / HTTP/1.1'))).toBe(false)
    expect(isGoFile(new Uint8Array(0))).toBe(false)
  })
})
