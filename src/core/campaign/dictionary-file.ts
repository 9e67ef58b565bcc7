// Dictionaries in the syntax that AFL and libFuzzer share: one token a line, in quotes, with \\ \" and \xAB inside;
// a name may stand in front, which is ignored, and behind it a level: who asks for a level leaves out what lies above it.
//
//   # comment
//   "GET "
//   magic="\x89PNG"
//   keyword@1="if"

import { campaignErrors } from './errors.ts'
import { DICTIONARY_TOKENS_MAX, DICTIONARY_TOKEN_BYTES_MAX } from '../limits.ts'

const LINE = /^\s*(?:[\w.+-]+(?:@(\d+))?\s*=\s*)?"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/

/** The tokens of a dictionary file up to `levelMax`, all by default; throws E_DICTIONARY with the first bad line. */
export function parseDictionary(text: string, fileName: string, levelMax: number = Infinity): Uint8Array[] {
  const tokens: Uint8Array[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#.*)?$/.test(line)) continue
    const [, level = '0', quoted] = LINE.exec(line) ?? []
    const token = unquote(quoted)
    if (token === null || token.length === 0) throw campaignErrors.dictionary(fileName, index + 1, line.trim())
    if (token.length > DICTIONARY_TOKEN_BYTES_MAX) {
      throw campaignErrors.dictionaryToken(fileName, index + 1, DICTIONARY_TOKEN_BYTES_MAX)
    }
    if (Number(level) <= levelMax) tokens.push(token)
  }
  if (tokens.length > DICTIONARY_TOKENS_MAX) {
    throw campaignErrors.dictionaryFull(fileName, tokens.length, DICTIONARY_TOKENS_MAX)
  }
  return tokens
}

/** A token as such a file has it: in quotes, all but printable ASCII as \\xAB. */
export function quoteToken(token: Uint8Array): string {
  const parts = Array.from(token, (byte) => {
    if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`
    return byte >= 0x20 && byte < 0x7f
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0').toUpperCase()}`
  })
  return `"${parts.join('')}"`
}

/** Text in UTF-8, `\xAB` as a byte; null where an escape is unknown. */
function unquote(quoted: string | undefined): Uint8Array | null {
  if (quoted === undefined) return null
  const bytes: number[] = []
  const encoder = new TextEncoder()
  for (const [part] of quoted.matchAll(/\\x[0-9a-f]{2}|\\.|[^\\]+/gis)) {
    if (!part.startsWith('\\')) bytes.push(...encoder.encode(part))
    else if (part.length === 4) bytes.push(Number.parseInt(part.slice(2), 16))
    else {
      const index = '\\"nrt'.indexOf(part[1] as string)
      if (index < 0) return null
      bytes.push('\\"\n\r\t'.charCodeAt(index))
    }
  }
  return Uint8Array.from(bytes)
}
