// Which parameters of an entry its arguments fill, and which bytes of a record they are.
import type { ArgumentType } from '../types.ts'

/** 'word' is an i64 or an i32, whichever the entry has: the size of an `int` is the program's own choice. */
export type Parameter = 'i32' | 'i64' | 'f32' | 'f64' | 'word'

export const PARAMETERS: Readonly<Record<ArgumentType, readonly Parameter[]>> = {
  bytes: ['i32', 'i32'],
  string: ['i32', 'i32'],
  bool: ['i32'],
  u8: ['i32'],
  i8: ['i32'],
  u16: ['i32'],
  i16: ['i32'],
  u32: ['i32'],
  i32: ['i32'],
  rune: ['i32'],
  u64: ['i64'],
  i64: ['i64'],
  int: ['word'],
  uint: ['word'],
  f32: ['f32'],
  f64: ['f64'],
}

/** Bytes in a record; null for a length of 32 bits and so many bytes. */
export const RECORD_BYTES: Readonly<Record<ArgumentType, 1 | 2 | 4 | 8 | null>> = {
  bytes: null,
  string: null,
  bool: 1,
  u8: 1,
  i8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  rune: 4,
  u64: 8,
  i64: 8,
  int: 8,
  uint: 8,
  f32: 4,
  f64: 8,
}

/** The parameters that each argument fills, by their types in the entry; null where they do not fit. */
export function parametersOf(
  types: readonly ArgumentType[],
  params: readonly string[],
): readonly (readonly string[])[] | null {
  let next = 0
  const filled = types.map((type) => PARAMETERS[type].map((wanted) => ({ wanted, found: params[next++] })))
  const fits = filled.flat().every(({ wanted, found }) => {
    return wanted === 'word' ? found === 'i32' || found === 'i64' : found === wanted
  })
  if (!fits || next !== params.length) return null
  return filled.map((argument) => argument.map(({ found }) => found!))
}
