// All marks that a module can call, read from its code: so that one which no run ever reached is known to be missing.
//
//   call of an import of "fuzzbox" ──► operands of its message ──► constants ──► text from the data segments
import { MARK_MESSAGE_MAX, MARK_UTF16 } from '../../assembly/abi.ts'
import { type ExpressionRef, binaryen, modulePointer, raw, text } from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import type { MarkCatalogue, MarkSite } from '../types.ts'
import { walkFunction } from '../walk.ts'
import { valueOf, type Locals } from './constants.ts'
import { InitialMemory } from './data.ts'

const MODULE = 'fuzzbox'
/** Kinds of marks, and which operand of each is the address of its message; its length is the next one. */
const MESSAGE_OPERAND: Readonly<Record<string, number>> = {
  always: 1,
  always_or_unreachable: 1,
  sometimes: 1,
  reachable: 0,
  unreachable: 0,
  always_gt: 2,
  always_ge: 2,
  always_lt: 2,
  always_le: 2,
  sometimes_gt: 2,
  sometimes_ge: 2,
  sometimes_lt: 2,
  sometimes_le: 2,
  sometimes_all: 2,
  each: 4,
}

const functionBody = raw('_BinaryenFunctionGetBody')
const callTarget = raw('_BinaryenCallGetTarget')
const callOperand = raw('_BinaryenCallGetOperandAt')
const setIndex = raw('_BinaryenLocalSetGetIndex')
const setValue = raw('_BinaryenLocalSetGetValue')
const parameters = raw('_BinaryenFunctionGetParams')

/** Null for a module without marks. Must come before the first pass, which takes imports out. */
export function readCatalogue(context: PassContext): MarkCatalogue | null {
  const kinds = importedMarks(context)
  if (kinds.size === 0) return null
  const memory = new InitialMemory(context.state.wasm)
  const found = new Map<string, MarkSite>()
  let unresolved = 0
  for (const { func } of context.functions) {
    const { calls, locals } = callsIn(func, kinds)
    for (const call of calls) {
      const name = kinds.get(text(callTarget(call)))!
      const message = messageOf(call, MESSAGE_OPERAND[name]!, locals, memory)
      const kind = name.replaceAll('_', '-')
      if (message === null) unresolved++
      else found.set(`${kind} ${message}`, { kind, message })
    }
  }
  return { sites: [...found.values()], unresolved }
}

/** Internal names of the imports that are marks, and their kinds. */
function importedMarks({ module }: PassContext): Map<string, string> {
  const pointer = modulePointer(module)
  const kinds = new Map<string, string>()
  for (let i = 0; i < module.getNumFunctions(); i++) {
    const func = raw('_BinaryenGetFunctionByIndex')(pointer, i)
    if (functionBody(func) !== 0 || text(raw('_BinaryenFunctionImportGetModule')(func)) !== MODULE) continue
    const name = text(raw('_BinaryenFunctionImportGetBase')(func))
    if (Object.hasOwn(MESSAGE_OPERAND, name)) kinds.set(text(raw('_BinaryenFunctionGetName')(func)), name)
  }
  return kinds
}

function callsIn(func: number, kinds: ReadonlyMap<string, string>): { calls: ExpressionRef[]; locals: Locals } {
  const calls: ExpressionRef[] = []
  const locals = new Map<number, ExpressionRef | null>()
  // A parameter is written by each caller.
  binaryen.expandType(parameters(func)).forEach((_, index) => locals.set(index, null))
  walkFunction(func, {
    after(ref, id) {
      if (id === binaryen.CallId && kinds.has(text(callTarget(ref)))) calls.push(ref)
      if (id === binaryen.LocalSetId) {
        const index = setIndex(ref)
        locals.set(index, locals.has(index) ? null : setValue(ref))
      }
      return ref
    },
  })
  return { calls, locals }
}

function messageOf(call: ExpressionRef, operand: number, locals: Locals, memory: InitialMemory): string | null {
  const address = valueOf(callOperand(call, operand), locals, memory)
  const length = valueOf(callOperand(call, operand + 1), locals, memory)
  if (address === null || length === null) return null
  const wide = (length & MARK_UTF16) !== 0
  const units = Math.min((wide ? length & ~MARK_UTF16 : length) >>> 0, MARK_MESSAGE_MAX)
  const bytes = units === 0 ? new Uint8Array() : memory.read(address >>> 0, wide ? 2 * units : units)
  return bytes && new TextDecoder(wide ? 'utf-16le' : 'utf-8', { ignoreBOM: true }).decode(bytes)
}
