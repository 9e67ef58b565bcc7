// As much of Go's corpus files as benchmarks need: the header, then one value a line; only []byte values are read.

const HEADER = 'go test fuzz v1'

/** `values` as Go writes them: `[]byte("…")`, `int64(5)`. */
export function goCorpusFile(values: readonly string[]): string {
  return [HEADER, ...values, ''].join('\n')
}

/** A []byte value: printable ASCII as it is, everything else as \xNN, which Go reads in any quoted string. */
export function goBytes(input: Uint8Array): string {
  const text = Array.from(input, (byte) => {
    const character = String.fromCharCode(byte)
    return byte < 0x20 || byte > 0x7e || character === '"' || character === '\\'
      ? `\\x${byte.toString(16).padStart(2, '0')}`
      : character
  }).join('')
  return `[]byte("${text}")`
}

/** The []byte values of a file that was read as latin1; Go writes printable characters beyond ASCII as UTF-8. */
export function readGoCorpusFile(file: string): Uint8Array[] {
  const values = file.split('\n').flatMap((line) => /^\[\]byte\("(.*)"\)$/.exec(line)?.[1] ?? [])
  return values.map(unquoted)
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 }

function unquoted(text: string): Uint8Array {
  const pattern = /\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\(.)|([^])/gi
  const parts = [...text.matchAll(pattern)].map(([whole, hex, short, long, escaped, plain]) => {
    if (hex !== undefined) return Buffer.from([Number.parseInt(hex, 16)])
    const point = short ?? long
    if (point !== undefined) return Buffer.from(String.fromCodePoint(Number.parseInt(point, 16)))
    if (plain !== undefined) return Buffer.from(plain, 'latin1')
    const byte = ESCAPES[escaped ?? '']
    if (byte === undefined) throw new Error(`Go wrote an escape that is unknown here: ${whole}`)
    return Buffer.from([byte])
  })
  return Buffer.concat(parts)
}
