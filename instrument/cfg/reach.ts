// Which functions can have a call of certain imports below them on the stack, and what they contain that could be in the
// way of unwinding them there.
//
// All functions of the module are looked at, those of inserted code too. An indirect call may reach every function and
// import of its signature; call_ref may reach anything.

import {
  type ExpressionRef,
  type NamePointer,
  TYPE,
  type TypeRef,
  binaryen,
  expressionType,
  modulePointer,
  raw,
  text,
} from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import { ID } from '../kinds.ts'
import { walkFunction } from '../walk.ts'

const functionCount = raw('_BinaryenGetNumFunctions')
const functionAt = raw('_BinaryenGetFunctionByIndex')
const functionName = raw('_BinaryenFunctionGetName')
const functionBody = raw('_BinaryenFunctionGetBody')
const functionParams = raw('_BinaryenFunctionGetParams')
const functionResults = raw('_BinaryenFunctionGetResults')
const importModule = raw('_BinaryenFunctionImportGetModule')
const importBase = raw('_BinaryenFunctionImportGetBase')
const varCount = raw('_BinaryenFunctionGetNumVars')
const varAt = raw('_BinaryenFunctionGetVar')
const callTarget = raw('_BinaryenCallGetTarget')
const callIsReturn = raw('_BinaryenCallIsReturn')
const indirectParams = raw('_BinaryenCallIndirectGetParams')
const indirectResults = raw('_BinaryenCallIndirectGetResults')
const indirectIsReturn = raw('_BinaryenCallIndirectIsReturn')
const refIsReturn = raw('_BinaryenCallRefIsReturn')
const isNullable = raw('_BinaryenTypeIsNullable')

const NUMERIC: ReadonlySet<TypeRef> = new Set([TYPE.i32, TYPE.i64, TYPE.f32, TYPE.f64, TYPE.v128])

/** Somebody who may be called: a function by its name, or everybody of a signature. */
type Callee = NamePointer | string

const ANYBODY = 'any'

/** One function, as far as calls and their surroundings go. */
export interface Reached {
  readonly func: number
  readonly name: string
  readonly isImport: boolean
  readonly calls: ReadonlySet<Callee>
  /** What it calls from inside a catch block. */
  readonly catchCalls: ReadonlySet<Callee>
  readonly callsByReference: boolean
  readonly hasTryTable: boolean
  readonly hasTailCall: boolean
  /** It has a parameter, result or variable, or calls something with a result, that is no single number. */
  readonly holdsReferences: boolean
  /** A call has a result for which there is no zero. */
  readonly callsWithoutZero: boolean
}

export class Reach {
  readonly functions: readonly Reached[]
  readonly #reaching = new Set<Reached>()
  readonly #callees = new Map<Callee, Reached[]>()

  /** `imports` as "module name". */
  constructor(context: PassContext, imports: ReadonlySet<string>) {
    const pointer = modulePointer(context.module)
    const functions: Reached[] = []
    const ends: Reached[] = []
    for (let i = 0; i < functionCount(pointer); i++) {
      const func = functionAt(pointer, i)
      const read = readFunction(func)
      functions.push(read)
      const signature = keyOf(functionParams(func), functionResults(func))
      for (const callee of [functionName(func), signature, ANYBODY]) this.#add(callee, read)
      if (read.isImport && imports.has(`${text(importModule(func))} ${text(importBase(func))}`)) ends.push(read)
    }
    this.functions = functions
    this.#spread(ends)
  }

  #add(callee: Callee, called: Reached): void {
    const known = this.#callees.get(callee)
    if (known === undefined) this.#callees.set(callee, [called])
    else known.push(called)
  }

  /** From the imports back to whoever may call what reaches them. */
  #spread(ends: readonly Reached[]): void {
    const callers = new Map<Callee, Reached[]>()
    for (const caller of this.functions)
      for (const callee of caller.calls) {
        const known = callers.get(callee)
        if (known === undefined) callers.set(callee, [caller])
        else known.push(caller)
      }
    const open = [...ends]
    for (const end of ends) this.#reaching.add(end)
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { func } = next
      for (const name of [functionName(func), keyOf(functionParams(func), functionResults(func)), ANYBODY])
        for (const caller of callers.get(name) ?? []) {
          if (this.#reaching.has(caller)) continue
          this.#reaching.add(caller)
          open.push(caller)
        }
    }
  }

  /** Functions with a body that can be on the stack when one of the imports is called. */
  get reaching(): Reached[] {
    return this.functions.filter((item) => !item.isImport && this.#reaching.has(item))
  }

  /** True where calling this may lead to one of the imports. */
  leadsThere(callee: Callee): boolean {
    return (this.#callees.get(callee) ?? []).some((called) => this.#reaching.has(called))
  }
}

function readFunction(func: number): Reached {
  const calls = new Set<Callee>()
  const catchCalls = new Set<Callee>()
  const found = { callsByReference: false, hasTryTable: false, hasTailCall: false, holdsReferences: false }
  let callsWithoutZero = false
  let catching = 0
  /** Open `try` nodes whose catch blocks have been entered. */
  const open: ExpressionRef[] = []
  walkFunction(func, {
    before(parent, id, slot) {
      if (id !== ID.try || slot === 0 || open.at(-1) === parent) return
      open.push(parent)
      catching++
    },
    after(ref, id) {
      if (id === ID.try && open.at(-1) === ref) {
        open.pop()
        catching--
      }
      if (id === ID.tryTable || id === ID.brOn) found.hasTryTable = true
      if (id !== ID.call && id !== ID.callIndirect && id !== ID.callRef) return ref
      const callee = calleeOf(ref, id)
      calls.add(callee)
      if (catching > 0) catchCalls.add(callee)
      found.callsByReference ||= id === ID.callRef
      found.hasTailCall ||= isTailCall(ref, id)
      const results = binaryen.expandType(expressionType(ref))
      found.holdsReferences ||= !areNumbers(results)
      callsWithoutZero ||= results.some((type) => !isNumber(type) && isNullable(type) === 0)
      return ref
    },
  })
  const own = [...binaryen.expandType(functionParams(func)), ...binaryen.expandType(functionResults(func))]
  if (functionBody(func) !== 0)
    for (let i = 0; i < varCount(func); i++) own.push(...binaryen.expandType(varAt(func, i)))
  found.holdsReferences ||= !own.every(isNumber) || binaryen.expandType(functionResults(func)).length > 1
  const isImport = functionBody(func) === 0
  return { func, name: text(functionName(func)), isImport, calls, catchCalls, callsWithoutZero, ...found }
}

function calleeOf(ref: ExpressionRef, id: number): Callee {
  if (id === ID.call) return callTarget(ref)
  return id === ID.callRef ? ANYBODY : keyOf(indirectParams(ref), indirectResults(ref))
}

function isTailCall(ref: ExpressionRef, id: number): boolean {
  if (id === ID.call) return callIsReturn(ref) !== 0
  return (id === ID.callIndirect ? indirectIsReturn(ref) : refIsReturn(ref)) !== 0
}

const isNumber = (type: TypeRef): boolean => NUMERIC.has(type) || type === TYPE.none || type === TYPE.unreachable

function areNumbers(types: readonly TypeRef[]): boolean {
  return types.length <= 1 && types.every(isNumber)
}

/** Signatures with references are not compared, because subtypes could differ. */
function keyOf(params: TypeRef, results: TypeRef): string {
  const types = [...binaryen.expandType(params), ...binaryen.expandType(results)]
  return types.every(isNumber) ? `${params}:${results}` : ANYBODY
}
