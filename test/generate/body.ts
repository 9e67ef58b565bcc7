// Random function bodies in the folded text format: typed, valid by construction, and sure to end. Loops count down
// locals of their own, and every function pays for its entry from the global $gas.
import { ATOMICS, LANE_STORES, LOADS, type NumberType, OPERATORS, STORES } from './operators.ts'
import type { Random } from './random.ts'
import { type FunctionShape, SPELLED, type Shape, type Type } from './shape.ts'

const INTERESTING = ['0', '1', '-1', '2', '7', '16', '31', '64', '255', '0x7fffffff', '0x80000000', '65535', '65536']
const FLOATS = ['0', '-0', '1', '-1.5', '3.7', '1e10', '-1e10', '4294967296', 'inf', '-inf', 'nan', '0x1p-30']
const NUMBERS: readonly NumberType[] = ['i32', 'i64', 'f32', 'f64', 'v128']
const VECTOR_FLOAT = /^f(32x4|64x2)/

export class Body {
  private readonly random: Random
  private readonly shape: Shape
  private readonly func: FunctionShape
  /** `counter` is the i32 of a loop, which no other code may set. */
  private readonly locals: (Type | 'counter')[]
  private labels: { name: string; types: readonly Type[] }[] = []
  private labelCount = 0
  private budget = 220

  constructor(random: Random, shape: Shape, func: FunctionShape) {
    this.random = random
    this.shape = shape
    this.func = func
    this.locals = [...func.params, 'i32', 'i32', 'i64', 'f32', 'f64', 'v128', 'funcref', 'externref']
    if (shape.objects) this.locals.push('struct', 'array')
  }

  /** The whole function, in the text format. */
  write(): string {
    const { func } = this
    const statements = Array.from({ length: 2 + this.random.below(5) }, () => this.statement(4))
    const results = func.results.map((type) => this.expression(type, 4))
    const params = func.params.map((type) => `(param ${SPELLED[type]})`).join(' ')
    const locals = this.locals
      .slice(func.params.length)
      .map((type) => `(local ${type === 'counter' ? 'i32' : SPELLED[type]})`)
    const result = func.results.map((type) => `(result ${SPELLED[type]})`).join(' ')
    const zeros = func.results.map((type) => this.constant(type, true)).join(' ')
    const gas = `(if (i32.eqz (global.get $gas)) (then (return ${zeros})))
      (global.set $gas (i32.sub (global.get $gas) (i32.const 1)))`
    return `(func ${func.name} (export "${func.name.slice(1)}") ${params} ${result} ${locals.join(' ')}
      ${gas} ${statements.join('\n')} ${results.join(' ')})`
  }

  // ── values ────────────────────────────────────────────────────────────────────────────────────────────────────────

  private constant(type: Type, zero: boolean = false): string {
    const { random } = this
    const integer = (): string => (zero ? '0' : random.chance(60) ? random.pick(INTERESTING) : String(random.u32() | 0))
    if (type === 'i32' || type === 'i64') return `(${type}.const ${integer()})`
    if (type === 'f32' || type === 'f64') return `(${type}.const ${zero ? '0' : random.pick(FLOATS)})`
    if (type === 'v128') return `(v128.const i32x4 ${integer()} ${integer()} ${integer()} ${integer()})`
    if (type === 'funcref') return zero || random.chance(30) ? '(ref.null func)' : `(ref.func ${this.someFunction()})`
    if (type === 'externref') return '(ref.null extern)'
    if (zero || random.chance(10)) return `(ref.null $${type})`
    if (type === 'array')
      return random.chance(50)
        ? '(array.new_default $array (i32.const 5))'
        : '(array.new_fixed $array 2 (i32.const 1) (i32.const 2))'
    return '(struct.new $struct (i32.const 3) (i64.const 4) (ref.null $struct))'
  }

  private someFunction(): string {
    return this.random.pick(this.shape.functions).name
  }

  private local(type: Type): number {
    return this.random.pick(this.locals.map((_, i) => i).filter((i) => this.locals[i] === type))
  }

  /** An expression that leaves one value of the type. */
  expression(type: Type, depth: number): string {
    const { random } = this
    if (depth <= 0 || --this.budget < 0)
      return random.chance(60) ? `(local.get ${this.local(type)})` : this.constant(type)
    const roll = random.below(100)
    if (roll < 12) return `(local.get ${this.local(type)})`
    if (roll < 18) return this.constant(type)
    if (roll < 24) return `(local.tee ${this.local(type)} ${this.expression(type, depth - 1)})`
    if (roll < 29) return this.globalGet(type)
    if (roll < 34) return this.select(type, depth)
    if (roll < 42) return this.structured(type, depth)
    if (roll < 47) return this.callFor(type, depth)
    if (roll < 50 && this.shape.exceptions !== 'none') return this.guarded(type, depth)
    return this.typed(type, depth)
  }

  private typed(type: Type, depth: number): string {
    const { random } = this
    if (type === 'funcref') return `(table.get $table ${this.tableIndex(depth)})`
    if (type === 'externref') return `(local.get ${this.local(type)})`
    if (type === 'struct')
      return random.chance(30) ? `(struct.get $struct 2 ${this.expression('struct', depth - 1)})` : this.constant(type)
    if (type === 'array') return this.constant(type)
    const roll = random.below(100)
    if (roll < 18) return this.load(type, depth)
    if (type === 'i32' && roll < 40) return this.question(depth)
    if (type === 'i64' && this.shape.objects && roll < 24)
      return `(struct.get $struct 1 ${this.expression('struct', depth - 1)})`
    return this.operator(type, depth)
  }

  /** An i32 that the state of the module answers. */
  private question(depth: number): string {
    const { random, shape } = this
    const options = [
      () => '(memory.size)',
      () => '(table.size $table)',
      () => `(ref.is_null ${this.expression('funcref', depth - 1)})`,
      () => `(call $mix ${this.expression('i32', depth - 1)} ${this.expression('i32', depth - 1)})`,
      () => {
        const [name, bytes] = random.pick(ATOMICS)
        return `(${name} ${this.address(depth, bytes)} ${this.expression('i32', depth - 1)})`
      },
    ]
    if (shape.grows) options.push(() => `(memory.grow (i32.and ${this.expression('i32', depth - 1)} (i32.const 1)))`)
    if (shape.grows && random.chance(20)) options.push(() => `(table.grow $table (ref.null func) (i32.const 1))`)
    if (shape.objects)
      options.push(
        () => `(array.len ${this.expression('array', depth - 1)})`,
        () =>
          `(array.get $array ${this.expression('array', depth - 1)} (i32.and ${this.expression('i32', depth - 1)} (i32.const 1)))`,
        () => `(i31.get_s (ref.i31 ${this.expression('i32', depth - 1)}))`,
      )
    return random.pick(options)()
  }

  private operator(type: NumberType, depth: number): string {
    const { random } = this
    const operator = random.pick(OPERATORS.filter(({ result }) => result === type))
    const operands = operator.operands.map((operand) => this.expression(operand, depth - 1))
    // Most divisors are odd, or nearly every call would end in a division by zero.
    if (/div_|rem_/.test(operator.name) && random.chance(85))
      operands[1] = `(${type}.or ${operands[1]} (${type}.const 1))`
    const lane = operator.lanes === undefined ? '' : ` ${random.below(operator.lanes)}`
    const text = `(${operator.name}${lane} ${operands.join(' ')})`
    if (operator.makesNaN !== true) return text
    const shape = VECTOR_FLOAT.exec(operator.name)?.[0] ?? operator.result
    return `(call $one_nan_${shape} ${text})`
  }

  private globalGet(type: Type): string {
    const fitting = this.shape.globals.filter((global) => global.type === type)
    return fitting.length === 0 ? this.constant(type) : `(global.get ${this.random.pick(fitting).name})`
  }

  private select(type: Type, depth: number): string {
    const condition = this.expression('i32', depth - 1)
    const written = (NUMBERS as readonly Type[]).includes(type) ? '' : `(result ${SPELLED[type]})`
    return `(select ${written} ${this.expression(type, depth - 1)} ${this.expression(type, depth - 1)} ${condition})`
  }

  /** A block, an if, a br_table or a br_if that carries a value. */
  private structured(type: Type, depth: number): string {
    const result = `(result ${SPELLED[type]})`
    if (this.random.chance(35))
      return `(if ${result} ${this.expression('i32', depth - 1)}
        (then ${this.expression(type, depth - 1)}) (else ${this.expression(type, depth - 1)}))`
    return this.within([type], (label) => {
      const branch = this.random.chance(50)
        ? `(drop (br_if ${label} ${this.expression(type, depth - 1)} ${this.expression('i32', depth - 1)}))`
        : `(if ${this.expression('i32', depth - 1)} (then (br_table ${label} ${label}
            ${this.expression(type, depth - 1)} ${this.expression('i32', depth - 1)})))`
      return `(block ${label} ${result} ${this.statement(depth - 1)} ${branch} ${this.expression(type, depth - 1)})`
    })
  }

  private within(types: readonly Type[], write: (label: string) => string): string {
    const label = `$l${this.labelCount++}`
    this.labels.push({ name: label, types })
    const text = write(label)
    this.labels.pop()
    return text
  }

  private callFor(type: Type, depth: number): string {
    const fitting = this.shape.functions.filter(({ results }) => results.length === 1 && results[0] === type)
    if (fitting.length === 0) return this.constant(type)
    const callee = this.random.pick(fitting)
    const operands = callee.params.map((param) => this.expression(param, depth - 2)).join(' ')
    if (this.random.chance(80)) return `(call ${callee.name} ${operands})`
    const signature = `${callee.params.map((param) => `(param ${SPELLED[param]})`).join(' ')} (result ${SPELLED[type]})`
    return `(call_indirect $table ${signature} ${operands} ${this.tableIndex(depth)})`
  }

  /** A value computed where exceptions are caught; the caught i32 decides nothing when the type is another one. */
  private guarded(type: Type, depth: number): string {
    const inner = this.statement(depth - 1)
    const value = this.expression(type, depth - 1)
    const other = this.expression(type, depth - 2)
    const result = `(result ${SPELLED[type]})`
    const caught = this.locals.indexOf('i32', this.func.params.length)
    if (this.shape.exceptions === 'legacy') {
      const all = this.random.chance(50) ? `(catch_all ${this.constant(type)})` : ''
      return `(try ${result} (do ${inner} ${value}) (catch $tag (local.set ${caught}) ${other}) ${all})`
    }
    const [handler, everything, done] = ['h', 'a', 'd'].map((kind) => `$${kind}${this.labelCount++}`)
    return `(block ${done} ${result}
      (block ${everything}
        (local.set ${caught} (block ${handler} (result i32)
          (br ${done} (try_table ${result} (catch $tag ${handler}) (catch_all ${everything}) ${inner} ${value}))))
        (br ${done} ${other}))
      ${this.constant(type)})`
  }

  // ── addresses ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Mostly inside the memory, often at its very end, sometimes one byte too far or anywhere. */
  private address(depth: number, bytes: number, offset: number = 0): string {
    const { random, shape } = this
    const end = shape.pages * 65536 - bytes - offset
    const roll = random.below(200)
    if (roll < 120) return `(i32.and ${this.expression('i32', depth - 1)} (i32.const ${0x7ff8 & -bytes}))`
    if (roll < 160) return `(i32.const ${random.below(3900) * 16})`
    if (roll < 196) return `(i32.const ${end - random.below(3) * bytes})`
    if (roll < 198) return `(i32.const ${end + 1 + random.below(bytes)})`
    return this.expression('i32', depth - 1)
  }

  /** Immediate offset, address: what every load and store begins with. */
  private place(depth: number, bytes: number, lane: string = ''): string {
    const { random } = this
    const roll = random.below(200)
    const wild = random.pick([65535, 65536, 0x7fffffff, 0xffffffff])
    const offset = roll < 150 ? 0 : roll < 199 ? random.below(64) : wild
    const written = offset === 0 ? '' : ` offset=${offset}`
    return `${written}${lane} ${this.address(depth, bytes, offset === wild ? 0 : offset)}`
  }

  private load(type: NumberType, depth: number): string {
    const [name, bytes] = this.random.pick(LOADS[type])
    return `(${name}${this.place(depth, bytes)})`
  }

  private tableIndex(depth: number): string {
    if (this.random.chance(80)) return `(i32.const ${this.random.below(this.shape.tableEntries)})`
    return `(i32.and ${this.expression('i32', depth - 1)} (i32.const 15))`
  }

  // ── statements ────────────────────────────────────────────────────────────────────────────────────────────────────

  statement(depth: number): string {
    const { random } = this
    if (depth <= 0 || --this.budget < 0) return '(nop)'
    const roll = random.below(100)
    if (roll < 26) return this.store(depth)
    if (roll < 40) return this.assignment(depth)
    if (roll < 52)
      return `(if ${this.expression('i32', depth - 1)} (then ${this.statement(depth - 1)}) (else ${this.statement(depth - 1)}))`
    if (roll < 62) return this.loop(depth)
    if (roll < 70) return this.block(depth)
    if (roll < 78) return this.bulk(depth)
    if (roll < 84) return this.tableWrite(depth)
    if (roll < 88) return this.branchOut(depth)
    if (roll < 92) return this.leave(depth)
    if (roll < 95 && this.shape.objects) return this.objectWrite(depth)
    const type = random.pick(NUMBERS)
    return `(drop ${this.expression(type, depth - 1)})`
  }

  private store(depth: number): string {
    const { random } = this
    if (random.chance(10)) {
      const [name, bytes, lanes] = random.pick(LANE_STORES)
      const vector = this.expression('v128', depth - 1)
      return `(${name}${this.place(depth, bytes, ` ${random.below(lanes)}`)} ${vector})`
    }
    const type = random.pick(NUMBERS)
    const [name, bytes] = random.pick(STORES[type])
    return `(${name}${this.place(depth, bytes)} ${this.expression(type, depth - 1)})`
  }

  private assignment(depth: number): string {
    const mutable = this.shape.globals.filter((global) => global.mutable)
    if (mutable.length > 0 && this.random.chance(50)) {
      const global = this.random.pick(mutable)
      return `(global.set ${global.name} ${this.expression(global.type, depth - 1)})`
    }
    const index = this.random.pick(this.locals.map((_, i) => i).filter((i) => this.locals[i] !== 'counter'))
    return `(local.set ${index} ${this.expression(this.locals[index] as Type, depth - 1)})`
  }

  private loop(depth: number): string {
    this.locals.push('counter')
    const counter = this.locals.length - 1
    const turns = 1 + this.random.below(12)
    const label = `$l${this.labelCount++}`
    const body = this.statement(depth - 1) + this.statement(depth - 2)
    const text = `(local.set ${counter} (i32.const ${turns}))
      (loop ${label} ${body} (br_if ${label} (local.tee ${counter} (i32.sub (local.get ${counter}) (i32.const 1)))))`
    return text
  }

  private block(depth: number): string {
    return this.within([], (label) => `(block ${label} ${this.statement(depth - 1)} ${this.statement(depth - 1)})`)
  }

  private bulk(depth: number): string {
    const { random, shape } = this
    const most = random.pick([15, 255, 1023])
    const size = `(i32.and ${this.expression('i32', depth - 1)} (i32.const ${most}))`
    const to = this.address(depth, most)
    const options = [
      `(memory.fill ${to} ${this.expression('i32', depth - 1)} ${size})`,
      `(memory.copy ${to} ${this.address(depth, most)} ${size})`,
      `(memory.init $bytes ${to} (i32.const ${random.below(8)}) (i32.const ${random.below(shape.dataBytes - 6)}))`,
    ]
    if (shape.drops && random.chance(20)) return random.pick(['(data.drop $bytes)', '(elem.drop $functions)'])
    return random.pick(options)
  }

  private tableWrite(depth: number): string {
    const { random, shape } = this
    const index = this.tableIndex(depth)
    return random.pick([
      `(table.set $table ${index} ${this.expression('funcref', depth - 1)})`,
      `(table.fill $table ${index} ${this.expression('funcref', depth - 1)} (i32.const ${random.below(3)}))`,
      `(table.copy $table $table ${index} ${this.tableIndex(depth)} (i32.const ${random.below(3)}))`,
      `(table.init $table $functions ${index} (i32.const 0) (i32.const ${random.below(shape.elements + 1)}))`,
    ])
  }

  private branchOut(depth: number): string {
    const targets = this.labels.filter(({ types }) => types.length === 0)
    if (targets.length === 0) return this.statement(depth - 1)
    const names = targets.map(({ name }) => name)
    if (this.random.chance(50)) return `(br_if ${this.random.pick(names)} ${this.expression('i32', depth - 1)})`
    return `(if ${this.expression('i32', depth - 1)} (then (br_table ${names.join(' ')} ${this.random.pick(names)} ${this.expression('i32', depth - 1)})))`
  }

  /** Leaves the function, if a condition says so: return, tail call, throw or unreachable. */
  private leave(depth: number): string {
    const { random, func, shape } = this
    const values = func.results.map((type) => this.expression(type, depth - 1)).join(' ')
    const same = shape.functions.filter(({ results }) => results.join() === func.results.join())
    const callee = random.pick(same)
    const operands = callee.params.map((type) => this.expression(type, depth - 2)).join(' ')
    const options = [`(return ${values})`, `(return_call ${callee.name} ${operands})`]
    if (shape.exceptions !== 'none') options.push(`(throw $tag ${this.expression('i32', depth - 1)})`)
    if (random.chance(25)) options.push('(unreachable)')
    return `(if ${this.expression('i32', depth - 1)} (then ${random.pick(options)}))`
  }

  private objectWrite(depth: number): string {
    const { random } = this
    return random.pick([
      `(struct.set $struct 0 ${this.expression('struct', depth - 1)} ${this.expression('i32', depth - 1)})`,
      `(array.set $array ${this.expression('array', depth - 1)} (i32.const 1) ${this.expression('i32', depth - 1)})`,
      `(array.fill $array ${this.expression('array', depth - 1)} (i32.const 0) ${this.expression('i32', depth - 1)} (i32.const 1))`,
    ])
  }
}
