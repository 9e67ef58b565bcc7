// What of a module the compares build will log, found in the user's code before any pass changes it. Nodes keep their
// identity through the other passes, so `insert.ts` finds them again afterwards, and edges are numbered as in the build
// that fuzzes.

import {
  COMPARES_SITES_MAX,
  COMPARE_EQUAL,
  COMPARE_FLAG_LEFT_CONSTANT,
  COMPARE_FLAG_MASK,
  COMPARE_FLAG_RIGHT_CONSTANT,
  COMPARE_FLAG_SIGNED,
  COMPARE_PLACES,
  COMPARE_SWITCH,
} from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE, expressionId, expressionType, raw } from '../binaryen.ts'
import type { OriginalFunction, PassContext } from '../context.ts'
import { ID, child } from '../kinds.ts'
import { walkFunction } from '../walk.ts'
import { COMPARE_OPERATORS, DIFFERENCES, JOINS, MASKS, type OperandType, WIDENINGS, ZERO_TESTS } from './operators.ts'
import { type Routine, routineOf } from './routines.ts'
import { Sources } from './sources.ts'

const binaryOp = raw('_BinaryenBinaryGetOp')
const binaryLeft = raw('_BinaryenBinaryGetLeft')
const binaryRight = raw('_BinaryenBinaryGetRight')
const unaryOp = raw('_BinaryenUnaryGetOp')
const unaryValue = raw('_BinaryenUnaryGetValue')
const loadBytes = raw('_BinaryenLoadGetBytes')
const switchCondition = raw('_BinaryenSwitchGetCondition')

export const WIDTHS: Readonly<Record<OperandType, number>> = { i32: 4, f32: 4, i64: 8, f64: 8, v128: 16 }

/** One record that a node writes. */
export interface Site {
  readonly id: number
  /** Bytes 4 to 6 of a record: kind, width and flags. */
  readonly meta: number
}

export interface NodePlan {
  readonly type: OperandType
  readonly site: Site
  /** The loads that the operands come from, and the record that holds what lies there. */
  readonly places: { readonly site: Site; readonly left: ExpressionRef; readonly right: ExpressionRef } | null
}

export interface FunctionPlan {
  /** Compares, and differences that are tested for zero. */
  readonly nodes: Map<ExpressionRef, NodePlan>
  readonly switches: Map<ExpressionRef, Site>
  /** Loads whose addresses are to be remembered. */
  readonly loads: Set<ExpressionRef>
  routine: (Routine & { readonly site: Site }) | null
}

export interface ComparePlan {
  readonly functions: Map<number, FunctionPlan>
  /** How many records of different places there are. */
  readonly sites: number
}

/** `exports` names functions by their internal names. */
export function planCompares(context: PassContext, exports: ReadonlyMap<string, string>): ComparePlan {
  const planner = new Planner(context.options.siteBase ?? 0)
  const functions = new Map<number, FunctionPlan>()
  for (const original of context.functions)
    functions.set(original.func, planner.plan(original, exports.get(original.internalName)))
  return { functions, sites: planner.sites }
}

class Planner {
  readonly #siteBase: number
  #sites = 0

  constructor(siteBase: number) {
    this.#siteBase = siteBase
  }

  get sites(): number {
    return this.#sites
  }

  plan(original: OriginalFunction, exportName: string | undefined): FunctionPlan {
    const plan: FunctionPlan = { nodes: new Map(), switches: new Map(), loads: new Set(), routine: null }
    const routine = routineOf(original, exportName)
    const site = routine && this.#site(routine.kind, 1, 0)
    if (routine && site) plan.routine = { ...routine, site }
    const sources = new Sources()
    walkFunction(original.func, {
      after: (ref, id) => {
        if (id === ID.localSet) sources.set(ref)
        else if (id === ID.binary) this.#binary(plan, sources, ref)
        else if (id === ID.unary && ZERO_TESTS.has(unaryOp(ref))) this.#tested(plan, sources, unaryValue(ref))
        else if (id === ID.switch) this.#switch(plan, ref)
        else this.#condition(plan, sources, ref, id)
        return ref
      },
    })
    return plan
  }

  #site(kind: number, width: number, flags: number): Site | null {
    if (this.#siteBase + this.#sites >= COMPARES_SITES_MAX) return null
    return { id: this.#siteBase + this.#sites++, meta: kind | (width << 8) | (flags << 16) }
  }

  #binary(plan: FunctionPlan, sources: Sources, ref: ExpressionRef): void {
    const operator = COMPARE_OPERATORS.get(binaryOp(ref))
    if (operator === undefined) return
    const { type, kind, signed } = operator
    if (kind === COMPARE_EQUAL) {
      if (isZero(binaryRight(ref)) && this.#tested(plan, sources, binaryLeft(ref))) return
      if (isZero(binaryLeft(ref)) && this.#tested(plan, sources, binaryRight(ref))) return
    }
    this.#operands(plan, sources, ref, type, kind, signed ? COMPARE_FLAG_SIGNED : 0)
  }

  /** A value of which only matters whether it is zero; true where it is made of differences. */
  #tested(plan: FunctionPlan, sources: Sources, ref: ExpressionRef): boolean {
    const id = expressionId(ref)
    if (id === ID.unary && WIDENINGS.has(unaryOp(ref))) return this.#tested(plan, sources, unaryValue(ref))
    if (id !== ID.binary) return false
    if (JOINS.has(binaryOp(ref))) {
      const left = this.#tested(plan, sources, binaryLeft(ref))
      return this.#tested(plan, sources, binaryRight(ref)) || left
    }
    const mask = MASKS.get(binaryOp(ref))
    const masked = mask !== undefined && hasBits(binaryRight(ref)) ? mask : undefined
    const type = masked ?? DIFFERENCES.get(binaryOp(ref))
    if (type === undefined) return false
    this.#operands(plan, sources, ref, type, COMPARE_EQUAL, masked ? COMPARE_FLAG_MASK : 0)
    return true
  }

  #condition(plan: FunctionPlan, sources: Sources, ref: ExpressionRef, id: number): void {
    const slot = id === ID.if ? 0 : id === ID.break ? 1 : id === ID.select ? 2 : -1
    const condition = slot < 0 ? 0 : child(ref, id, slot)
    if (condition !== 0) this.#tested(plan, sources, condition)
  }

  #operands(
    plan: FunctionPlan,
    sources: Sources,
    ref: ExpressionRef,
    type: OperandType,
    kind: number,
    flags: number,
  ): void {
    const [left, right] = [binaryLeft(ref), binaryRight(ref)]
    if (plan.nodes.has(ref) || [left, right].some((operand) => expressionType(operand) === TYPE.unreachable)) return
    const [leftConstant, rightConstant] = [left, right].map((operand) => expressionId(operand) === ID.const)
    if (leftConstant && rightConstant) return
    const constants =
      (leftConstant ? COMPARE_FLAG_LEFT_CONSTANT : 0) | (rightConstant ? COMPARE_FLAG_RIGHT_CONSTANT : 0)
    const site = this.#site(kind, WIDTHS[type], flags | constants)
    if (site) plan.nodes.set(ref, { type, site, places: this.#places(plan, sources.of(left), sources.of(right)) })
  }

  #places(plan: FunctionPlan, left: ExpressionRef, right: ExpressionRef): NodePlan['places'] {
    if (left === 0 || right === 0 || left === right || loadBytes(left) !== loadBytes(right)) return null
    const site = this.#site(COMPARE_PLACES, loadBytes(left), 0)
    if (site === null) return null
    plan.loads.add(left).add(right)
    return { site, left, right }
  }

  #switch(plan: FunctionPlan, ref: ExpressionRef): void {
    if (expressionType(switchCondition(ref)) !== TYPE.i32) return
    const site = this.#site(COMPARE_SWITCH, 4, COMPARE_FLAG_RIGHT_CONSTANT)
    if (site) plan.switches.set(ref, site)
  }
}

const constantI32 = raw('_BinaryenConstGetValueI32')
const constantI64 = raw('_BinaryenConstGetValueI64')

/** A constant of several bits. A single one is a flag, which coverage tells of, and there are many. */
function hasBits(ref: ExpressionRef): boolean {
  if (expressionId(ref) !== ID.const) return false
  const value = expressionType(ref) === TYPE.i32 ? BigInt(constantI32(ref)) : BigInt(constantI64(ref))
  return (value & (value - 1n)) !== 0n
}

function isZero(ref: ExpressionRef): boolean {
  if (expressionId(ref) !== ID.const) return false
  const type = expressionType(ref)
  return (type === TYPE.i32 && constantI32(ref) === 0) || (type === TYPE.i64 && Number(constantI64(ref)) === 0)
}
