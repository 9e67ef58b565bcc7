// Generators of types and arguments for the properties of records, files and shrinking.

import * as fc from 'fast-check'
import { ARGUMENT_TYPES, type ArgumentType } from '../../../src/core/typed/argument-types.ts'
import { isBytesType, scalarOf, type Argument } from '../../../src/core/typed/record.ts'

export const ALL_TYPES = Object.keys(ARGUMENT_TYPES) as readonly ArgumentType[]

export const anyType: fc.Arbitrary<ArgumentType> = fc.constantFrom(...ALL_TYPES)

export const anyTypes: fc.Arbitrary<ArgumentType[]> = fc.array(anyType, { minLength: 1, maxLength: 6 })

/** Bytes at random, and text that has characters of every length. */
const anyBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => new TextEncoder().encode(text)),
)

/** Small and large numbers alike. */
const anyBits: fc.Arbitrary<bigint> = fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  fc.bigInt({ min: -300n, max: 300n }),
  fc.double().map((value) => new BigUint64Array(new Float64Array([value]).buffer)[0]!),
  fc.float().map((value) => BigInt(new Uint32Array(new Float32Array([value]).buffer)[0]!)),
)

export function anyArgument(type: ArgumentType): fc.Arbitrary<Argument> {
  if (isBytesType(type)) return anyBytes.map((bytes) => ({ type, bytes }))
  return anyBits.map((bits) => scalarOf(type, bits))
}

export const anyArguments: fc.Arbitrary<Argument[]> = anyTypes.chain((types) => fc.tuple(...types.map(anyArgument)))
