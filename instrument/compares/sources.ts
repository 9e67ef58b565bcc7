// Where an operand comes from: the one load whose bytes it holds, changed by nothing but arithmetic with constants, by a
// conversion, or by a function of one argument (tolower). Of two operands that both come from loads, the places are
// worth more than the values: in a loop over two strings they tell what the strings are.
//
// A local stands for the load that it was last set from, in the order of the text. Control flow is not looked at: the
// answer may be wrong, and then a record holds bytes that are of no use.

import { type ExpressionRef, expressionId, raw } from '../binaryen.ts'
import { ID, child, childCount } from '../kinds.ts'

const DEPTH_MAX = 8

const localIndex = raw('_BinaryenLocalGetGetIndex')
const setIndex = raw('_BinaryenLocalSetGetIndex')
const setValue = raw('_BinaryenLocalSetGetValue')
const binaryLeft = raw('_BinaryenBinaryGetLeft')
const binaryRight = raw('_BinaryenBinaryGetRight')
const unaryValue = raw('_BinaryenUnaryGetValue')

export class Sources {
  /** The load that each local was last set from. */
  readonly #locals = new Map<number, ExpressionRef>()

  /** To be told of every local.set and local.tee, in order. */
  set(ref: ExpressionRef): void {
    const load = this.of(setValue(ref))
    if (load === 0) this.#locals.delete(setIndex(ref))
    else this.#locals.set(setIndex(ref), load)
  }

  /** The load that a value comes from, or 0. */
  of(ref: ExpressionRef, depth = 0): ExpressionRef {
    if (ref === 0 || depth > DEPTH_MAX) return 0
    const id = expressionId(ref)
    if (id === ID.load) return ref
    if (id === ID.localGet) return this.#locals.get(localIndex(ref)) ?? 0
    if (id === ID.localSet) return this.of(setValue(ref), depth + 1)
    if (id === ID.unary) return this.of(unaryValue(ref), depth + 1)
    if (id === ID.binary) return this.#only([binaryLeft(ref), binaryRight(ref)], depth)
    if (id === ID.select || id === ID.if) return this.of(child(ref, id, id === ID.if ? 1 : 0), depth + 1)
    if (id === ID.call && childCount(ref, id) === 1) return this.of(child(ref, id, 0), depth + 1)
    return 0
  }

  #only(operands: readonly ExpressionRef[], depth: number): ExpressionRef {
    const loads = new Set(operands.map((operand) => this.of(operand, depth + 1)).filter((load) => load !== 0))
    return loads.size === 1 ? [...loads][0]! : 0
  }
}
