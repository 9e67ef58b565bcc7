// `run(length)`: one execution. Copies the input in, clears what a longer input left behind, calls the entry.
//
// The input buffer is not marked as written: `run` itself keeps it clean, and the base image holds zeros there. Inputs
// are mostly short, and memory.copy leaves the generated code, so up to 64 bytes move in pieces that may overlap but
// never touch a byte outside:
//
//   33…64 bytes  [16][16]‥[16][16]   16…32  [16]‥[16]   8…15  [8]‥[8]   4…7  [4]‥[4]   1…3  one by one
import { CONTROL_BULK_FUEL, CONTROL_INPUT_ADDRESS, CONTROL_INPUT_DIRTY, INPUT_BASE } from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE, binaryen, modulePointer, raw, text } from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import { refuse } from '../errors.ts'
import { ADDED } from '../types.ts'
import { Code } from './code.ts'

const COPY = 'fuzzbox.run.copy'
const CLEAR = 'fuzzbox.run.clear'
const NEEDED = {
  buffer: '(i32, i32) -> i32 or (i32, i32) -> ()',
  command: '() -> ()',
} as const

export function addRun(context: PassContext): void {
  const { entry } = context.options
  if (entry.kind === 'none') return
  const { name, returns } = findEntry(context, entry.kind, entry.exportName)
  const buffer = entry.kind === 'buffer'
  const code = new Code(context, [TYPE.i32])
  const body = [code.storeWord(CONTROL_BULK_FUEL, code.const(0))]
  const operands: ExpressionRef[] = []
  if (buffer) {
    const address = code.local(TYPE.i32)
    if (context.targetMemory !== null) {
      addMove(context)
      addClear(context)
      body.push(...copyIn(code, address))
    }
    operands.push(context.targetMemory === null ? code.loadWord(CONTROL_INPUT_ADDRESS) : code.get(address), code.get(0))
  }
  body.push(code.call(name, operands, returns ? TYPE.i32 : TYPE.none))
  if (!returns) body.push(code.const(0))
  code.define(ADDED.run, TYPE.i32, body)
}

function findEntry(
  context: PassContext,
  kind: 'buffer' | 'command',
  exportName: string,
): { name: string; returns: boolean } {
  const { module } = context
  const found = functionExports(context)
  const name = found.get(exportName)
  if (name === undefined) throw refuse.noEntry(exportName, [...found.keys()])
  const func = module.getFunction(name)
  const params = spelled(raw('_BinaryenFunctionGetParams')(func))
  const results = spelled(raw('_BinaryenFunctionGetResults')(func))
  const shape = `(${params}) -> ${results === 'i32' ? 'i32' : `(${results})`}`
  const fits = kind === 'command' ? params === '' && results === '' : params === 'i32, i32' && /^(i32)?$/.test(results)
  if (!fits) throw refuse.entrySignature(exportName, shape, NEEDED[kind])
  return { name, returns: results === 'i32' }
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
  const { module } = code
  const dirty = code.local(TYPE.i32)
  const length = 0
  return [
    code.set(address, code.loadWord(CONTROL_INPUT_ADDRESS)),
    code.call(COPY, [code.get(address), code.get(length)]),
    module.if(
      module.i32.gt_u(code.tee(dirty, code.loadWord(CONTROL_INPUT_DIRTY)), code.get(length)),
      code.call(CLEAR, [code.add(code.get(address), code.get(length)), code.sub(code.get(dirty), code.get(length))]),
    ),
    code.storeWord(CONTROL_INPUT_DIRTY, code.get(length)),
  ]
}

/** One move of `bytes` bytes, `offset` bytes from the start, or so many before the end when `fromEnd`. */
type Move = (bytes: 1 | 4 | 8 | 16, offset: number, fromEnd: boolean) => ExpressionRef

/** The ladder drawn above; `far` does what is longer than 64 bytes. */
function ladder(code: Code, length: number, move: Move, far: ExpressionRef): ExpressionRef {
  const { module } = code
  const atLeast = (bytes: number): ExpressionRef => module.i32.ge_u(code.get(length), code.const(bytes))
  const both = (bytes: 4 | 8 | 16): ExpressionRef[] => [move(bytes, 0, false), move(bytes, bytes, true)]
  const tiny = module.if(
    atLeast(1),
    code.block([
      move(1, 0, false),
      module.if(atLeast(2), code.block([move(1, 1, true), module.if(atLeast(3), move(1, 1, false))])),
    ]),
  )
  const small = module.if(atLeast(8), code.block(both(8)), module.if(atLeast(4), code.block(both(4)), tiny))
  const middle = code.block([
    move(16, 0, false),
    module.if(atLeast(33), code.block([move(16, 16, false), move(16, 32, true)])),
    move(16, 16, true),
  ])
  return module.if(atLeast(65), far, module.if(atLeast(16), middle, small))
}

/** copy(address, length): so many bytes of the input to the target's memory. */
function addMove(context: PassContext): void {
  const code = new Code(context, [TYPE.i32, TYPE.i32])
  const { module, engine, target } = code
  const [address, length] = [0, 1]
  // Addresses relative to the end: the input's is a constant plus the length.
  const move: Move = (bytes, offset, fromEnd) =>
    fromEnd
      ? code.move(
          bytes,
          code.sub(code.add(code.get(address), code.get(length)), code.const(offset)),
          0,
          code.get(length),
          INPUT_BASE - offset,
        )
      : code.move(bytes, code.get(address), offset, code.const(INPUT_BASE), offset)
  const far = module.memory.copy(code.get(address), code.const(INPUT_BASE), code.get(length), target, engine)
  code.define(COPY, TYPE.none, [ladder(code, length, move, far)])
}

/** clear(address, length): so many zero bytes to the target's memory. */
function addClear(context: PassContext): void {
  const code = new Code(context, [TYPE.i32, TYPE.i32])
  const { module, target } = code
  const [address, length] = [0, 1]
  const move: Move = (bytes, offset, fromEnd) =>
    fromEnd
      ? code.clear(bytes, code.sub(code.add(code.get(address), code.get(length)), code.const(offset)), 0)
      : code.clear(bytes, code.get(address), offset)
  const far = module.memory.fill(code.get(address), code.const(0), code.get(length), target)
  code.define(CLEAR, TYPE.none, [ladder(code, length, move, far)])
}
