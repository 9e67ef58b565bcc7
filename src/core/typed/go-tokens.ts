// The words of one line of a `go test fuzz v1` file. A line is an expression of Go, so it is split as Go splits it.

export type TokenKind = 'string' | 'rune' | 'float' | 'integer' | 'name' | 'sign'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
}

/** `digits` of a set, with single underscores between them. */
const digits = (set: string): string => `[${set}](?:_?[${set}])*`
const D = digits('0-9')
const H = digits('0-9a-fA-F')
const EXPONENT = `[eE][+-]?${D}`

/** In this order: what begins like an integer may be a float. */
const TOKENS: readonly (readonly [TokenKind, string])[] = [
  ['string', '"[^"\\\\]*(?:\\\\[^][^"\\\\]*)*"|`[^`]*`'],
  ['rune', "'(?:\\\\[^][^'\\\\]*|[^'\\\\]+)'"],
  ['float', `0[xX](?:_?${H}\\.?|_?${H}\\.${H}|\\.${H})[pP][+-]?${D}`],
  ['float', `${D}\\.(?:${D})?(?:${EXPONENT})?|\\.${D}(?:${EXPONENT})?|${D}${EXPONENT}`],
  ['integer', `0[xX]_?${H}|0[bB]_?${digits('01')}|0[oO]_?${digits('0-7')}|0(?:_?[0-7])*|[1-9](?:_?[0-9])*`],
  ['name', '[\\p{L}_][\\p{L}\\p{Nd}_]*'],
  ['sign', '\\.\\.\\.|<-|[()[\\].,+\\-!^&~]'],
]

const TOKEN = new RegExp(TOKENS.map(([, pattern]) => `(${pattern})`).join('|'), 'uy')
/** What lies between tokens; a comment that is not closed is no comment. */
const BETWEEN = /(?:[ \t\r\n]|\/\/[^]*|\/\*[^]*?\*\/)*/y
/**
 * Digits that go on behind a number were no part of it: 08, 1__0, 0b12, 1.5.2. An ellipsis, which Go's parser lets
 * through, can follow a float only: of 5... the first point belongs to the number.
 */
const GOES_ON = { integer: /[\w.]/y, float: /\w|\.(?!\.\.)/y } as const

/** Null where the line has something in it that is no token of an argument. */
export function tokensOf(line: string): readonly Token[] | null {
  const tokens: Token[] = []
  for (let at = skipBetween(line, 0); at < line.length; at = skipBetween(line, at)) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(line)
    if (!match) return null
    const text = match[0]
    const kind = TOKENS[match.slice(1).findIndex((group) => group !== undefined)]![0]
    at += text.length
    if ((kind === 'float' || kind === 'integer') && goesOn(kind, line, at)) return null
    tokens.push({ kind, text })
  }
  return tokens
}

function goesOn(kind: 'float' | 'integer', line: string, at: number): boolean {
  const pattern = GOES_ON[kind]
  pattern.lastIndex = at
  return pattern.test(line)
}

function skipBetween(line: string, at: number): number {
  BETWEEN.lastIndex = at
  BETWEEN.exec(line)
  return BETWEEN.lastIndex
}
