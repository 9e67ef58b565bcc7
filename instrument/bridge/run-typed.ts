// The part of `run(length)` that fills the parameters of an entry from a record (assembly/record.ts draws it).
//
//   engine    │ 01 │ 2a 00 00 00 │ 03 00 00 00 │ f o o │ 02 00 00 00 │ h i │
//                                    length ──────► clipped to what the record has left
//   target    │ f o o 0 0 … 0 │ h i 0 0 … 0 │       at the input's place, each on 16 bytes, at least 16 zeros between them
//
// Numbers are loaded straight from the engine's memory. The place in the record is at no time beyond the record's end, so no
// length that it claims leads out of the input; a number that is cut short is read by `part`, which puts zeros for what is
// missing. What the execution before left in the target's memory is cleared first, all of it, so the gaps are zeros.
import { ARGUMENT_GAP_BYTES, CONTROL_INPUT_ADDRESS, CONTROL_INPUT_DIRTY, INPUT_BASE } from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE, type TypeRef } from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import type { ArgumentType } from '../types.ts'
import { RECORD_BYTES, parametersOf } from './arguments.ts'
import type { Entry } from './run.ts'
import { Code } from './code.ts'

const PART = 'fuzzbox.run.part'
const LENGTH = 0

/** Where the reading of the record is. */
interface Reader {
  readonly code: Code
  /** Local: the first byte of the record that is not read yet; never more than its length. */
  readonly from: number
  /** Local: the next free address at the input's place. */
  readonly to: number
}

export function callTyped(
  context: PassContext,
  code: Code,
  types: readonly ArgumentType[],
  { name, params, results }: Entry,
): ExpressionRef[] {
  addPart(context)
  const { module } = code
  const reader: Reader = { code, from: code.local(TYPE.i32), to: code.local(TYPE.i32) }
  const filled = parametersOf(types, params)!
  const body: ExpressionRef[] = []
  const operands: ExpressionRef[] = []
  const copies = types.some(isVariable)
  if (copies) body.push(...clear(reader))
  types.forEach((type, index) => {
    if (isVariable(type)) body.push(...readBytes(reader, operands))
    else body.push(...readNumber(reader, type, filled[index]![0]!, operands))
  })
  if (copies) body.push(...noteEnd(reader))
  const call = code.call(name, operands, results)
  body.push(results === TYPE.none ? call : module.drop(call))
  return body
}

function isVariable(type: ArgumentType): boolean {
  return RECORD_BYTES[type] === null
}

function clear({ code, to }: Reader): ExpressionRef[] {
  const { module } = code
  const place = code.tee(to, code.loadWord(CONTROL_INPUT_ADDRESS))
  return [module.memory.fill(place, code.const(0), code.loadWord(CONTROL_INPUT_DIRTY), code.target)]
}

/** All up to the place for one argument more may have been written. */
function noteEnd({ code, to }: Reader): ExpressionRef[] {
  return [code.storeWord(CONTROL_INPUT_DIRTY, code.sub(code.get(to), code.loadWord(CONTROL_INPUT_ADDRESS)))]
}

/** Sets a local to one number of the record and goes past it. */
function readNumber(
  { code, from }: Reader,
  type: ArgumentType,
  param: string,
  operands: ExpressionRef[],
): ExpressionRef[] {
  const { module } = code
  const bytes = RECORD_BYTES[type]!
  const value = code.local(TYPE[param as 'i32' | 'i64' | 'f32' | 'f64'])
  operands.push(code.get(value))
  const { whole, part } = loads(code, type, param, from)
  const end = code.add(code.get(from), code.const(bytes))
  const isWhole = module.i32.le_u(end, code.get(LENGTH))
  return [
    module.if(
      isWhole,
      code.block([code.set(value, whole), code.set(from, code.add(code.get(from), code.const(bytes)))]),
      code.block([code.set(value, part), code.set(from, code.get(LENGTH))]),
    ),
  ]
}

/** A number as its parameter has it: all of it loaded at once, or made of the part that is there. */
function loads(
  code: Code,
  type: ArgumentType,
  param: string,
  from: number,
): { whole: ExpressionRef; part: ExpressionRef } {
  const { module, engine } = code
  const { i32, i64, f32, f64 } = module
  const at = code.get(from)
  const bytes = RECORD_BYTES[type]!
  const part = code.call(PART, [code.get(from), code.get(LENGTH), code.const(bytes)], TYPE.i64)
  const word = (): ExpressionRef => i32.wrap(part)
  if (type === 'f64') return { whole: f64.load(INPUT_BASE, 1, at, engine), part: f64.reinterpret(part) }
  if (type === 'f32') return { whole: f32.load(INPUT_BASE, 1, at, engine), part: f32.reinterpret(word()) }
  if (param === 'i64') return { whole: i64.load(INPUT_BASE, 1, at, engine), part }
  switch (type) {
    case 'bool':
      // A byte that is cut short is not there at all.
      return { whole: i32.ne(i32.load8_u(INPUT_BASE, 1, at, engine), code.const(0)), part: word() }
    case 'u8':
      return { whole: i32.load8_u(INPUT_BASE, 1, at, engine), part: word() }
    case 'i8':
      return { whole: i32.load8_s(INPUT_BASE, 1, at, engine), part: word() }
    case 'u16':
      return { whole: i32.load16_u(INPUT_BASE, 1, at, engine), part: word() }
    case 'i16':
      // Its upper byte, and the sign in it, is what can be missing.
      return { whole: i32.load16_s(INPUT_BASE, 1, at, engine), part: word() }
    default:
      return { whole: i32.load(INPUT_BASE, 1, at, engine), part: word() }
  }
}

/** Copies one argument of bytes to the target, and goes past it and, there, past a gap. */
function readBytes(reader: Reader, operands: ExpressionRef[]): ExpressionRef[] {
  const { code, from, to } = reader
  const { module } = code
  const size: ExpressionRef[] = []
  const read = readNumber(reader, 'u32', 'i32', size)
  const pointer = code.local(TYPE.i32)
  const length = code.local(TYPE.i32)
  operands.push(code.get(pointer), code.get(length))
  const claimed = code.tee(length, size[0]!)
  const left = code.local(TYPE.i32)
  const source = code.add(code.get(from), code.const(INPUT_BASE))
  const end = code.add(code.add(code.get(to), code.get(length)), code.const(2 * ARGUMENT_GAP_BYTES - 1))
  return [
    ...read,
    code.set(left, code.sub(code.get(LENGTH), code.get(from))),
    module.if(module.i32.gt_u(claimed, code.get(left)), code.set(length, code.get(left))),
    module.memory.copy(code.tee(pointer, code.get(to)), source, code.get(length), code.target, code.engine),
    code.set(from, code.add(code.get(from), code.get(length))),
    code.set(to, module.i32.and(end, code.const(-ARGUMENT_GAP_BYTES))),
  ]
}

/** part(from, length, bytes) → i64: the bytes that the record still has, as a number; what is missing is 0. */
function addPart(context: PassContext): void {
  const code = new Code(context, [TYPE.i32, TYPE.i32, TYPE.i32])
  const { module, engine } = code
  const { i64 } = module
  const [from, length, bytes] = [0, 1, 2]
  const sum = code.local(TYPE.i64 as TypeRef)
  const shift = code.local(TYPE.i64 as TypeRef)
  const next = i64.shl(i64.load8_u(INPUT_BASE, 1, code.get(from), engine), code.get(shift))
  code.define(PART, TYPE.i64, [
    module.loop(
      'next',
      module.if(
        module.i32.and(
          module.i32.lt_u(code.get(from), code.get(length)),
          module.i32.ne(code.get(bytes), code.const(0)),
        ),
        code.block([
          code.set(sum, i64.or(code.get(sum), next)),
          code.set(shift, i64.add(code.get(shift), i64.const(8n))),
          code.set(from, code.add(code.get(from), code.const(1))),
          code.set(bytes, code.sub(code.get(bytes), code.const(1))),
          module.br('next'),
        ]),
      ),
    ),
    code.get(sum),
  ])
}
