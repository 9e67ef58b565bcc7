// Puts the calls that log into the functions of a plan. Operands are kept in locals, in the order in which they were
// evaluated, so what is compared is what was compared before:
//
//   l == r   →   (a = l; b = r; words(site, meta, a, b); bytes(site, meta, where l was loaded, where r was); a == b)

import { COMPARES_SIDE_BYTES, COMPARE_BYTES_HITS_MAX, COMPARE_HITS_MAX } from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE, type TypeRef, expressionType, raw } from '../binaryen.ts'
import { type Builder, OP, addLocal } from '../build.ts'
import { ID } from '../kinds.ts'
import { walk } from '../walk.ts'
import { BYTES, VECTORS, WORDS } from './helpers.ts'
import type { OperandType } from './operators.ts'
import type { FunctionPlan, NodePlan, Site } from './plan.ts'

const functionBody = raw('_BinaryenFunctionGetBody')
const setFunctionBody = raw('_BinaryenFunctionSetBody')
const binaryLeft = raw('_BinaryenBinaryGetLeft')
const binaryRight = raw('_BinaryenBinaryGetRight')
const setBinaryLeft = raw('_BinaryenBinarySetLeft')
const setBinaryRight = raw('_BinaryenBinarySetRight')
const loadPointer = raw('_BinaryenLoadGetPtr')
const setLoadPointer = raw('_BinaryenLoadSetPtr')
const loadOffset = raw('_BinaryenLoadGetOffset')
const switchCondition = raw('_BinaryenSwitchGetCondition')
const setSwitchCondition = raw('_BinaryenSwitchSetCondition')
const switchCount = raw('_BinaryenSwitchGetNumNames')
const extend = raw('_BinaryenExtendUInt32')()
const reinterpret32 = raw('_BinaryenReinterpretFloat32')()
const reinterpret64 = raw('_BinaryenReinterpretFloat64')()

/** Addresses that one function keeps: engines refuse functions with 50,000 locals. */
const ADDRESSES_MAX = 4_096

const TYPES: Readonly<Record<OperandType, TypeRef>> = {
  i32: TYPE.i32,
  i64: TYPE.i64,
  f32: TYPE.f32,
  f64: TYPE.f64,
  v128: TYPE.v128,
}

export class CompareInserter {
  readonly #build: Builder
  readonly #func: number
  readonly #plan: FunctionPlan
  readonly #addresses = new Map<ExpressionRef, number>()
  /** Locals for operands, by type and by how many compares are open around this one. */
  readonly #operands = new Map<string, readonly [number, number]>()
  #open = 0

  constructor(build: Builder, func: number, plan: FunctionPlan) {
    this.#build = build
    this.#func = func
    this.#plan = plan
  }

  run(): void {
    const { nodes, switches, loads, routine } = this.#plan
    if (nodes.size + switches.size === 0 && routine === null) return
    for (const load of [...loads].slice(0, ADDRESSES_MAX)) this.#addresses.set(load, addLocal(this.#func, TYPE.i32))
    const body = functionBody(this.#func)
    const walked = walk(body, {
      before: (parent, _, slot) => {
        if (slot === 0 && nodes.has(parent)) this.#open++
      },
      after: (ref, id) => this.#after(ref, id),
    })
    const result = routine === null ? walked : this.#routine(routine.site, routine.counted, walked)
    if (result !== body) setFunctionBody(this.#func, result)
  }

  #after(ref: ExpressionRef, id: number): ExpressionRef {
    const node = this.#plan.nodes.get(ref)
    if (node !== undefined) {
      this.#open--
      return this.#compare(ref, node)
    }
    const address = this.#addresses.get(ref)
    if (address !== undefined) this.#rememberAddress(ref, address)
    const site = id === ID.switch ? this.#plan.switches.get(ref) : undefined
    if (site !== undefined) this.#switch(ref, site)
    return ref
  }

  #rememberAddress(load: ExpressionRef, local: number): void {
    const pointer = loadPointer(load)
    if (expressionType(pointer) === TYPE.i32) setLoadPointer(load, this.#build.tee(local, pointer, TYPE.i32))
  }

  #compare(ref: ExpressionRef, { type, site, places }: NodePlan): ExpressionRef {
    const build = this.#build
    const [left, right] = this.#locals(type)
    const value = TYPES[type]
    // A pass before this one may have found that an operand never comes to be.
    if (expressionType(binaryLeft(ref)) !== value || expressionType(binaryRight(ref)) !== value) return ref
    const code = [build.set(left, binaryLeft(ref)), build.set(right, binaryRight(ref))]
    const operands = [left, right].map((local) => this.#word(build.get(local, value), type))
    code.push(this.#log(type === 'v128' ? VECTORS : WORDS, site, COMPARE_HITS_MAX, operands))
    if (places !== null) code.push(...this.#places(places))
    setBinaryLeft(ref, build.get(left, value))
    setBinaryRight(ref, build.get(right, value))
    return build.sequence([...code, ref], expressionType(ref))
  }

  #places({ site, left, right }: NonNullable<NodePlan['places']>): ExpressionRef[] {
    const [from, to] = [left, right].map((load) => this.#addresses.get(load))
    if (from === undefined || to === undefined) return []
    const build = this.#build
    const address = (local: number, load: ExpressionRef): ExpressionRef =>
      build.binary(OP.add, build.get(local, TYPE.i32), build.i32(loadOffset(load)))
    const operands = [address(from, left), address(to, right), build.i32(COMPARES_SIDE_BYTES)]
    return [this.#log(BYTES, site, COMPARE_HITS_MAX, operands)]
  }

  #switch(ref: ExpressionRef, site: Site): void {
    const build = this.#build
    const condition = switchCondition(ref)
    if (expressionType(condition) !== TYPE.i32) return
    const [local] = this.#locals('i32')
    const cases = build.unary(extend, build.i32(switchCount(ref)))
    const value = build.unary(extend, build.get(local, TYPE.i32))
    const log = this.#log(WORDS, site, COMPARE_HITS_MAX, [value, cases])
    setSwitchCondition(ref, build.sequence([build.set(local, condition), log, build.get(local, TYPE.i32)], TYPE.i32))
  }

  #routine(site: Site, counted: boolean, body: ExpressionRef): ExpressionRef {
    const build = this.#build
    const [left, right, length] = [0, 1, 2].map((local) => build.get(local, TYPE.i32))
    const most = counted ? length! : build.i32(COMPARES_SIDE_BYTES)
    const log = this.#log(BYTES, site, COMPARE_BYTES_HITS_MAX, [left!, right!, most])
    return build.sequence([log, body], expressionType(body))
  }

  #log(helper: string, { id, meta }: Site, hitsMax: number, operands: readonly ExpressionRef[]): ExpressionRef {
    const build = this.#build
    return build.call(helper, [build.i32(id), build.i32(meta), build.i32(hitsMax), ...operands], TYPE.none)
  }

  #word(value: ExpressionRef, type: OperandType): ExpressionRef {
    const build = this.#build
    if (type === 'i32') return build.unary(extend, value)
    if (type === 'f32') return build.unary(extend, build.unary(reinterpret32, value))
    return type === 'f64' ? build.unary(reinterpret64, value) : value
  }

  #locals(type: OperandType): readonly [number, number] {
    const key = `${type} ${this.#open}`
    let pair = this.#operands.get(key)
    if (pair === undefined) {
      pair = [addLocal(this.#func, TYPES[type]), addLocal(this.#func, TYPES[type])]
      this.#operands.set(key, pair)
    }
    return pair
  }
}
