// The input of a typed target as the engine holds it: its arguments one after the other, without types or names.
//
//   scalar          widthBytes bytes, little-endian: integers in two's complement, floats as their bits, bool 0 or 1
//   bytes, string   length (4 bytes, little-endian) | so many bytes
//
// Every byte string is a record, because mutators and truncation make any: what is missing reads as 0, a length is
// clipped to what is left, bytes behind the last argument say nothing. So many records say the same, and one of them,
// the canonical one, is what encoding gives.

import { ARGUMENT_TYPES, type ArgumentType } from './argument-types.ts'

export type BytesType = 'bytes' | 'string'
export type ScalarType = Exclude<ArgumentType, BytesType>

/** An integer's value with its sign; the bits of a float; 0 or 1. Never more than the type can hold. */
export interface ScalarArgument {
  readonly type: ScalarType
  readonly value: bigint
}

export interface BytesArgument {
  readonly type: BytesType
  readonly bytes: Uint8Array
}

export type Argument = ScalarArgument | BytesArgument

const LENGTH_BYTES = 4
/** Go's rune is its int32. */
const SIGNED: ReadonlySet<ArgumentType> = new Set<ArgumentType>(['i8', 'i16', 'i32', 'rune', 'i64', 'int'])

export function isBytesType(type: ArgumentType): type is BytesType {
  return ARGUMENT_TYPES[type].widthBytes === null
}

/** `bits` as a value of `type`: as many as it has, with its sign; any non-zero bool is true. */
export function scalarOf(type: ScalarType, bits: bigint): ScalarArgument {
  if (type === 'bool') return { type, value: bits === 0n ? 0n : 1n }
  const width = widthBitsOf(type)
  return { type, value: SIGNED.has(type) ? BigInt.asIntN(width, bits) : BigInt.asUintN(width, bits) }
}

/** Smallest and largest value of an integer type. */
export function rangeOf(type: ScalarType): { readonly least: bigint; readonly most: bigint } {
  const width = BigInt(widthBitsOf(type))
  return SIGNED.has(type)
    ? { least: -(1n << (width - 1n)), most: (1n << (width - 1n)) - 1n }
    : { least: 0n, most: (1n << width) - 1n }
}

/** One argument for each type, whatever the bytes. */
export function decodeRecord(types: readonly ArgumentType[], record: Uint8Array): readonly Argument[] {
  let at = 0
  const take = (bytes: number): Uint8Array => record.subarray(at, (at = Math.min(record.length, at + bytes)))
  return types.map((type) => {
    if (!isBytesType(type)) return scalarOf(type, littleEndian(take(widthBytesOf(type))))
    const length = Number(littleEndian(take(LENGTH_BYTES)))
    return { type, bytes: take(length).slice() }
  })
}

export function encodeRecord(argumentsOfTarget: readonly Argument[]): Uint8Array {
  const sizes = argumentsOfTarget.map((argument) =>
    'bytes' in argument ? LENGTH_BYTES + argument.bytes.length : widthBytesOf(argument.type),
  )
  const record = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0))
  const view = new DataView(record.buffer)
  let at = 0
  for (const [index, argument] of argumentsOfTarget.entries()) {
    if ('bytes' in argument) {
      view.setUint32(at, argument.bytes.length, true)
      record.set(argument.bytes, at + LENGTH_BYTES)
    } else {
      for (let byte = 0; byte < sizes[index]!; byte++) {
        record[at + byte] = Number(BigInt.asUintN(8, argument.value >> BigInt(8 * byte)))
      }
    }
    at += sizes[index]!
  }
  return record
}

/** The one record among those with the same arguments that files and findings are made of. */
export function canonicalRecord(types: readonly ArgumentType[], record: Uint8Array): Uint8Array {
  return encodeRecord(decodeRecord(types, record))
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n
  for (let index = bytes.length - 1; index >= 0; index--) value = (value << 8n) | BigInt(bytes[index]!)
  return value
}

function widthBytesOf(type: ScalarType): number {
  return ARGUMENT_TYPES[type].widthBytes as number
}

export function widthBitsOf(type: ScalarType): number {
  return 8 * widthBytesOf(type)
}
