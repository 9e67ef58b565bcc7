// Files as `go test` keeps them, so that a corpus of Go's fuzzer works here and ours works there:
//
//   go test fuzz v1            the first line, whatever follows
//   []byte("GET \x00")         one argument a line, as a conversion that Go could compile
//   int32(-7)                  read:  any literal of Go, spaces, a comment behind the value, empty lines, CR LF
//   float64(+Inf)              write: one form, the one that Go writes
//
// Source: the format of Go 1.18 and later, testing and internal/fuzz; compared with Go 1.19.

import { ARGUMENT_TYPES, type ArgumentType } from './argument-types.ts'
import { formatFloatBits, isNanBits, quietNanOf } from './go-float.ts'
import { isRune, quoteBytes, quoteRune } from './go-quote.ts'
import { readValue } from './go-value.ts'
import type { Argument } from './record.ts'

const HEADER = 'go test fuzz v1'
const LINE_FEED = 0x0a

/** Lines of one file that are quoted in a message, and how much of each. */
const LINES_QUOTED_MAX = 5
const LINE_CHARACTERS_MAX = 60

/** The values of a file in order, or one text for each thing that is wrong with it. */
export type ReadGoFile = { readonly values: readonly Argument[] } | { readonly problems: readonly string[] }

/** True for a file that means to be one of Go's, of whatever version. */
export function isGoFile(file: Uint8Array): boolean {
  return new TextDecoder().decode(file.subarray(0, HEADER.length - 1)) === HEADER.slice(0, -1)
}

/** Reads any file of the format; types are Go's own, with i32 for rune and u8 for byte. */
export function readGoFile(file: Uint8Array): ReadGoFile {
  const [first, ...others] = linesOf(file)
  if (first === undefined || others.length === 0) return { problems: ['it has no line but the first, or none'] }
  const header = textOf(first)?.replace(/\r$/, '')
  if (header !== HEADER) return { problems: [`its first line is not "${HEADER}" but ${quoted(header)}`] }
  const values: Argument[] = []
  const problems: string[] = []
  let wrong = 0
  for (const [index, bytes] of others.entries()) {
    const text = textOf(bytes)
    const line = text === null ? null : trimmed(text)
    if (line === '') continue
    const value = line === null ? { problem: 'is no UTF-8, or has a zero byte or a byte order mark' } : readValue(line)
    if (!('problem' in value)) values.push(value)
    else if (wrong++ < LINES_QUOTED_MAX) problems.push(`line ${index + 2}, ${quoted(line)}, ${value.problem}`)
  }
  if (wrong > LINES_QUOTED_MAX) problems.push(`and ${wrong - LINES_QUOTED_MAX} lines more`)
  return wrong === 0 ? { values } : { problems }
}

/** The whole file, byte for byte what Go writes for the same values. */
export function writeGoFile(argumentsOfTarget: readonly Argument[]): Uint8Array {
  const lines = [HEADER, ...argumentsOfTarget.map(goText), '']
  return new TextEncoder().encode(lines.join('\n'))
}

/** One argument as its line: `string("a")`, `int8(-5)`, `byte('\x00')`. */
export function goText(argument: Argument): string {
  const name = ARGUMENT_TYPES[argument.type].goName
  if ('bytes' in argument) return `${name}(${quoteBytes(argument.bytes)})`
  const { type, value } = argument
  switch (type) {
    case 'bool':
      return `bool(${value !== 0n})`
    case 'u8':
      return `byte(${quoteRune(Number(value))})`
    case 'i32':
    case 'rune':
      return isRune(value) ? `rune(${quoteRune(Number(value))})` : `int32(${value})`
    case 'f32':
    case 'f64':
      // NaN says the one that Go means by it; others keep their bits.
      return isNanBits(type, value) && value !== quietNanOf(type)
        ? `math.Float${type.slice(1)}frombits(0x${value.toString(16)})`
        : `${name}(${formatFloatBits(type, value)})`
    default:
      return `${name}(${value})`
  }
}

/** The types as the file's values have them: what a mismatch is compared by. */
export function goTypeOf(type: ArgumentType): ArgumentType {
  return type === 'rune' ? 'i32' : type
}

function linesOf(file: Uint8Array): readonly Uint8Array[] {
  if (file.length === 0) return []
  const lines: Uint8Array[] = []
  let start = 0
  for (let end = file.indexOf(LINE_FEED); end >= 0; end = file.indexOf(LINE_FEED, start)) {
    lines.push(file.subarray(start, end))
    start = end + 1
  }
  return [...lines, file.subarray(start)]
}

const decoder: TextDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Null for what Go refuses in any source text. */
function textOf(line: Uint8Array): string | null {
  try {
    return decoder.decode(line)
  } catch {
    return null
  }
}

/** White space as Go has it around a line, which is not quite what JavaScript trims. */
const SPACE = /[\t\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

/** Null for a zero byte, or a byte order mark anywhere but in front. */
function trimmed(text: string): string | null {
  let start = 0
  let end = text.length
  while (start < end && SPACE.test(text[start]!)) start++
  while (end > start && SPACE.test(text[end - 1]!)) end--
  const line = text.slice(text[start] === '\ufeff' ? start + 1 : start, end)
  return line.includes('\0') || line.includes('\ufeff') ? null : line
}

function quoted(line: string | null | undefined): string {
  if (line === null || line === undefined) return 'in other bytes'
  return line.length > LINE_CHARACTERS_MAX ? `"${line.slice(0, LINE_CHARACTERS_MAX)}…"` : `"${line}"`
}
