// The types that an argument of a fuzz target may have: what each takes of the export's parameters, of a record and of
// a file. Record and file are drawn at the heads of record.ts and go-format.ts.

import { PARAMETERS, RECORD_BYTES, type Parameter } from '../../../instrument/bridge/arguments.ts'
import type { ArgumentType } from '../../../instrument/types.ts'
import { didYouMean, FuzzboxError } from '../errors.ts'

export type { ArgumentType } from '../../../instrument/types.ts'

export interface ArgumentTypeFacts extends ArgumentTypeNames {
  /** Parameters of the export that it takes; 'word' is an i64 or an i32, whichever the export has. */
  readonly wasm: readonly Parameter[]
  /** Bytes in a record; null for a length of 32 bits and as many bytes. */
  readonly widthBytes: 1 | 2 | 4 | 8 | null
}

interface ArgumentTypeNames {
  /** As a `go test fuzz v1` file writes it. */
  readonly goName: string
  /** Other ways to write it that are understood. */
  readonly spellings: readonly string[]
}

const NAMES: Readonly<Record<ArgumentType, ArgumentTypeNames>> = {
  bytes: { goName: '[]byte', spellings: ['[]uint8', 'Uint8Array'] },
  string: { goName: 'string', spellings: ['str'] },
  bool: { goName: 'bool', spellings: ['boolean'] },
  u8: { goName: 'byte', spellings: ['uint8'] },
  i8: { goName: 'int8', spellings: [] },
  u16: { goName: 'uint16', spellings: [] },
  i16: { goName: 'int16', spellings: [] },
  u32: { goName: 'uint32', spellings: [] },
  i32: { goName: 'int32', spellings: [] },
  rune: { goName: 'rune', spellings: ['char'] },
  u64: { goName: 'uint64', spellings: [] },
  i64: { goName: 'int64', spellings: [] },
  int: { goName: 'int', spellings: ['isize'] },
  uint: { goName: 'uint', spellings: ['usize'] },
  f32: { goName: 'float32', spellings: ['float'] },
  f64: { goName: 'float64', spellings: ['double'] },
}

export const ARGUMENT_TYPES: Readonly<Record<ArgumentType, ArgumentTypeFacts>> = Object.fromEntries(
  (Object.keys(NAMES) as ArgumentType[]).map((type) => {
    return [type, { wasm: PARAMETERS[type], widthBytes: RECORD_BYTES[type], ...NAMES[type] }]
  }),
) as Record<ArgumentType, ArgumentTypeFacts>

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
