// How the host and the engine's functions reach the target's memory: peek, peekLong, poke, copyIn, copyOut, grow, size.
//
// All of them trap out of bounds, as an access of the target's own does. What they write is marked after it is written.
// A module without memory has them too, so that no slot stays empty: they trap, its size is 0 and it never grows.
import { MARKS_BASE } from '../../assembly/abi.ts'
import { type ExpressionRef, TYPE, type TypeRef } from '../binaryen.ts'
import type { PassContext } from '../context.ts'
import { GROW, PAGES_GLOBAL } from '../passes/limits.ts'
import { ADDED } from '../types.ts'
import { Code } from './code.ts'

export function addAccess(context: PassContext): void {
  if (context.targetMemory === null) addAbsent(context)
  else addPresent(context)
}

function addAbsent(context: PassContext): void {
  const trap = (name: string, params: number, result: TypeRef): void => {
    const code = new Code(context, new Array<number>(params).fill(TYPE.i32))
    code.define(name, result, [code.module.unreachable()])
  }
  trap(ADDED.peek, 1, TYPE.i32)
  trap(ADDED.peekLong, 1, TYPE.i64)
  trap(ADDED.poke, 2, TYPE.none)
  trap(ADDED.copyIn, 3, TYPE.none)
  trap(ADDED.copyOut, 3, TYPE.none)
  const grow = new Code(context, [TYPE.i32])
  grow.define(ADDED.grow, TYPE.i32, [grow.const(-1)])
  const size = new Code(context, [])
  size.define(ADDED.size, TYPE.i32, [size.const(0)])
}

function addPresent(context: PassContext): void {
  const limited = context.module.getGlobal(PAGES_GLOBAL) !== 0
  const peek = new Code(context, [TYPE.i32])
  peek.define(ADDED.peek, TYPE.i32, [peek.module.i32.load8_u(0, 1, peek.get(0), peek.target)])

  const peekLong = new Code(context, [TYPE.i32])
  peekLong.define(ADDED.peekLong, TYPE.i64, [peekLong.module.i64.load(0, 1, peekLong.get(0), peekLong.target)])

  const poke = new Code(context, [TYPE.i32, TYPE.i32])
  poke.define(ADDED.poke, TYPE.none, [
    poke.module.i32.store8(0, 1, poke.get(0), poke.get(1), poke.target),
    mark(poke, poke.shr(poke.get(0), context.map.granuleShift)),
  ])
  addCopyIn(context)

  const copyOut = new Code(context, [TYPE.i32, TYPE.i32, TYPE.i32])
  copyOut.define(ADDED.copyOut, TYPE.none, [
    copyOut.module.memory.copy(copyOut.get(0), copyOut.get(1), copyOut.get(2), copyOut.engine, copyOut.target),
  ])

  const grow = new Code(context, [TYPE.i32])
  grow.define(ADDED.grow, TYPE.i32, [
    limited ? grow.call(GROW, [grow.get(0)], TYPE.i32) : grow.module.memory.grow(grow.get(0), grow.target),
  ])
  const size = new Code(context, [])
  size.define(ADDED.size, TYPE.i32, [
    limited ? size.module.global.get(PAGES_GLOBAL, TYPE.i32) : size.module.memory.size(size.target),
  ])
}

function mark(code: Code, granule: ExpressionRef): ExpressionRef {
  return code.module.i32.store8(MARKS_BASE, 1, granule, code.const(1), code.engine)
}

/** copyIn(target, engine, bytes): a copy, then a mark for each granule from its first byte to its last. */
function addCopyIn(context: PassContext): void {
  const code = new Code(context, [TYPE.i32, TYPE.i32, TYPE.i32])
  const { module, engine, target } = code
  const shift = context.map.granuleShift
  const [to, from, bytes] = [0, 1, 2]
  const granule = code.local(TYPE.i32)
  const last = code.local(TYPE.i32)
  const lastByte = code.sub(code.add(code.get(to), code.get(bytes)), code.const(1))
  const next = code.tee(granule, code.add(code.get(granule), code.const(1)))
  code.define(ADDED.copyIn, TYPE.none, [
    module.memory.copy(code.get(to), code.get(from), code.get(bytes), target, engine),
    module.if(module.i32.eqz(code.get(bytes)), module.return()),
    code.set(granule, code.shr(code.get(to), shift)),
    code.set(last, code.shr(lastByte, shift)),
    module.loop(
      'mark',
      code.block([mark(code, code.get(granule)), module.br('mark', module.i32.le_u(next, code.get(last)))]),
    ),
  ])
}
