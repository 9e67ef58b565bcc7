// Pass `imports`: what is left of the imports is the allow-list. A function import that the host does not provide, with
// exactly the signature that it provides, becomes a function of the module's own under the same internal name, so that
// calls, exports, tables and references mean the stub.
//
// - policy trap: writes REASON_IMPORT and the import's index in the module map, then executes `unreachable`, which the
//   target's own catch_all cannot swallow;
// - policy zero: returns zeros and nulls; a result that can be neither traps as above.
//
// Memories, tables, globals and tags were taken over by `ownState` before Binaryen read the module.
import { CONTROL_DETAIL, CONTROL_REASON, REASON_IMPORT } from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE, type TypeRef, binaryen, cString, modulePointer, raw, text } from '../binaryen.ts'
import { Code } from '../bridge/code.ts'
import type { Pass, PassContext } from '../context.ts'
import { TARGET_MODULE, type Signature, type ValueType } from '../types.ts'

const functionBody = raw('_BinaryenFunctionGetBody')
const functionType = raw('_BinaryenFunctionGetType')
const isNullable = raw('_BinaryenTypeIsNullable')

const NAMES: ReadonlyMap<TypeRef, ValueType> = new Map(
  (['i32', 'i64', 'f32', 'f64', 'v128'] as const).map((name) => [TYPE[name], name] as const),
)

interface ImportedFunction {
  readonly internalName: string
  readonly module: string
  readonly name: string
  readonly params: TypeRef
  readonly results: TypeRef
  readonly heapType: number
}

export const imports: Pass = (context) => {
  const { map, options } = context
  for (const item of importedFunctions(context)) {
    const signature = { params: valueTypes(item.params), results: valueTypes(item.results) }
    const key = `${item.module} ${item.name}`
    const offered = Object.hasOwn(options.provided, key) ? options.provided[key] : undefined
    const targets = options.role === 'harness' && item.module === TARGET_MODULE
    const provided = targets || (offered !== undefined && sameSignature(offered, signature))
    if (!provided) replace(context, item, map.imports.length)
    map.imports.push({ module: item.module, name: item.name, signature, kind: provided ? 'provided' : 'stub' })
  }
}

export function importedFunctions(context: PassContext): ImportedFunction[] {
  const { module } = context
  const pointer = modulePointer(module)
  const found: ImportedFunction[] = []
  for (let i = 0; i < module.getNumFunctions(); i++) {
    const func = raw('_BinaryenGetFunctionByIndex')(pointer, i)
    if (functionBody(func) !== 0) continue
    const internalName = text(raw('_BinaryenFunctionGetName')(func))
    if (context.helpers.has(internalName)) continue
    found.push({
      internalName,
      module: text(raw('_BinaryenFunctionImportGetModule')(func)),
      name: text(raw('_BinaryenFunctionImportGetBase')(func)),
      params: raw('_BinaryenFunctionGetParams')(func),
      results: raw('_BinaryenFunctionGetResults')(func),
      heapType: functionType(func),
    })
  }
  return found
}

function valueTypes(type: TypeRef): ValueType[] {
  return binaryen.expandType(type).map((part) => NAMES.get(part) ?? 'ref')
}

function sameSignature(left: Signature, right: Signature): boolean {
  return left.params.join() === right.params.join() && left.results.join() === right.results.join()
}

function replace(context: PassContext, item: ImportedFunction, index: number): void {
  const { module, helpers, options } = context
  const zeros = binaryen.expandType(item.results).map((type) => zeroOf(context, type))
  const zero = options.importPolicy === 'zero' && zeros.every((value) => value !== undefined)
  const body = zero ? returnZeros(context, zeros as ExpressionRef[]) : namedTrap(context, index)
  module.removeFunction(item.internalName)
  // The heap type, not the signature: under garbage collection, equal signatures can be different types.
  raw('_BinaryenAddFunctionWithHeapType')(modulePointer(module), cString(item.internalName), item.heapType, 0, 0, body)
  helpers.add(item.internalName)
}

function returnZeros(context: PassContext, zeros: readonly ExpressionRef[]): ExpressionRef {
  const { module } = context
  if (zeros.length === 0) return module.nop()
  return zeros.length === 1 ? zeros[0]! : module.tuple.make(zeros)
}

function zeroOf(context: PassContext, type: TypeRef): ExpressionRef | undefined {
  const { module } = context
  if (type === TYPE.i32) return module.i32.const(0)
  if (type === TYPE.i64) return module.i64.const(0n)
  if (type === TYPE.f32) return module.f32.const(0)
  if (type === TYPE.f64) return module.f64.const(0)
  if (type === TYPE.v128) return module.v128.const(new Uint8Array(16))
  return isNullable(type) !== 0 ? raw('_BinaryenRefNull')(modulePointer(module), type) : undefined
}

function namedTrap(context: PassContext, index: number): ExpressionRef {
  const code = new Code(context, [])
  return code.block(
    [
      code.storeWord(CONTROL_REASON, code.const(REASON_IMPORT)),
      code.storeWord(CONTROL_DETAIL, code.const(index)),
      context.module.unreachable(),
    ],
    TYPE.unreachable,
  )
}
