// The type section: function types, and the places of all others.
import type { Signature, ValueType } from '../types.ts'
import type { ByteReader } from './bytes.ts'

const VALUE_TYPES: Readonly<Record<number, ValueType>> = {
  0x7f: 'i32',
  0x7e: 'i64',
  0x7d: 'f32',
  0x7c: 'f64',
  0x7b: 'v128',
}

export function readValueType(reader: ByteReader): ValueType {
  return VALUE_TYPES[reader.valueType()[0]!] ?? 'ref'
}

/** One entry for each type index. Types that are no functions hold a null, so that indices stay right. */
export function readTypes(reader: ByteReader): (Signature | null)[] {
  const types: (Signature | null)[] = []
  for (let remaining = reader.unsigned(); remaining > 0; remaining--) {
    const group = reader.bytes[reader.position] === 0x4e
    if (group) reader.byte()
    const members = group ? reader.unsigned() : 1
    for (let member = 0; member < members; member++) types.push(readType(reader))
  }
  return types
}

function readType(reader: ByteReader): Signature | null {
  let form = reader.byte()
  if (form === 0x4f || form === 0x50) {
    for (let supertypes = reader.unsigned(); supertypes > 0; supertypes--) reader.skipLeb()
    form = reader.byte()
  }
  if (form === 0x60) return { params: readValueTypes(reader), results: readValueTypes(reader) }
  const fields = form === 0x5f ? reader.unsigned() : 1
  for (let field = 0; field < fields; field++) {
    // i8 and i16 are one byte too; mutability follows.
    reader.valueType()
    reader.byte()
  }
  return null
}

function readValueTypes(reader: ByteReader): ValueType[] {
  return Array.from({ length: reader.unsigned() }, () => readValueType(reader))
}
