// Calls a typed entry of a module as it came with the arguments of a record, laid out in memory as the bridge does it
// (instrument/bridge/run-typed.ts).
//
// JavaScript has one NaN and may put any bits into it when it passes one on. So where an argument is a NaN, a module of a few bytes
// makes the call, whose constants are the arguments, and leaves no frame of its own in a stack trace: it calls in tail position.
import { ARGUMENT_GAP_BYTES } from '../../../assembly/abi.ts'
import { parametersOf } from '../../../instrument/bridge/arguments.ts'
import type { Signature, ValueType } from '../../../instrument/types.ts'
import type { ArgumentType } from '../typed/argument-types.ts'
import { decodeRecord } from '../typed/record.ts'
import { NotLinkable } from './original.ts'

/** Bits of one parameter. */
interface Word {
  readonly type: ValueType
  readonly bits: bigint
}

export interface LaidOut {
  readonly words: readonly Word[]
  /** What is to be written into the target's memory, and where. */
  readonly pieces: readonly { readonly address: number; readonly bytes: Uint8Array }[]
}

/** Parameters and memory for a record; `address` is the input's place. */
export function layOutRecord(
  types: readonly ArgumentType[],
  params: Signature['params'],
  record: Uint8Array,
  address: number,
): LaidOut {
  const filled = parametersOf(types, params)
  if (filled === null) throw new NotLinkable('the entry takes other parameters')
  const pieces: { address: number; bytes: Uint8Array }[] = []
  let next = address
  const words = decodeRecord(types, record).flatMap((argument, index): Word[] => {
    if (!('bytes' in argument)) return [{ type: filled[index]![0] as ValueType, bits: argument.value }]
    const { bytes } = argument
    const pointer = next
    pieces.push({ address: pointer, bytes })
    next = (pointer + bytes.length + 2 * ARGUMENT_GAP_BYTES - 1) & -ARGUMENT_GAP_BYTES
    return [
      { type: 'i32', bits: BigInt(pointer) },
      { type: 'i32', bits: BigInt(bytes.length) },
    ]
  })
  return { words, pieces }
}

/** Results are dropped. Throws what the call throws, and NotLinkable where JavaScript cannot make it. */
export function callWith(entry: WebAssembly.ExportValue, signature: Signature, words: readonly Word[]): void {
  const call = entry as (...values: (number | bigint)[]) => unknown
  const isNumeric = signature.results.every((type) => type in VALUE_TYPES)
  try {
    if (isNumeric && words.some(isNaNWord)) callExactly(call, signature, words)
    else call(...words.map(toJavaScript))
  } catch (error) {
    // Vectors and some references cannot be handed to JavaScript.
    if (error instanceof TypeError && !isNumeric) throw new NotLinkable('a result cannot be had')
    throw error
  }
}

const scratch = new DataView(new ArrayBuffer(8))

function toJavaScript({ type, bits }: Word): number | bigint {
  if (type === 'i64') return BigInt.asIntN(64, bits)
  if (type === 'i32') return Number(BigInt.asIntN(32, bits))
  scratch.setBigUint64(0, bits, true)
  return type === 'f32' ? scratch.getFloat32(0, true) : scratch.getFloat64(0, true)
}

function isNaNWord(word: Word): boolean {
  return (word.type === 'f32' || word.type === 'f64') && Number.isNaN(toJavaScript(word))
}

const VALUE_TYPES: Readonly<Record<string, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c }
const I32_CONST = 0x41
const I64_CONST = 0x42
const F32_CONST = 0x43
const F64_CONST = 0x44
const RETURN_CALL = 0x12
const END = 0x0b

function callExactly(entry: unknown, { params, results }: Signature, words: readonly Word[]): void {
  const typesOf = (types: readonly ValueType[]): number[] => vector(types.map((type) => [VALUE_TYPES[type]!]))
  const body = [0, ...words.flatMap(constant), RETURN_CALL, 0, END]
  const sections = [
    section(1, [[0x60, ...typesOf(params), ...typesOf(results)], [0x60, 0, ...typesOf(results)]]), // prettier-ignore
    section(2, [[0, 0, 0, 0]]),
    section(3, [[1]]),
    section(7, [[0, 0, 1]]),
    section(10, [[...unsigned(body.length), ...body]]),
  ]
  const module = new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]))
  const { exports } = new WebAssembly.Instance(module, { '': { '': entry as WebAssembly.ExportValue } })
  ;(exports[''] as () => unknown)()
}

function constant({ type, bits }: Word): number[] {
  if (type === 'i32') return [I32_CONST, ...signed(BigInt.asIntN(32, bits))]
  if (type === 'i64') return [I64_CONST, ...signed(BigInt.asIntN(64, bits))]
  scratch.setBigUint64(0, bits, true)
  const bytes = new Uint8Array(scratch.buffer, 0, type === 'f32' ? 4 : 8)
  return [type === 'f32' ? F32_CONST : F64_CONST, ...bytes]
}

function section(id: number, items: readonly number[][]): number[] {
  const payload = vector(items)
  return [id, ...unsigned(payload.length), ...payload]
}

function vector(items: readonly number[][]): number[] {
  return [...unsigned(items.length), ...items.flat()]
}

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

function signed(value: bigint): number[] {
  const low = Number(value & 0x7fn)
  const rest = value >> 7n
  const isLast = (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40)
  return isLast ? [low] : [low | 0x80, ...signed(rest)]
}
