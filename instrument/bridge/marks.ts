// Going through the page marks: one byte per granule, "written in this run", looked at 64 a step.
import { MARKS_BASE } from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE } from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import type { Code } from './code.ts'

/** log2 of a page of 64 KiB. */
export const PAGE_SHIFT = 16
/** Marks looked at in one step. */
const MARKS_PER_STEP = 64
const VECTOR = 16

/** Bytes of marks that belong to the real memory; one more than needed where a granule is larger than a page. */
export function marksBytes(code: Code, shift: number): ExpressionRef {
  const size = code.module.memory.size(code.target)
  if (shift <= PAGE_SHIFT) return code.shl(size, PAGE_SHIFT - shift)
  return code.add(code.shr(size, shift - PAGE_SHIFT), code.const(1))
}

/** In a function whose parameter 0 goes to `step` as it is: calls step(parameter, mark) for each 64 marks with one set. */
export function scanMarks(context: PassContext, code: Code, step: string): ExpressionRef[] {
  const { module, engine } = code
  const mark = code.local(TYPE.i32)
  const end = code.local(TYPE.i32)
  const load = (offset: number): ExpressionRef => module.v128.load(offset, VECTOR, code.get(mark), engine)
  const four = module.v128.or(module.v128.or(load(0), load(16)), module.v128.or(load(32), load(48)))
  const next = code.tee(mark, code.add(code.get(mark), code.const(MARKS_PER_STEP)))
  const look = code.block([
    module.if(module.v128.any_true(four), code.call(step, [code.get(0), code.get(mark)])),
    module.br('scan', module.i32.lt_u(next, code.get(end))),
  ])
  return [
    code.set(mark, code.const(MARKS_BASE)),
    code.set(end, code.add(code.const(MARKS_BASE), marksBytes(code, context.map.granuleShift))),
    module.if(module.i32.lt_u(code.get(mark), code.get(end)), module.loop('scan', look)),
  ]
}

/** The 64 marks at `mark` as an i64, the first one lowest. */
export function marksAsBits(code: Code, mark: number): ExpressionRef {
  const { module, engine } = code
  const { i64 } = module
  const mask = (offset: number): ExpressionRef => {
    const marked = module.i8x16.ne(module.v128.load(offset, VECTOR, code.get(mark), engine), zeros(code))
    const wide = i64.extend_u(module.i8x16.bitmask(marked))
    return offset === 0 ? wide : i64.shl(wide, i64.const(BigInt(offset)))
  }
  return i64.or(i64.or(mask(0), mask(16)), i64.or(mask(32), mask(48)))
}

/** Clears the 64 marks at `mark`. */
export function clearMarks(code: Code, mark: number): ExpressionRef[] {
  const { module, engine } = code
  return [0, 16, 32, 48].map((offset) => module.v128.store(offset, VECTOR, code.get(mark), zeros(code), engine))
}

const zeros = ({ module }: Code): ExpressionRef => module.v128.const(new Uint8Array(VECTOR))
