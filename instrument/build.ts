// Nodes that passes insert, built with the C functions directly: one call and no string conversion each.

import { type ExpressionRef, type Module, type TypeRef, TYPE, cString, modulePointer, raw } from './binaryen.ts'

const allocate = raw('_malloc')
const release = raw('_free')
const writeWord = raw('__i32_store')
const constant = raw('_BinaryenConst')
const literalSize = raw('_BinaryenSizeofLiteral')()
const literalInt32 = raw('_BinaryenLiteralInt32')
const block = raw('_BinaryenBlock')
const binary = raw('_BinaryenBinary')
const unary = raw('_BinaryenUnary')
const load = raw('_BinaryenLoad')
const store = raw('_BinaryenStore')
const localGet = raw('_BinaryenLocalGet')
const localSet = raw('_BinaryenLocalSet')
const localTee = raw('_BinaryenLocalTee')
const globalGet = raw('_BinaryenGlobalGet')
const globalSet = raw('_BinaryenGlobalSet')
const makeIf = raw('_BinaryenIf')
const makeBreak = raw('_BinaryenBreak')
const makeSwitch = raw('_BinaryenSwitch')
const makeCall = raw('_BinaryenCall')
const makeReturn = raw('_BinaryenReturn')
const makeUnreachable = raw('_BinaryenUnreachable')
const drop = raw('_BinaryenDrop')
const memoryFill = raw('_BinaryenMemoryFill')
const memoryCopy = raw('_BinaryenMemoryCopy')
const memoryInit = raw('_BinaryenMemoryInit')
const addVar = raw('_BinaryenFunctionAddVar')
const addFunction = raw('_BinaryenAddFunction')
const createType = raw('_BinaryenTypeCreate')

export const OP = {
  add: raw('_BinaryenAddInt32')(),
  sub: raw('_BinaryenSubInt32')(),
  shrU: raw('_BinaryenShrUInt32')(),
  geU: raw('_BinaryenGeUInt32')(),
  eqz: raw('_BinaryenEqZInt32')(),
} as { readonly [name in 'add' | 'sub' | 'shrU' | 'geU' | 'eqz']: number }

/** Adds a local variable to a function and returns its index. */
export function addLocal(func: number, type: TypeRef): number {
  return addVar(func, type)
}

/** Builds nodes in one module. Names are converted once and kept. */
export class Builder {
  readonly pointer: number
  readonly #literal: number
  #list: number
  #listCapacity = 64

  constructor(module: Module) {
    this.pointer = modulePointer(module)
    this.#literal = allocate(literalSize)
    this.#list = allocate(4 * this.#listCapacity)
  }

  /** Gives back the scratch memory; the builder is unusable afterwards. */
  dispose(): void {
    release(this.#literal)
    release(this.#list)
  }

  /** A name as C functions take it. */
  name(value: string): number {
    return cString(value)
  }

  i32(value: number): ExpressionRef {
    literalInt32(this.#literal, value | 0)
    return constant(this.pointer, this.#literal)
  }

  /** A block without a name: a sequence. */
  sequence(children: readonly ExpressionRef[], type: TypeRef = TYPE.none): ExpressionRef {
    return block(this.pointer, 0, this.#words(children), children.length, type)
  }

  block(name: string, children: readonly ExpressionRef[], type: TypeRef = TYPE.none): ExpressionRef {
    const list = this.#words(children)
    return block(this.pointer, cString(name), list, children.length, type)
  }

  binary(op: number, left: ExpressionRef, right: ExpressionRef): ExpressionRef {
    return binary(this.pointer, op, left, right)
  }

  unary(op: number, value: ExpressionRef): ExpressionRef {
    return unary(this.pointer, op, value)
  }

  load32(memory: string, offset: number, pointer: ExpressionRef): ExpressionRef {
    return load(this.pointer, 4, 0, offset, 4, TYPE.i32, pointer, cString(memory))
  }

  store32(memory: string, offset: number, pointer: ExpressionRef, value: ExpressionRef): ExpressionRef {
    return store(this.pointer, 4, offset, 4, pointer, value, TYPE.i32, cString(memory))
  }

  store8(memory: string, offset: number, pointer: ExpressionRef, value: ExpressionRef): ExpressionRef {
    return store(this.pointer, 1, offset, 1, pointer, value, TYPE.i32, cString(memory))
  }

  get(local: number, type: TypeRef): ExpressionRef {
    return localGet(this.pointer, local, type)
  }

  set(local: number, value: ExpressionRef): ExpressionRef {
    return localSet(this.pointer, local, value)
  }

  tee(local: number, value: ExpressionRef, type: TypeRef): ExpressionRef {
    return localTee(this.pointer, local, value, type)
  }

  globalGet(name: string, type: TypeRef): ExpressionRef {
    return globalGet(this.pointer, cString(name), type)
  }

  globalSet(name: string, value: ExpressionRef): ExpressionRef {
    return globalSet(this.pointer, cString(name), value)
  }

  if(condition: ExpressionRef, then: ExpressionRef, otherwise: ExpressionRef = 0): ExpressionRef {
    return makeIf(this.pointer, condition, then, otherwise)
  }

  /** A branch; `label` as a string or as the name pointer of a node that has it. */
  br(label: string | number, condition: ExpressionRef = 0, value: ExpressionRef = 0): ExpressionRef {
    return makeBreak(this.pointer, typeof label === 'string' ? cString(label) : label, condition, value)
  }

  /** A br_table without a value. */
  switch(labels: readonly string[], otherwise: string, condition: ExpressionRef): ExpressionRef {
    const list = this.#words(labels.map(cString))
    return makeSwitch(this.pointer, list, labels.length, cString(otherwise), condition, 0)
  }

  call(name: string, operands: readonly ExpressionRef[], type: TypeRef): ExpressionRef {
    return makeCall(this.pointer, cString(name), this.#words(operands), operands.length, type)
  }

  return(value: ExpressionRef = 0): ExpressionRef {
    return makeReturn(this.pointer, value)
  }

  unreachable(): ExpressionRef {
    return makeUnreachable(this.pointer)
  }

  drop(value: ExpressionRef): ExpressionRef {
    return drop(this.pointer, value)
  }

  memoryFill(memory: string, dest: ExpressionRef, value: ExpressionRef, size: ExpressionRef): ExpressionRef {
    return memoryFill(this.pointer, dest, value, size, cString(memory))
  }

  memoryCopy(to: string, from: string, dest: ExpressionRef, source: ExpressionRef, size: ExpressionRef): ExpressionRef {
    return memoryCopy(this.pointer, dest, source, size, cString(to), cString(from))
  }

  /** `segment` as the name pointer of a node that has it. */
  memoryInit(
    memory: string,
    segment: number,
    dest: ExpressionRef,
    offset: ExpressionRef,
    size: ExpressionRef,
  ): ExpressionRef {
    return memoryInit(this.pointer, segment, dest, offset, size, cString(memory))
  }

  /** Adds a function that all passes leave alone when its name is among the context's helpers. */
  addFunction(
    name: string,
    params: readonly TypeRef[],
    results: TypeRef,
    body: ExpressionRef,
    vars: TypeRef[] = [],
  ): void {
    const paramsType = params.length === 0 ? TYPE.none : createType(this.#words(params), params.length)
    addFunction(this.pointer, cString(name), paramsType, results, this.#words(vars), vars.length, body)
  }

  #words(values: readonly number[]): number {
    if (values.length > this.#listCapacity) {
      release(this.#list)
      this.#listCapacity = values.length
      this.#list = allocate(4 * values.length)
    }
    for (let i = 0; i < values.length; i++) writeWord(this.#list + 4 * i, values[i]!)
    return this.#list
  }
}
