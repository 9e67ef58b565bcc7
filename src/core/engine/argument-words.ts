// What the engine must know of an argument, as a word of its control block: see CONTROL_ARGUMENT_WORDS of assembly/abi.ts.
import {
  ARGUMENT_BOOL,
  ARGUMENT_BYTES,
  ARGUMENT_FLOAT,
  ARGUMENT_RUNE,
  ARGUMENT_SIGNED,
  ARGUMENT_STRING,
  ARGUMENT_UNSIGNED,
} from '../../../assembly/abi.ts'
import { RECORD_BYTES, parametersOf } from '../../../instrument/bridge/arguments.ts'
import type { ArgumentType } from '../typed/argument-types.ts'

const KINDS: Readonly<Record<ArgumentType, number>> = {
  bytes: ARGUMENT_BYTES,
  string: ARGUMENT_STRING,
  bool: ARGUMENT_BOOL,
  u8: ARGUMENT_UNSIGNED,
  i8: ARGUMENT_SIGNED,
  u16: ARGUMENT_UNSIGNED,
  i16: ARGUMENT_SIGNED,
  u32: ARGUMENT_UNSIGNED,
  i32: ARGUMENT_SIGNED,
  rune: ARGUMENT_RUNE,
  u64: ARGUMENT_UNSIGNED,
  i64: ARGUMENT_SIGNED,
  int: ARGUMENT_SIGNED,
  uint: ARGUMENT_UNSIGNED,
  f32: ARGUMENT_FLOAT,
  f64: ARGUMENT_FLOAT,
}

/** One word for each argument; `params` are the entry's, which say how wide an `int` is. */
export function argumentWords(types: readonly ArgumentType[], params: readonly string[]): readonly number[] {
  const filled = parametersOf(types, params) ?? []
  return filled.map(([param], index) => {
    const type = types[index]!
    const recordBytes = RECORD_BYTES[type] ?? 0
    const valueBytes = param === 'i32' ? Math.min(recordBytes, 4) : recordBytes
    return KINDS[type] | (recordBytes << 8) | (valueBytes << 16)
  })
}
