// What an operand is worth before anything has run: constants, locals that are set once, and the few instructions with
// which compilers find the address and the length of a string.
import { type ExpressionRef, binaryen, expressionId, raw } from '../binaryen.ts'
import type { InitialMemory } from './data.ts'

const constType = raw('_BinaryenExpressionGetType')
const constValue = raw('_BinaryenConstGetValueI32')
const binaryOp = raw('_BinaryenBinaryGetOp')
const binaryLeft = raw('_BinaryenBinaryGetLeft')
const binaryRight = raw('_BinaryenBinaryGetRight')
const loadPointer = raw('_BinaryenLoadGetPtr')
const loadOffset = raw('_BinaryenLoadGetOffset')
const loadBytes = raw('_BinaryenLoadGetBytes')
const localIndex = raw('_BinaryenLocalGetGetIndex')
const setValue = raw('_BinaryenLocalSetGetValue')

/** Operands nested deeper than this are not looked into. */
const DEPTH_MAX = 16

const OPERATIONS: ReadonlyMap<number, (left: number, right: number) => number> = new Map([
  [binaryen.AddInt32, (left: number, right: number) => left + right],
  [binaryen.SubInt32, (left: number, right: number) => left - right],
  [binaryen.OrInt32, (left: number, right: number) => left | right],
  [binaryen.AndInt32, (left: number, right: number) => left & right],
  [binaryen.ShlInt32, (left: number, right: number) => left << right],
  [binaryen.ShrUInt32, (left: number, right: number) => left >>> right],
])

/** The value of each local of a function that is written once; locals that are written more often hold a null. */
export type Locals = ReadonlyMap<number, ExpressionRef | null>

/** As an i32, or null where only a run can tell. */
export function valueOf(ref: ExpressionRef, locals: Locals, memory: InitialMemory, depth: number = 0): number | null {
  if (depth > DEPTH_MAX) return null
  const inner = (operand: ExpressionRef): number | null => valueOf(operand, locals, memory, depth + 1)
  switch (expressionId(ref)) {
    case binaryen.ConstId:
      return constType(ref) === binaryen.i32 ? constValue(ref) : null
    case binaryen.LocalGetId: {
      const written = locals.get(localIndex(ref))
      return written ? inner(written) : null
    }
    case binaryen.LocalSetId:
      return inner(setValue(ref))
    case binaryen.BinaryId: {
      const operation = OPERATIONS.get(binaryOp(ref))
      const left = operation ? inner(binaryLeft(ref)) : null
      const right = left === null ? null : inner(binaryRight(ref))
      return right === null ? null : operation!(left!, right) | 0
    }
    case binaryen.LoadId: {
      const pointer = loadBytes(ref) === 4 ? inner(loadPointer(ref)) : null
      const bytes = pointer === null ? null : memory.read((pointer >>> 0) + loadOffset(ref), 4)
      return bytes && new DataView(bytes.buffer).getInt32(0, true)
    }
    default:
      return null
  }
}
