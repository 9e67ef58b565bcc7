// Modules of generated simulations: loops, calls, recursion, indirect calls, stores, globals, draws, and marks in all of
// them; a few trap, never end, or grow their memory. One module holds many programs, and the first draw decides which one
// runs, so that a test pays for instrumenting and linking once.

/** A small generator of its own (mulberry32), so that a seed means the same programs for ever. */
class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!
  }
}

const IMPORTS = `
  (import "fuzzbox" "random64" (func $random64 (result i64)))
  (import "fuzzbox" "below" (func $below (param i32) (result i32)))
  (import "fuzzbox" "f64" (func $f64 (result f64)))
  (import "fuzzbox" "bytes" (func $bytes (param i32 i32)))
  (import "fuzzbox" "always" (func $always (param i32 i32 i32 i32 i32)))
  (import "fuzzbox" "sometimes" (func $sometimes (param i32 i32 i32)))
  (import "fuzzbox" "sometimes_gt" (func $sometimes_gt (param i64 i64 i32 i32)))
  (import "fuzzbox" "sometimes_all" (func $sometimes_all (param i32 i32 i32 i32)))
  (import "fuzzbox" "each" (func $each (param i32 i32 i32 i32 i32 i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func $entropy (param i32 i32) (result i32)))`

/** Messages are four letters each, behind room for keys and qualities; every program has some of its own. */
const MESSAGES_AT = 1024
const MESSAGES_PER_PROGRAM = 16
const FUNCTIONS = 4

/** The mark that tells which program runs, as the first thing it does. */
export const PROGRAM_MESSAGE = 'prog'

export function simulations(seed: number, programs: number): string {
  const random = new Random(seed)
  const functions: string[] = []
  const names: string[] = []
  for (let p = 0; p < programs; p++)
    for (let f = 0; f < FUNCTIONS; f++) {
      names.push(`$p${p}f${f}`)
      functions.push(functionOf(random, p, f))
    }
  const messages = Array.from(
    { length: programs * MESSAGES_PER_PROGRAM },
    (_, i) => `m${String(i).padStart(3, '0')}`,
  ).join('')
  const cases = Array.from({ length: programs }, (_, p) => p)
  const blocks = cases.map((p) => `(block $c${p}`).join(' ')
  const branches = cases.map((p) => `) (local.set $x (call $p${p}f0 (i32.const 3))) (br $done)`).join('\n')
  return `(module ${IMPORTS}
    (type $step (func (param i32) (result i32)))
    (memory (export "memory") 1 8)
    (data (i32.const ${MESSAGES_AT - 8}) "${PROGRAM_MESSAGE}") (data (i32.const ${MESSAGES_AT}) "${messages}")
    (global $g (mut i64) (i64.const 1)) (global $d (mut f64) (f64.const 0.5))
    (table funcref (elem ${names.join(' ')}))
    ${functions.join('\n')}
    (func (export "simulate") (result i32) (local $x i32) (local $p i32)
      (local.set $p (call $below (i32.const ${programs})))
      (i64.store (i32.const 0) (i64.extend_i32_u (local.get $p)))
      (call $each (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const ${MESSAGES_AT - 8}) (i32.const 4))
      (block $done ${blocks} (br_table ${cases.map((p) => `$c${p}`).join(' ')} $c0 (local.get $p)) ${branches})
      (i64.store (i32.const 3072) (global.get $g)) (f64.store (i32.const 3080) (global.get $d))
      (i32.store (i32.const 3088) (local.get $x))
      (local.get $x)))`
}

function functionOf(random: Random, program: number, index: number): string {
  const body = statements(random, program, index, 8 + random.below(6), 0)
  return `(func $p${program}f${index} (type $step) (local $x i32) (local $i i32) (local $j i32) (local $k i32) (local $y f64)
    (local.set $x (i32.mul (local.get 0) (i32.const ${1 + random.below(1000)})))
    ${body}
    (i32.add (local.get $x) (i32.wrap_i64 (global.get $g))))`
}

const COUNTERS = ['$i', '$j', '$k'] as const

function statements(random: Random, program: number, index: number, count: number, depth: number): string {
  return Array.from({ length: count }, () => statement(random, program, index, depth)).join('\n    ')
}

function statement(random: Random, program: number, index: number, depth: number): string {
  const address = `(i32.add (i32.const 4096) (i32.and (local.get $x) (i32.const 0xeff8)))`
  const message = `(i32.const ${MESSAGES_AT + 4 * (program * MESSAGES_PER_PROGRAM + random.below(MESSAGES_PER_PROGRAM))}) (i32.const 4)`
  const is = (bits: number): string =>
    `(i32.eq (i32.and (local.get $x) (i32.const ${bits})) (i32.const ${random.below(bits + 1)}))`
  const kinds: (() => string)[] = [
    () =>
      `(local.set $x (i32.add (i32.mul (local.get $x) (i32.const ${3 + random.below(99)})) (call $below (i32.const ${1 + random.below(9999)}))))`,
    () => `(global.set $g (i64.xor (i64.rotl (global.get $g) (i64.const ${1 + random.below(60)})) (call $random64)))`,
    () => `(i64.store ${address} (i64.add (global.get $g) (i64.extend_i32_u (local.get $x))))`,
    () => `(local.set $x (i32.xor (local.get $x) (i32.load offset=${random.below(64)} ${address})))`,
    () =>
      `(local.set $y (f64.add (local.get $y) (f64.mul (global.get $d) (call $f64)))) (global.set $d (local.get $y))`,
    () => `(call $bytes ${address} (i32.const ${random.below(40)}))`,
    () => `(memory.fill ${address} (local.get $x) (i32.const ${random.below(700)}))`,
    () =>
      `(drop (call $clock (i32.const 0) (i64.const 1) (i32.const 512))) (global.set $g (i64.add (global.get $g) (i64.load (i32.const 512))))`,
    () => `(drop (call $entropy ${address} (i32.const 8)))`,
    () => `(call $sometimes ${is(random.pick([1, 3, 7]))} ${message})`,
    () => `(call $sometimes ${is(1)} ${message})`,
    () => `(call $sometimes_gt (i64.extend_i32_u (i32.and (local.get $x) (i32.const 15))) (i64.const 3) ${message})`,
    () => `(call $sometimes_all (i32.and (local.get $x) (i32.const 7)) (i32.const 3) ${message})`,
    () => `(call $always (i32.eqz ${is(63)}) ${message} ${message})`,
    () => `(i64.store (i32.const 8) (i64.extend_i32_u (i32.and (local.get $x) (i32.const 3)))) (i64.store (i32.const 16) (i64.and (global.get $g) (i64.const 3)))
      (call $each (i32.const 8) (i32.const 1) (i32.const 16) (i32.const 1) ${message})`,
    () =>
      `(if ${is(63)} (then ${random.pick(['unreachable', '(local.set $x (i32.div_u (i32.const 1) (i32.const 0)))', '(loop $l (br $l))', '(i32.store (i32.const -4) (i32.const 1))'])}))`,
    () => `(if ${is(31)} (then (drop (memory.grow (i32.const 1)))))`,
    () => call(random, program),
    () => call(random, program),
  ]
  if (depth < COUNTERS.length && index < FUNCTIONS)
    kinds.push(
      () => loop(random, program, index, depth),
      () => branch(random, program, index, depth),
    )
  return random.pick(kinds)()
}

/** Deeper by one: of the program's own functions, itself too, directly or through the table. */
function call(random: Random, program: number): string {
  const callee = random.below(FUNCTIONS)
  const argument = '(i32.sub (local.get 0) (i32.const 1))'
  const made = random.pick([
    `(call $p${program}f${callee} ${argument})`,
    `(call_indirect (type $step) ${argument} (i32.const ${program * FUNCTIONS + callee}))`,
  ])
  return `(if (local.get 0) (then (local.set $x (i32.add (local.get $x) ${made}))))`
}

function loop(random: Random, program: number, index: number, depth: number): string {
  const counter = COUNTERS[depth]!
  const body = statements(random, program, index, 1 + random.below(3), depth + 1)
  return `(local.set ${counter} (i32.const ${2 + random.below(3)}))
    (loop $l${depth} ${body} (br_if $l${depth} (local.tee ${counter} (i32.sub (local.get ${counter}) (i32.const 1)))))`
}

function branch(random: Random, program: number, index: number, depth: number): string {
  const arm = (): string => statements(random, program, index, 1 + random.below(2), depth + 1)
  return `(if (i32.and (local.get $x) (i32.const ${1 << random.below(4)})) (then ${arm()}) (else ${arm()}))`
}
