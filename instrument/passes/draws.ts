// Draws of a simulation that is explored, as functions of its own: a call of an import leaves the module, and a timeline
// draws a thousand times. What they do is what assembly/explore/seam.ts and draws.ts do, on the same words of the engine's
// memory; where a reseed is due, or nobody explores, the import is called as before.
import { CONTROL_MODE, EXPLORE_DRAWS, EXPLORE_RESEED_AT, EXPLORE_STREAM, MODE_EXPLORE } from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE, type TypeRef, binaryen } from '../binaryen.ts'
import { Code } from '../bridge/code.ts'
import type { Pass, PassContext } from '../context.ts'
import { ADDED } from '../types.ts'
import { importedFunctions } from './imports.ts'

const NEXT = 'fuzzbox.draw'
const DOUBLE_BITS = 11n
const DOUBLE_UNIT = 2 ** -53

type Draw = readonly [
  params: readonly TypeRef[],
  result: TypeRef,
  of: (code: Code, bits: ExpressionRef) => ExpressionRef,
]

const DRAWS: Readonly<Record<string, Draw>> = {
  random: [[], TYPE.i32, (code, bits) => code.module.i32.wrap(upper(code, bits))],
  random64: [[], TYPE.i64, (_, bits) => bits],
  below: [
    [TYPE.i32],
    TYPE.i32,
    (code, bits) => {
      const { i32, i64 } = code.module
      return i32.wrap(upper(code, i64.mul(upper(code, bits), i64.extend_u(code.get(0)))))
    },
  ],
  chance: [[TYPE.f64], TYPE.i32, (code, bits) => code.module.f64.lt(fraction(code, bits), code.get(0))],
  f64: [[], TYPE.f64, fraction],
}

/** Only in builds for the explorer. */
export const draws: Pass = (context) => {
  if (context.options.forkAt === undefined) return
  const imported = importedFunctions(context).filter(
    ({ module, name, params, results }) => module === ADDED.importModule && isDraw(name, params, results),
  )
  if (imported.length === 0) return
  addNext(context)
  for (const { internalName, name } of imported) replace(context, internalName, name)
}

function isDraw(name: string, params: TypeRef, results: TypeRef): boolean {
  const draw = Object.hasOwn(DRAWS, name) ? DRAWS[name] : undefined
  return draw !== undefined && results === draw[1] && binaryen.expandType(params).join() === draw[0].join()
}

function replace(context: PassContext, internalName: string, name: string): void {
  const { module, helpers } = context
  const [params, result, of] = DRAWS[name] as Draw
  const imported = `fuzzbox.imported.${internalName}`
  module.removeFunction(internalName)
  module.addFunctionImport(imported, ADDED.importModule, name, binaryen.createType(params), result)
  helpers.add(imported)
  const code = new Code(context, params)
  const slow = code.call(
    imported,
    params.map((_, index) => code.get(index)),
    result,
  )
  code.define(internalName, result, [module.if(isAtHand(code), of(code, code.call(NEXT, [], TYPE.i64)), slow)])
}

/** Somebody explores, and no reseed comes before this draw. */
function isAtHand(code: Code): ExpressionRef {
  const { i32, i64 } = code.module
  const explores = i32.eq(code.loadWord(CONTROL_MODE), code.const(MODE_EXPLORE))
  return i32.and(explores, i64.ne(loadLong(code, EXPLORE_DRAWS), loadLong(code, EXPLORE_RESEED_AT)))
}

/** Counts a draw and gives its 64 bits: xoroshiro128++. */
function addNext(context: PassContext): void {
  const code = new Code(context, [])
  const { module } = code
  const { i64 } = module
  const [a, sum, b] = [code.local(TYPE.i64), code.local(TYPE.i64), code.local(TYPE.i64)]
  const rotated = (value: ExpressionRef, bits: bigint): ExpressionRef => i64.rotl(value, i64.const(bits))
  const shifted = i64.shl(code.get(b), i64.const(21n))
  code.define(NEXT, TYPE.i64, [
    code.set(a, loadLong(code, EXPLORE_STREAM)),
    code.set(b, loadLong(code, EXPLORE_STREAM + 8)),
    code.set(sum, i64.add(code.get(a), code.get(b))),
    code.set(b, i64.xor(code.get(a), code.get(b))),
    storeLong(code, EXPLORE_STREAM, i64.xor(i64.xor(rotated(code.get(a), 49n), code.get(b)), shifted)),
    storeLong(code, EXPLORE_STREAM + 8, rotated(code.get(b), 28n)),
    storeLong(code, EXPLORE_DRAWS, i64.add(loadLong(code, EXPLORE_DRAWS), i64.const(1n))),
    i64.add(rotated(code.get(sum), 17n), code.get(a)),
  ])
}

function upper(code: Code, bits: ExpressionRef): ExpressionRef {
  return code.module.i64.shr_u(bits, code.module.i64.const(32n))
}

/** In [0, 1). */
function fraction(code: Code, bits: ExpressionRef): ExpressionRef {
  const { f64, i64 } = code.module
  return f64.mul(f64.convert_u.i64(i64.shr_u(bits, i64.const(DOUBLE_BITS))), f64.const(DOUBLE_UNIT))
}

function loadLong(code: Code, address: number): ExpressionRef {
  return code.module.i64.load(0, 8, code.const(address), code.engine)
}

function storeLong(code: Code, address: number, value: ExpressionRef): ExpressionRef {
  return code.module.i64.store(0, 8, code.const(address), value, code.engine)
}
