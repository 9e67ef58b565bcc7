// Locals that hold non-null references have to be set, in the eyes of a validator, before they are read: in the same
// block, or in one around it. Passes move code into new blocks and keep values in new locals, so a function that has such
// locals may need some of them made nullable. Binaryen does that after each of its own passes; this runs `untee`, which
// changes least beside it, on those functions alone.
import { type TypeRef, binaryen, raw } from './binaryen.ts'
import type { PassContext } from './context.ts'

const varCount = raw('_BinaryenFunctionGetNumVars')
const varAt = raw('_BinaryenFunctionGetVar')
const isNullable = raw('_BinaryenTypeIsNullable')
const arity = raw('_BinaryenTypeArity')

export function repairLocals({ module, functions }: PassContext): void {
  const known = new Map<TypeRef, boolean>()
  for (const { func } of functions) {
    const count = varCount(func)
    for (let i = 0; i < count; i++) {
      const type = varAt(func, i)
      let strict = known.get(type)
      if (strict === undefined) known.set(type, (strict = needsValue(type)))
      if (!strict) continue
      module.runPassesOnFunction(func, ['untee'])
      break
    }
  }
}

const NUMBERS: ReadonlySet<TypeRef> = new Set([binaryen.i32, binaryen.i64, binaryen.f32, binaryen.f64, binaryen.v128])

function needsValue(type: TypeRef): boolean {
  if (arity(type) > 1) return binaryen.expandType(type).some(needsValue)
  return !NUMBERS.has(type) && isNullable(type) === 0
}
