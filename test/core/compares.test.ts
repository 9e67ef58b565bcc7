// Input-to-state: what a program compares is found in its input, in few executions, and counted to the last one.
import { describe, expect, test } from 'vitest'
import { firstInputs } from '../../src/core/campaign/first-inputs.ts'
import { Sandbox } from '../../src/core/sandbox.ts'
import { prepareTarget } from '../../src/core/target/prepare.ts'
import { readArtifact } from '../support/artifacts.ts'
import { byteAt, open, shorter, solve, target, when, word } from '../support/solving.ts'
import { wat } from '../support/targets.ts'

const big = `(i32.or (i32.or (i32.shl ${byteAt(0)} (i32.const 24)) (i32.shl ${byteAt(1)} (i32.const 16)))
  (i32.or (i32.shl ${byteAt(2)} (i32.const 8)) ${byteAt(3)}))`

/** Two texts, byte by byte, until they differ or end; `fold` is applied to both. */
const texts = (name: string, fold: (byte: string) => string): string => `
  (func ${name} (param $left i32) (param $right i32) (result i32) (local $a i32) (local $b i32)
    (loop $next
      (local.set $a ${fold('(i32.load8_u (local.get $left))')})
      (local.set $b ${fold('(i32.load8_u (local.get $right))')})
      (local.set $left (i32.add (local.get $left) (i32.const 1)))
      (local.set $right (i32.add (local.get $right) (i32.const 1)))
      (br_if $next (i32.and (i32.ne (local.get $a) (i32.const 0)) (i32.eq (local.get $a) (local.get $b)))))
    (i32.sub (local.get $a) (local.get $b)))`
/** The input as a text of at most 63 bytes, at 256. */
const ended = `
  (if (i32.gt_u (local.get $size) (i32.const 63)) (then (local.set $size (i32.const 63))))
  (memory.copy (i32.const 256) (local.get $at) (local.get $size))
  (i32.store8 (i32.add (i32.const 256) (local.get $size)) (i32.const 0))`
const LONG = '0123456789abcdefGHIJKLMNOPQRSTUV,./;-=[]zyxwvutsrqponmlk!@#$%^&*'
const CASES = 100
/** Not folded, and no more of them: the assembler that reads this has little stack. */
const numbers = Array.from({ length: CASES }, (_, index) => index)
const manyCases = `block $default ${numbers.map((index) => `block $c${index}`).join(' ')}
  local.get $at i32.load16_u i32.const 1000 i32.sub br_table ${numbers.map((index) => `$c${index}`).join(' ')} $default
  ${numbers.map((index) => `end ${CASES - 1 - index === 77 ? 'call $bug' : `i32.const 512 i32.const ${index} i32.store`} br $default`).join(' ')} end`
const decimal = `
  (loop $next (if (i32.lt_u (local.get $i) (local.get $size)) (then
    (if (i32.lt_u (i32.sub (i32.load8_u (i32.add (local.get $at) (local.get $i))) (i32.const 48)) (i32.const 10)) (then
      (local.set $sum (i32.add (i32.mul (local.get $sum) (i32.const 10))
        (i32.sub (i32.load8_u (i32.add (local.get $at) (local.get $i))) (i32.const 48))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))))
  ${when('(i32.eq (local.get $sum) (i32.const 31337421))')}`

/** Name, program, and the executions that all of it may take. */
const SOLVED: readonly (readonly [string, string, number])[] = [
  ['32 bits', target(shorter(4) + when(`(i32.eq ${word(0)} (i32.const 0xdeadbeef))`)), 200],
  ['32 bits, the highest first', target(shorter(4) + when(`(i32.eq ${big} (i32.const 0xdeadbeef))`)), 200],
  ['64 bits', target(shorter(8) + when('(i64.eq (i64.load (local.get $at)) (i64.const 0x1122334455667788))')), 200],
  [
    'two numbers of 16 bits without a branch between them',
    target(
      shorter(4) +
        when(`(i32.and (i32.eq (i32.load16_u (local.get $at)) (i32.const 0x1234))
      (i32.eq (i32.load16_u offset=2 (local.get $at)) (i32.const 0xabcd)))`),
    ),
    200,
  ],
  ['a double', target(shorter(8) + when('(f64.eq (f64.load (local.get $at)) (f64.const 3.14159))')), 200],
  [
    'a narrow range of a float',
    target(
      shorter(4) +
        when(`(i32.and (f32.gt (f32.load (local.get $at)) (f32.const 1000.5))
      (f32.lt (f32.load (local.get $at)) (f32.const 1000.7)))`),
    ),
    2_000,
  ],
  [
    'a text of 12 bytes',
    target(
      `${ended} ${when('(i32.eqz (call $texts (i32.const 256) (i32.const 16)))')}`,
      `(data (i32.const 16) "open-sesame!\\00") ${texts('$texts', (byte) => byte)}`,
    ),
    500,
  ],
  [
    'a text in any case',
    target(
      `${ended} ${when('(i32.eqz (call $texts (i32.const 256) (i32.const 16)))')}`,
      `(data (i32.const 16) "Content-Length\\00") (func $lower (param i32) (result i32)
        (select (i32.or (local.get 0) (i32.const 32)) (local.get 0)
          (i32.lt_u (i32.sub (local.get 0) (i32.const 65)) (i32.const 26))))
       ${texts('$texts', (byte) => `(call $lower ${byte})`)}`,
    ),
    500,
  ],
  [
    '64 bytes given to memcmp',
    target(
      shorter(64) + when('(i32.eqz (call $memcmp (local.get $at) (i32.const 16) (i32.const 64)))'),
      `(data (i32.const 16) "${LONG.replace('"', '\\22')}")
       (func $memcmp (export "memcmp") (param i32 i32 i32) (result i32)
         (loop $next
           (if (i32.eqz (local.get 2)) (then (return (i32.const 0))))
           (if (i32.ne (i32.load8_u (local.get 0)) (i32.load8_u (local.get 1))) (then (return (i32.const 1))))
           (local.set 0 (i32.add (local.get 0) (i32.const 1)))
           (local.set 1 (i32.add (local.get 1) (i32.const 1)))
           (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
           (br $next))
         (unreachable))`,
    ),
    500,
  ],
  ['one of 100 cases', target(shorter(2) + manyCases), 3_000],
  ['a decimal number', target(decimal), 500],
  [
    'a number that was xored',
    target(shorter(4) + when(`(i32.eq (i32.xor ${word(0)} (i32.const 0x13572468)) (i32.const 0xcafebabe))`)),
    300,
  ],
  [
    'a number that was added to',
    target(shorter(4) + when(`(i32.eq (i32.add ${word(0)} (i32.const 0x1357)) (i32.const 0xcafebabe))`)),
    300,
  ],
  [
    'a checksum of the bytes before it',
    target(
      shorter(8) + when(`(i32.eq (i32.xor ${word(4)} (i32.mul ${word(0)} (i32.const 31))) (i32.const 0x5a5a5a5a))`),
    ),
    1_000,
  ],
  [
    'three numbers, one behind the other',
    target(
      shorter(12) +
        `(if (i32.eq ${word(0)} (i32.const 0x89504e47)) (then
      (if (i32.eq ${word(4)} (i32.const 0x0d0a1a0a)) (then ${when(`(i32.eq ${word(8)} (i32.const 0x49484452))`)}))))`,
    ),
    1_000,
  ],
  [
    'some bits of a number, and others moved right',
    target(
      shorter(6) +
        when(`(i32.and (i32.eq (i32.and ${word(0)} (i32.const 0x00ffff00)) (i32.const 0x00123400))
      (i32.eq (i32.shr_u (i32.load16_u offset=4 (local.get $at)) (i32.const 4)) (i32.const 0x5a7)))`),
    ),
    1_000,
  ],
  ['a length', target(when('(i32.gt_u (local.get $size) (i32.const 3000))')), 100],
]

describe('what a program compares with is found', () => {
  test.each(SOLVED)('%s', async (_, text, most) => {
    const found = solve(await open(text), most)
    expect(found).toBeGreaterThan(2)
  })

  test('and by this alone', async () => {
    const found = await Promise.all(
      ['32 bits', '64 bits', 'a text of 12 bytes', '64 bytes given to memcmp'].map(async (name) => {
        const text = SOLVED.find(([known]) => known === name)![1]
        return solve(await open(text, {}, false), 20_000)
      }),
    )
    expect(found).toEqual([null, null, null, null])
  })
})

describe('arguments of a typed entry are solved in their places', () => {
  const typed = (params: string, condition: string, more = ''): string => `(module (memory (export "memory") 2) ${more}
    (func $bug unreachable) (func (export "fuzz") ${params} (if ${condition} (then (call $bug)))))`

  test('an i64 among others', async () => {
    const text = typed(
      '(param $a i32) (param $b i64) (param $c f64)',
      '(i64.eq (local.get $b) (i64.const 123456789012))',
    )
    expect(solve(await open(text, { types: ['i32', 'i64', 'f64'] }), 300)).not.toBe(null)
  })

  test('an f64', async () => {
    const text = typed('(param $a i32) (param $b f64)', '(f64.eq (local.get $b) (f64.const 1234.5))')
    expect(solve(await open(text, { types: ['bool', 'f64'] }), 300)).not.toBe(null)
  })

  test('a string that grows to what it is compared with', async () => {
    const text = typed(
      '(param $number i32) (param $at i32) (param $size i32)',
      `(i32.and (i32.eq (local.get $size) (i32.const 12)) (i32.eqz (call $texts (local.get $at) (i32.const 16))))`,
      `(data (i32.const 16) "open-sesame!\\00") ${texts('$texts', (byte) => byte)}`,
    )
    expect(solve(await open(text, { types: ['u16', 'string'] }), 2_000)).not.toBe(null)
  })
})

test('a slice never runs more than it may, and slices of any length run the same inputs', async () => {
  const text = SOLVED.find(([name]) => name.startsWith('three numbers'))![1]
  const whole = solve(await open(text), 1_000)
  const cut = await open(text)
  for (let done = cut.executionsBegun(); ; done++) {
    expect(cut.executionsBegun()).toBe(done)
    if (cut.slice(1).ended === 'trap') break
  }
  expect(cut.executionsBegun()).toBe(whole)
})

test('a program that ends by exit(0) is solved too', async () => {
  const text = `(module
    (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (memory (export "memory") 1)
    (func (export "_start")
      (i32.store (i32.const 0) (i32.const 64)) (i32.store (i32.const 4) (i32.const 100))
      (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
      (if (i32.ge_u (i32.load (i32.const 8)) (i32.const 4)) (then
        (if (i32.eq (i32.load (i32.const 64)) (i32.const 0x600dcafe)) (then unreachable))))
      (call $exit (i32.const 0))))`
  expect(solve(await open(text, { entry: '_start' }), 1_000)).not.toBe(null)
})

test('a program that loses state in every run is solved too', async () => {
  const text = target(
    `(data.drop $spare) ${shorter(4)} ${when(`(i32.eq ${word(0)} (i32.const 0xdeadbeef))`)}`,
    '(data $spare "x")',
  )
  const sandbox = await open(text)
  let found = false
  while (!found && sandbox.executionsBegun() < 1_000) {
    const result = sandbox.slice(100)
    if (result.ended === 'state-lost') sandbox.renewInstance()
    found = result.ended === 'trap'
  }
  expect(found).toBe(true)
})

test('a target whose second build cannot be linked is fuzzed without it', async () => {
  const text = SOLVED.find(([name]) => name === 'a number that was xored')![1]
  const prepared = await prepareTarget(wat(text), { entry: 'fuzz', compares: true })
  const broken = { ...prepared, module: { ...prepared.module, compares: new Uint8Array([0]) } }
  const engine = await readArtifact('build/engine.wasm')
  const sandbox = await Sandbox.open(engine, broken, { seedLow: 1, seedHigh: 2, corpusBytes: 1 << 20 })
  for (const input of firstInputs(broken)) sandbox.addInput(input)
  expect(sandbox.slice(5_000)).toEqual({ ended: 'budget', executions: 5_000 })
  expect(sandbox.statistics().compares).toMatchObject({ executions: 0 })
})
