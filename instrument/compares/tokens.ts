// Tokens that stand in a module: constants that it compares with, and strings in its data segments. They cost nothing to
// find, and an input of many a format begins with one. Most promising first: constants that something must be equal to,
// then strings that look like keywords, then other constants and sentences.

import { COMPARE_EQUAL, COMPARE_FLOAT_EQUAL, TOKENS_STATIC_MAX, TOKEN_BYTES_MAX } from '../../assembly/abi.ts'

import { type ExpressionRef, TYPE, expressionId, expressionType, raw } from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import { ID } from '../kinds.ts'
import { ByteReader } from '../sections/bytes.ts'
import { SECTION, Sections } from '../sections/sections.ts'
import { walkFunction } from '../walk.ts'
import { COMPARE_OPERATORS } from './operators.ts'
import { Sources } from './sources.ts'

const binaryOp = raw('_BinaryenBinaryGetOp')
const binaryLeft = raw('_BinaryenBinaryGetLeft')
const binaryRight = raw('_BinaryenBinaryGetRight')
const loadBytes = raw('_BinaryenLoadGetBytes')
const constantI32 = raw('_BinaryenConstGetValueI32')
const constantI64 = raw('_BinaryenConstGetValueI64')
const constantF32 = raw('_BinaryenConstGetValueF32')
const constantF64 = raw('_BinaryenConstGetValueF64')

/** At most so many of either kind. */
const CONSTANTS_MAX = TOKENS_STATIC_MAX / 2
const STRING_BYTES_MIN = 3
const STRING_BYTES_MAX = 32
/** Data that is looked at: more is a table of something else. */
const DATA_BYTES_MAX = 0x10_0000

/** In hex, without repetitions, at most TOKENS_STATIC_MAX. */
export function harvestTokens(context: PassContext, wasm: Uint8Array): string[] {
  const { equal, other } = constants(context)
  const { keywords, sentences } = strings(wasm)
  const first = [...equal].slice(0, CONSTANTS_MAX)
  return [...new Set([...first, ...keywords, ...other, ...sentences])]
    .filter((token) => token.length <= 2 * TOKEN_BYTES_MAX)
    .slice(0, TOKENS_STATIC_MAX)
}

function constants({ functions }: PassContext): { equal: Set<string>; other: Set<string> } {
  const [equal, other] = [new Set<string>(), new Set<string>()]
  for (const { func } of functions) {
    const sources = new Sources()
    walkFunction(func, {
      after: (ref, id) => {
        if (id === ID.localSet) sources.set(ref)
        const operator = id === ID.binary ? COMPARE_OPERATORS.get(binaryOp(ref)) : undefined
        if (operator === undefined) return ref
        const isEqual = operator.kind === COMPARE_EQUAL || operator.kind === COMPARE_FLOAT_EQUAL
        const operands = [binaryLeft(ref), binaryRight(ref)] as const
        for (const [constant, value] of [operands, [operands[1], operands[0]] as const])
          for (const token of tokensOf(constant, sources.of(value))) (isEqual ? equal : other).add(token)
        return ref
      },
    })
  }
  return { equal, other }
}

/** A constant in both byte orders, as wide as what it is compared with was loaded; small ones are found without help. */
function tokensOf(ref: ExpressionRef, load: ExpressionRef): string[] {
  if (expressionId(ref) !== ID.const) return []
  const type = expressionType(ref)
  if (type === TYPE.f32 || type === TYPE.f64) return floatTokens(ref, type === TYPE.f32)
  if (type !== TYPE.i32 && type !== TYPE.i64) return []
  const bits = type === TYPE.i32 ? 32 : 64
  const value = BigInt.asIntN(bits, type === TYPE.i32 ? BigInt(constantI32(ref)) : BigInt(constantI64(ref)))
  if (value >= -256n && value < 256n) return []
  const fits16 = value >= -0x8000n && value < 0x1_0000n
  const fits32 = value >= -0x8000_0000n && value < 0x1_0000_0000n
  const loaded = load === 0 ? bits / 8 : loadBytes(load)
  const bytes = fits16 ? Math.min(loaded, load === 0 ? 2 : 8) : fits32 && load === 0 ? 4 : loaded
  return bytes < 2 ? [] : bothOrders(BigInt.asUintN(8 * bytes, value), bytes)
}

const scratch = new DataView(new ArrayBuffer(8))

function floatTokens(ref: ExpressionRef, single: boolean): string[] {
  if (single) scratch.setFloat32(0, constantF32(ref))
  else scratch.setFloat64(0, constantF64(ref))
  const bits = single ? BigInt(scratch.getUint32(0)) : scratch.getBigUint64(0)
  return bits === 0n ? [] : bothOrders(bits, single ? 4 : 8)
}

function bothOrders(value: bigint, bytes: number): string[] {
  const big = value.toString(16).padStart(2 * bytes, '0')
  const little = big.match(/../g)!.reverse().join('')
  return [little, big]
}

function strings(wasm: Uint8Array): { keywords: string[]; sentences: string[] } {
  const [keywords, sentences] = [new Set<string>(), new Set<string>()]
  const decoder = new TextDecoder('latin1')
  for (const data of segments(wasm)) {
    const text = decoder.decode(data)
    const wide = text.match(/(?:[\x21-\x7e]\0){3,32}/g) ?? []
    for (const run of wide) keywords.add(hex(run.replaceAll('\0', '')))
    for (const run of text.match(/[\t\n\r\x20-\x7e]{3,}/g) ?? []) {
      if (run.length < STRING_BYTES_MIN || run.length > STRING_BYTES_MAX) continue
      ;(/[\s%]/.test(run) ? sentences : keywords).add(hex(run))
    }
  }
  return { keywords: [...keywords], sentences: [...sentences] }
}

function hex(text: string): string {
  return [...text].map((char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('')
}

/** The bytes of the data segments, in order. */
function segments(wasm: Uint8Array): Uint8Array[] {
  const payload = new Sections(wasm).payload(SECTION.data)
  if (payload === undefined) return []
  const reader = new ByteReader(payload)
  const found: Uint8Array[] = []
  let left = DATA_BYTES_MAX
  for (let count = reader.unsigned(); count > 0 && left > 0; count--) {
    const flags = reader.unsigned()
    if (flags === 2) reader.unsigned()
    if (flags !== 1) skipExpression(reader)
    const data = reader.take(reader.unsigned())
    found.push(data.subarray(0, left))
    left -= data.length
  }
  return found
}

const END = 0x0b
/** Operands of i32.const, i64.const and global.get; the arithmetic of extended constants has none. */
const WITH_OPERAND: ReadonlySet<number> = new Set([0x41, 0x42, 0x23])

function skipExpression(reader: ByteReader): void {
  for (let opcode = reader.byte(); opcode !== END; opcode = reader.byte()) {
    if (WITH_OPERAND.has(opcode)) reader.skipLeb()
  }
}
