// A function under construction: its locals, and the handful of instructions that inserted code is made of.
import { type ExpressionRef, type Module, TYPE, type TypeRef, binaryen } from '../binaryen.ts'
import type { PassContext } from '../context.ts'

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
