// A function under construction: its locals, and the handful of instructions that inserted code is made of.
import { type ExpressionRef, type Module, TYPE, type TypeRef, binaryen } from '../binaryen.ts'
import type { PassContext } from '../context.ts'

/** Nothing is known about the alignment of a pointer of the target's. */
const UNALIGNED = 1

export class Code {
  readonly module: Module
  readonly engine: string
  private readonly context: PassContext
  private readonly params: readonly TypeRef[]
  private readonly locals: TypeRef[] = []

  constructor(context: PassContext, params: readonly TypeRef[]) {
    this.context = context
    this.module = context.module
    this.engine = context.engineMemory
    this.params = params
  }

  /** The target's memory. Only code for a module that has one may ask for it. */
  get target(): string {
    if (this.context.targetMemory === null) throw new Error('the module has no memory')
    return this.context.targetMemory
  }

  local(type: TypeRef): number {
    return this.params.length + this.locals.push(type) - 1
  }

  get(index: number): ExpressionRef {
    const type = index < this.params.length ? this.params[index]! : this.locals[index - this.params.length]!
    return this.module.local.get(index, type)
  }

  set(index: number, value: ExpressionRef): ExpressionRef {
    return this.module.local.set(index, value)
  }

  tee(index: number, value: ExpressionRef): ExpressionRef {
    const type = index < this.params.length ? this.params[index]! : this.locals[index - this.params.length]!
    return this.module.local.tee(index, value, type)
  }

  const(value: number): ExpressionRef {
    return this.module.i32.const(value | 0)
  }

  add(left: ExpressionRef, right: ExpressionRef): ExpressionRef {
    return this.module.i32.add(left, right)
  }

  sub(left: ExpressionRef, right: ExpressionRef): ExpressionRef {
    return this.module.i32.sub(left, right)
  }

  shl(left: ExpressionRef, bits: number): ExpressionRef {
    return bits === 0 ? left : this.module.i32.shl(left, this.const(bits))
  }

  shr(left: ExpressionRef, bits: number): ExpressionRef {
    return bits === 0 ? left : this.module.i32.shr_u(left, this.const(bits))
  }

  /** A word of the engine's memory at a constant address. */
  loadWord(address: number): ExpressionRef {
    return this.module.i32.load(0, 4, this.const(address), this.engine)
  }

  storeWord(address: number, value: ExpressionRef): ExpressionRef {
    return this.module.i32.store(0, 4, this.const(address), value, this.engine)
  }

  /** Moves 1, 4, 8 or 16 bytes of the engine's memory to the target's. */
  move(bytes: 1 | 4 | 8 | 16, to: ExpressionRef, toOffset: number, from: ExpressionRef, offset: number): ExpressionRef {
    const { module, engine, target } = this
    if (bytes === 1) return module.i32.store8(toOffset, 1, to, module.i32.load8_u(offset, 1, from, engine), target)
    const type = bytes === 4 ? module.i32 : bytes === 8 ? module.i64 : module.v128
    return type.store(toOffset, UNALIGNED, to, type.load(offset, UNALIGNED, from, engine), target)
  }

  /** Stores 1, 4, 8 or 16 zero bytes to the target's memory. */
  clear(bytes: 1 | 4 | 8 | 16, to: ExpressionRef, offset: number): ExpressionRef {
    const { module, target } = this
    if (bytes === 1) return module.i32.store8(offset, 1, to, this.const(0), target)
    if (bytes === 4) return module.i32.store(offset, UNALIGNED, to, this.const(0), target)
    if (bytes === 8) return module.i64.store(offset, UNALIGNED, to, module.i64.const(0n), target)
    return module.v128.store(offset, UNALIGNED, to, module.v128.const(new Uint8Array(16)), target)
  }

  block(children: readonly ExpressionRef[], type: TypeRef = TYPE.none): ExpressionRef {
    return this.module.block(null, children, type)
  }

  call(name: string, operands: readonly ExpressionRef[], result: TypeRef = TYPE.none): ExpressionRef {
    return this.module.call(name, operands, result)
  }

  /** Adds the function, and marks it as ours for all later passes. */
  define(name: string, results: TypeRef, body: readonly ExpressionRef[]): void {
    const { module } = this
    const params = binaryen.createType(this.params)
    module.addFunction(name, params, results, this.locals, this.block(body, results))
    this.context.helpers.add(name)
  }
}
