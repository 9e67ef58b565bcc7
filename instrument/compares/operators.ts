// Which operators compare, and what a record says of each: COMPARE_* of assembly/abi.ts, width and signedness.

import {
  COMPARE_BYTES,
  COMPARE_EQUAL,
  COMPARE_FLOAT_EQUAL,
  COMPARE_FLOAT_ORDER,
  COMPARE_ORDER,
} from '../../assembly/abi.ts'
import { raw } from '../binaryen.ts'

export type OperandType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128'

export interface CompareOperator {
  readonly type: OperandType
  readonly kind: number
  readonly signed: boolean
}

const op = (name: string): number => raw(`_Binaryen${name}`)()

/** By Binaryen's number of the operator. */
export const COMPARE_OPERATORS: ReadonlyMap<number, CompareOperator> = new Map([
  ...integers('i32', 'Int32'),
  ...integers('i64', 'Int64'),
  ...floats('f32', 'Float32'),
  ...floats('f64', 'Float64'),
  ...vectors(),
])

function integers(type: 'i32' | 'i64', suffix: string): [number, CompareOperator][] {
  const equal = ['Eq', 'Ne'].map((name): [number, CompareOperator] => [
    op(name + suffix),
    { type, kind: COMPARE_EQUAL, signed: false },
  ])
  const order = ['Lt', 'Le', 'Gt', 'Ge'].flatMap((name) =>
    ['S', 'U'].map((sign): [number, CompareOperator] => [
      op(name + sign + suffix),
      { type, kind: COMPARE_ORDER, signed: sign === 'S' },
    ]),
  )
  return [...equal, ...order]
}

function floats(type: 'f32' | 'f64', suffix: string): [number, CompareOperator][] {
  return ['Eq', 'Ne', 'Lt', 'Le', 'Gt', 'Ge'].map((name) => [
    op(name + suffix),
    { type, kind: name === 'Eq' || name === 'Ne' ? COMPARE_FLOAT_EQUAL : COMPARE_FLOAT_ORDER, signed: true },
  ])
}

/** A vector's lanes are compared all at once; what is searched for is its sixteen bytes. */
function vectors(): [number, CompareOperator][] {
  const operator: CompareOperator = { type: 'v128', kind: COMPARE_BYTES, signed: false }
  return ['I8x16', 'I16x8', 'I32x4', 'I64x2'].flatMap((shape) =>
    ['Eq', 'Ne'].map((name): [number, CompareOperator] => [op(`${name}Vec${shape}`), operator]),
  )
}

/** Operators whose result is zero exactly where their operands are equal. */
export const DIFFERENCES: ReadonlyMap<number, OperandType> = new Map([
  [op('XorInt32'), 'i32'],
  [op('SubInt32'), 'i32'],
  [op('XorInt64'), 'i64'],
  [op('SubInt64'), 'i64'],
  [op('XorVec128'), 'v128'],
])

/** With a constant: zero where none of its bits is set. */
export const MASKS: ReadonlyMap<number, OperandType> = new Map([
  [op('AndInt32'), 'i32'],
  [op('AndInt64'), 'i64'],
])

/** What joins differences: zero where all of them are. */
export const JOINS: ReadonlySet<number> = new Set([op('OrInt32'), op('OrInt64'), op('OrVec128')])
export const ZERO_TESTS: ReadonlySet<number> = new Set([op('EqZInt32'), op('EqZInt64'), op('AnyTrueVec128')])
/** Zero where their operand is. */
export const WIDENINGS: ReadonlySet<number> = new Set([op('ExtendUInt32'), op('ExtendSInt32')])
