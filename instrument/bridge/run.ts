// `run(length)`: one execution. Copies the input in, clears what a longer input left behind, calls the entry. What an entry
// with arguments of its own needs instead is in run-typed.ts.
//
// The input buffer is not marked as written: `run` itself keeps it clean, and the base image holds zeros there.
// memory.copy does for short inputs too: a ladder of inline moves up to 64 bytes measured no faster (V8 14.6).
import { CONTROL_BULK_FUEL, CONTROL_INPUT_ADDRESS, CONTROL_INPUT_DIRTY, INPUT_BASE } from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE, type TypeRef, binaryen, modulePointer, raw, text } from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import { refuse } from '../errors.ts'
import { ADDED, type ArgumentType, type EntryPlan } from '../types.ts'
import { Code } from './code.ts'
import { PARAMETERS, parametersOf } from './arguments.ts'
import { callTyped } from './run-typed.ts'

const NEEDED = {
  buffer: '(i32, i32) -> i32 or (i32, i32) -> ()',
  command: '() -> ()',
  simulation: '() -> i32 or () -> ()',
} as const

export function addRun(context: PassContext): void {
  const { entry } = context.options
  if (entry.kind === 'none') return
  const found = findEntry(context, entry)
  const code = new Code(context, [TYPE.i32])
  // A build for the explorer comes here again in the middle of a run: the engine clears the word when one begins.
  const body = context.options.forkAt === undefined ? [code.storeWord(CONTROL_BULK_FUEL, code.const(0))] : []
  if (entry.kind === 'typed') body.push(...callTyped(context, code, entry.types, found), code.const(0))
  else body.push(...callPlain(context, code, entry.kind === 'buffer', found))
  code.define(ADDED.run, TYPE.i32, body)
}

function callPlain(context: PassContext, code: Code, buffer: boolean, { name, returns }: Entry): ExpressionRef[] {
  const body: ExpressionRef[] = []
  const operands: ExpressionRef[] = []
  if (buffer) {
    const address = code.local(TYPE.i32)
    if (context.targetMemory !== null) {
      body.push(...copyIn(code, address))
    }
    operands.push(context.targetMemory === null ? code.loadWord(CONTROL_INPUT_ADDRESS) : code.get(address), code.get(0))
  }
  body.push(code.call(name, operands, returns ? TYPE.i32 : TYPE.none))
  if (!returns) body.push(code.const(0))
  return body
}

export interface Entry {
  /** Its internal name. */
  readonly name: string
  readonly params: readonly string[]
  readonly results: TypeRef
  /** True where it returns one i32. */
  readonly returns: boolean
}

function findEntry(context: PassContext, entry: Exclude<EntryPlan, { kind: 'none' }>): Entry {
  const { module } = context
  const { kind, exportName } = entry
  const found = functionExports(context)
  const name = found.get(exportName)
  if (name === undefined) throw refuse.noEntry(exportName, [...found.keys()])
  const func = module.getFunction(name)
  const params = spelled(raw('_BinaryenFunctionGetParams')(func))
  const resultType = raw('_BinaryenFunctionGetResults')(func)
  const results = spelled(resultType)
  const shape = `(${params}) -> ${results === 'i32' ? 'i32' : `(${results})`}`
  if (!fits(entry, params, results)) {
    throw refuse.entrySignature(exportName, shape, kind === 'typed' ? neededBy(entry.types) : NEEDED[kind])
  }
  return { name, params: params.split(', '), results: resultType, returns: results === 'i32' }
}

function fits(entry: Exclude<EntryPlan, { kind: 'none' }>, params: string, results: string): boolean {
  if (entry.kind === 'command') return params === '' && results === ''
  if (entry.kind === 'simulation') return params === '' && /^(i32)?$/.test(results)
  if (entry.kind === 'buffer') return params === 'i32, i32' && /^(i32)?$/.test(results)
  return parametersOf(entry.types, params.split(', ')) !== null
}

function neededBy(types: readonly ArgumentType[]): string {
  return `(${types.map((type) => PARAMETERS[type].join(', ')).join(', ')}) -> anything`
}

/** Exported functions: internal names by the names they are exported under. */
function functionExports(context: PassContext): Map<string, string> {
  const { module } = context
  const found = new Map<string, string>()
  for (let i = 0; i < module.getNumExports(); i++) {
    const item = raw('_BinaryenGetExportByIndex')(modulePointer(module), i)
    if (raw('_BinaryenExportGetKind')(item) !== binaryen.ExternalFunction) continue
    found.set(text(raw('_BinaryenExportGetName')(item)), text(raw('_BinaryenExportGetValue')(item)))
  }
  return found
}

const SPELLINGS = new Map(
  (['i32', 'i64', 'f32', 'f64', 'v128'] as const).map((name) => [binaryen[name] as number, name as string]),
)

function spelled(type: number): string {
  return binaryen
    .expandType(type)
    .map((part) => SPELLINGS.get(part) ?? 'ref')
    .join(', ')
}

function copyIn(code: Code, address: number): ExpressionRef[] {
  const { module, engine, target } = code
  const dirty = code.local(TYPE.i32)
  const length = 0
  const end = code.add(code.get(address), code.get(length))
  const leftover = code.sub(code.get(dirty), code.get(length))
  return [
    code.set(address, code.loadWord(CONTROL_INPUT_ADDRESS)),
    module.memory.copy(code.get(address), code.const(INPUT_BASE), code.get(length), target, engine),
    module.if(
      module.i32.gt_u(code.tee(dirty, code.loadWord(CONTROL_INPUT_DIRTY)), code.get(length)),
      module.memory.fill(end, code.const(0), leftover, target),
    ),
    code.storeWord(CONTROL_INPUT_DIRTY, code.get(length)),
  ]
}
