// The kinds of expression in Binaryen's intermediate representation, and the children of each in evaluation order.
//
// `childCount`, `child` and `setChild` know every instruction of WebAssembly 3.0, strings and wide arithmetic.
// Anything else (stack switching, shared-everything threads) throws E_EXPRESSION.

import { type ExpressionRef, type RawFunction, fieldChildren, raw } from './binaryen.ts'
import { refuse } from './errors.ts'

/** Children of kinds with a fixed number of them, in evaluation order; one that is absent reads as 0. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  If: ['Condition', 'IfTrue', 'IfFalse'],
  Loop: ['Body'],
  Break: ['Value', 'Condition'],
  Switch: ['Value', 'Condition'],
  LocalSet: ['Value'],
  GlobalSet: ['Value'],
  Load: ['Ptr'],
  Store: ['Ptr', 'Value'],
  AtomicRMW: ['Ptr', 'Value'],
  AtomicCmpxchg: ['Ptr', 'Expected', 'Replacement'],
  AtomicWait: ['Ptr', 'Expected', 'Timeout'],
  AtomicNotify: ['Ptr', 'NotifyCount'],
  SIMDExtract: ['Vec'],
  SIMDReplace: ['Vec', 'Value'],
  SIMDShuffle: ['Left', 'Right'],
  SIMDTernary: ['A', 'B', 'C'],
  SIMDShift: ['Vec', 'Shift'],
  SIMDLoad: ['Ptr'],
  SIMDLoadStoreLane: ['Ptr', 'Vec'],
  MemoryInit: ['Dest', 'Offset', 'Size'],
  MemoryCopy: ['Dest', 'Source', 'Size'],
  MemoryFill: ['Dest', 'Value', 'Size'],
  Unary: ['Value'],
  Binary: ['Left', 'Right'],
  Select: ['IfTrue', 'IfFalse', 'Condition'],
  Drop: ['Value'],
  Return: ['Value'],
  MemoryGrow: ['Delta'],
  RefIsNull: ['Value'],
  RefAs: ['Value'],
  RefEq: ['Left', 'Right'],
  TableGet: ['Index'],
  TableSet: ['Index', 'Value'],
  TableGrow: ['Value', 'Delta'],
  TupleExtract: ['Tuple'],
  RefI31: ['Value'],
  I31Get: ['I31'],
  RefTest: ['Ref'],
  RefCast: ['Ref'],
  BrOn: ['Ref'],
  StructGet: ['Ref'],
  StructSet: ['Ref', 'Value'],
  ArrayNew: ['Init', 'Size'],
  ArrayNewData: ['Offset', 'Size'],
  ArrayNewElem: ['Offset', 'Size'],
  ArrayGet: ['Ref', 'Index'],
  ArraySet: ['Ref', 'Index', 'Value'],
  ArrayLen: ['Ref'],
  ArrayFill: ['Ref', 'Index', 'Value', 'Size'],
  ArrayCopy: ['DestRef', 'DestIndex', 'SrcRef', 'SrcIndex', 'Length'],
  ArrayInitData: ['Ref', 'Index', 'Offset', 'Size'],
  ArrayInitElem: ['Ref', 'Index', 'Offset', 'Size'],
  StringNew: ['Ref', 'Start', 'End'],
  StringMeasure: ['Ref'],
  StringEncode: ['Str', 'Array', 'Start'],
  StringConcat: ['Left', 'Right'],
  StringEq: ['Left', 'Right'],
  StringWTF16Get: ['Ref', 'Pos'],
  StringSliceWTF: ['Ref', 'Start', 'End'],
  WideIntAddSub: ['LeftLow', 'LeftHigh', 'RightLow', 'RightHigh'],
  WideIntMul: ['Left', 'Right'],
}

/** Kinds with a list of children: the accessors' stem, plural count, and one fixed child before or after the list. */
const LISTS: Readonly<Record<string, { item: string; count: string; first?: string; last?: string }>> = {
  Block: { item: 'ChildAt', count: 'NumChildren' },
  Call: { item: 'OperandAt', count: 'NumOperands' },
  CallIndirect: { item: 'OperandAt', count: 'NumOperands', last: 'Target' },
  CallRef: { item: 'OperandAt', count: 'NumOperands', last: 'Target' },
  Throw: { item: 'OperandAt', count: 'NumOperands' },
  TupleMake: { item: 'OperandAt', count: 'NumOperands' },
  StructNew: { item: 'OperandAt', count: 'NumOperands' },
  ArrayNewFixed: { item: 'ValueAt', count: 'NumValues' },
  Try: { item: 'CatchBodyAt', count: 'NumCatchBodies', first: 'Body' },
}

const LEAVES = [
  'Nop',
  'Unreachable',
  'Const',
  'LocalGet',
  'GlobalGet',
  'RefNull',
  'RefFunc',
  'Pop',
  'DataDrop',
  'ElemDrop',
  'MemorySize',
  'TableSize',
  'AtomicFence',
  'Pause',
  'Rethrow',
  'StringConst',
] as const

const idOf = (kind: string): number => raw(`_Binaryen${kind}Id`)()

const NAMED = {
  block: 'Block',
  if: 'If',
  loop: 'Loop',
  break: 'Break',
  switch: 'Switch',
  call: 'Call',
  callIndirect: 'CallIndirect',
  callRef: 'CallRef',
  localGet: 'LocalGet',
  localSet: 'LocalSet',
  globalGet: 'GlobalGet',
  globalSet: 'GlobalSet',
  load: 'Load',
  store: 'Store',
  const: 'Const',
  unary: 'Unary',
  binary: 'Binary',
  select: 'Select',
  drop: 'Drop',
  return: 'Return',
  nop: 'Nop',
  unreachable: 'Unreachable',
  memorySize: 'MemorySize',
  memoryGrow: 'MemoryGrow',
  memoryInit: 'MemoryInit',
  memoryCopy: 'MemoryCopy',
  memoryFill: 'MemoryFill',
  dataDrop: 'DataDrop',
  elemDrop: 'ElemDrop',
  atomicRmw: 'AtomicRMW',
  atomicCmpxchg: 'AtomicCmpxchg',
  atomicWait: 'AtomicWait',
  atomicNotify: 'AtomicNotify',
  simdLoad: 'SIMDLoad',
  simdLane: 'SIMDLoadStoreLane',
  tableGet: 'TableGet',
  tableSet: 'TableSet',
  tableSize: 'TableSize',
  tableGrow: 'TableGrow',
  tableFill: 'TableFill',
  tableCopy: 'TableCopy',
  tableInit: 'TableInit',
  refFunc: 'RefFunc',
  refNull: 'RefNull',
  try: 'Try',
  tryTable: 'TryTable',
  throw: 'Throw',
  throwRef: 'ThrowRef',
  rethrow: 'Rethrow',
  pop: 'Pop',
  brOn: 'BrOn',
} as const

export type KindName = keyof typeof NAMED

/** Ids of the kinds that passes ask about, as `expressionId` returns them. */
export const ID: { readonly [name in KindName]: number } = Object.fromEntries(
  Object.entries(NAMED).map(([name, kind]) => [name, idOf(kind)]),
) as { [name in KindName]: number }

interface Kind {
  readonly fixed: readonly (readonly [RawFunction, RawFunction])[]
  readonly list: { readonly count: RawFunction; readonly get: RawFunction; readonly set: RawFunction } | null
  /** Slots of fixed children that stand before the list. */
  readonly before: number
}

const KINDS: (Kind | undefined)[] = []

function accessors(kind: string, child: string): readonly [RawFunction, RawFunction] {
  return [raw(`_Binaryen${kind}Get${child}`), raw(`_Binaryen${kind}Set${child}`)]
}

for (const kind of LEAVES) KINDS[idOf(kind)] = { fixed: [], list: null, before: 0 }
for (const kind in FIXED)
  KINDS[idOf(kind)] = { fixed: FIXED[kind]!.map((child) => accessors(kind, child)), list: null, before: 0 }
for (const kind in fieldChildren) KINDS[idOf(kind)] = { fixed: fieldChildren[kind]!, list: null, before: 0 }
for (const kind in LISTS) {
  const { item, count, first, last } = LISTS[kind]!
  const [get, set] = accessors(kind, item)
  const around = [first, last].filter((name) => name !== undefined)
  KINDS[idOf(kind)] = {
    fixed: around.map((child) => accessors(kind, child)),
    list: { count: raw(`_Binaryen${kind}Get${count}`), get, set },
    before: first === undefined ? 0 : 1,
  }
}

function kindOf(id: number): Kind {
  const kind = KINDS[id]
  if (kind === undefined) throw refuse.expression(id)
  return kind
}

/** Number of child slots; some may hold 0 (an `if` without else, a `br` without value). */
export function childCount(ref: ExpressionRef, id: number): number {
  const { fixed, list } = kindOf(id)
  return list === null ? fixed.length : fixed.length + list.count(ref)
}

/** The child in `slot`, or 0. */
export function child(ref: ExpressionRef, id: number, slot: number): ExpressionRef {
  const { fixed, list, before } = kindOf(id)
  if (list === null) return fixed[slot]![0](ref)
  if (slot < before) return fixed[slot]![0](ref)
  const items = list.count(ref)
  return slot - before < items ? list.get(ref, slot - before) : fixed[slot - items]![0](ref)
}

/** Puts `value` into `slot`; the types must agree, or `ref` be finalised by the caller. */
export function setChild(ref: ExpressionRef, id: number, slot: number, value: ExpressionRef): void {
  const { fixed, list, before } = kindOf(id)
  if (list === null || slot < before) fixed[slot]![1](ref, value)
  else {
    const items = list.count(ref)
    if (slot - before < items) list.set(ref, slot - before, value)
    else fixed[slot - items]![1](ref, value)
  }
}
