// The types that an argument of a fuzz target may have: what each takes of the export's parameters, of a record and of
// a file. Record and file are drawn at the heads of record.ts and go-format.ts.

import { didYouMean, FuzzboxError } from '../errors.ts'

export type ArgumentType =
  | 'bytes'
  | 'string'
  | 'bool'
  | 'u8'
  | 'i8'
  | 'u16'
  | 'i16'
  | 'u32'
  | 'i32'
  | 'rune'
  | 'u64'
  | 'i64'
  | 'int'
  | 'uint'
  | 'f32'
  | 'f64'

export type WasmParameter = 'i32' | 'i64' | 'f32' | 'f64'

export interface ArgumentTypeFacts {
  /** Parameters of the export that it takes; 'word' is an i64 or an i32, whichever the export has. */
  readonly wasm: readonly (WasmParameter | 'word')[]
  /** Bytes in a record; null for a length of 32 bits and as many bytes. */
  readonly widthBytes: 1 | 2 | 4 | 8 | null
  /** As a `go test fuzz v1` file writes it. */
  readonly goName: string
  /** Other ways to write it that are understood. */
  readonly spellings: readonly string[]
}

export const ARGUMENT_TYPES: Readonly<Record<ArgumentType, ArgumentTypeFacts>> = {
  bytes: { wasm: ['i32', 'i32'], widthBytes: null, goName: '[]byte', spellings: ['[]uint8', 'Uint8Array'] },
  string: { wasm: ['i32', 'i32'], widthBytes: null, goName: 'string', spellings: ['str'] },
  bool: { wasm: ['i32'], widthBytes: 1, goName: 'bool', spellings: ['boolean'] },
  u8: { wasm: ['i32'], widthBytes: 1, goName: 'byte', spellings: ['uint8'] },
  i8: { wasm: ['i32'], widthBytes: 1, goName: 'int8', spellings: [] },
  u16: { wasm: ['i32'], widthBytes: 2, goName: 'uint16', spellings: [] },
  i16: { wasm: ['i32'], widthBytes: 2, goName: 'int16', spellings: [] },
  u32: { wasm: ['i32'], widthBytes: 4, goName: 'uint32', spellings: [] },
  i32: { wasm: ['i32'], widthBytes: 4, goName: 'int32', spellings: [] },
  rune: { wasm: ['i32'], widthBytes: 4, goName: 'rune', spellings: ['char'] },
  u64: { wasm: ['i64'], widthBytes: 8, goName: 'uint64', spellings: [] },
  i64: { wasm: ['i64'], widthBytes: 8, goName: 'int64', spellings: [] },
  int: { wasm: ['word'], widthBytes: 8, goName: 'int', spellings: ['isize'] },
  uint: { wasm: ['word'], widthBytes: 8, goName: 'uint', spellings: ['usize'] },
  f32: { wasm: ['f32'], widthBytes: 4, goName: 'float32', spellings: ['float'] },
  f64: { wasm: ['f64'], widthBytes: 8, goName: 'float64', spellings: ['double'] },
}

const BY_SPELLING: ReadonlyMap<string, ArgumentType> = new Map(
  (Object.keys(ARGUMENT_TYPES) as ArgumentType[]).flatMap((type) => {
    const { goName, spellings } = ARGUMENT_TYPES[type]
    return [type, goName, ...spellings].map((spelling): [string, ArgumentType] => [spelling, type])
  }),
)

/** `'bytes,i32,bool'` becomes types; Go's names and common aliases are understood; throws E_TYPES for other words. */
export function parseArgumentTypes(text: string): readonly ArgumentType[] {
  return text.split(',').map((part) => {
    const word = part.trim()
    const type = BY_SPELLING.get(word)
    if (type === undefined) throw unknownType(word)
    return type
  })
}

function unknownType(word: string): FuzzboxError {
  const known = Object.keys(ARGUMENT_TYPES).join(', ')
  const hint = word === '' ? '' : didYouMean(word, BY_SPELLING.keys())
  return new FuzzboxError(
    'E_TYPES',
    `"${word}" is no type of an argument${hint || `; the types are ${known}`}: list them in order, with commas, as in bytes,i32,bool`,
  )
}
