// What a program has changed, decoded or compared in a way of its own, found by the one mechanism that is for it: with this
// left out, it is not found in as many executions.
import { describe, expect, test } from 'vitest'

import type { Mechanism } from '../../src/core/mechanisms.ts'
import { byteAt, open, shorter, solve, target, when } from '../support/solving.ts'

/** Each of `count` bytes from `from` on, computed from `$i`, to 256 and on. */
const filled = (count: number, value: string): string => `
  (loop $fill
    (i32.store8 (i32.add (i32.const 256) (local.get $i)) ${value})
    (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const ${count}))))`
const at = (index: string): string => `(i32.load8_u (i32.add (local.get $at) ${index}))`
/** Tells whether 12 bytes are the same, but by no compare of two of them. */
const constantTime = (head: string): string => `
  (func $same ${head} (param i32 i32 i32) (result i32) (local $i i32) (local $sum i32)
    (loop $next
      (local.set $sum (i32.add (local.get $sum) (i32.ne (i32.const 0) (i32.and (i32.const 255)
        (i32.sub
          (i32.mul (i32.const 7) (i32.load8_u (i32.add (local.get 0) (local.get $i))))
          (i32.mul (i32.const 7) (i32.load8_u (i32.add (local.get 1) (local.get $i)))))))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get 2))))
    (local.get $sum))`
const digit = (index: string): string => `(i32.and (i32.add (i32.and ${at(index)} (i32.const 15))
  (i32.mul (i32.const 9) (i32.shr_u ${at(index)} (i32.const 6)))) (i32.const 15))`
const digitAt = (index: number): string => `(f64.convert_i32_u (i32.sub ${byteAt(index)} (i32.const 48)))`
const isDigit = (index: number): string => `(i32.lt_u (i32.sub ${byteAt(index)} (i32.const 48)) (i32.const 10))`
const isSecret = '(i64.eq (i64.load (i32.const 256)) (i64.const 0x1bad5eedcafef00d))'

/** What it is, the mechanism, the program, and the executions that it may take. */
const SOLVED: readonly (readonly [string, Mechanism, string, number])[] = [
  [
    'eight bytes in reverse order, one of them left out',
    'encodings',
    target(
      shorter(16) + filled(8, at('(i32.sub (i32.const 15) (i32.mul (local.get $i) (i32.const 2)))')) + when(isSecret),
    ),
    300,
  ],
  [
    'eight bytes, each xored with a key of its own',
    'encodings',
    target(
      shorter(8) +
        filled(
          8,
          `(i32.xor ${at('(local.get $i)')} (i32.add (i32.const 0x5a) (i32.mul (local.get $i) (i32.const 3))))`,
        ) +
        when('(i32.eqz (call $same (i32.const 256) (i32.const 16) (i32.const 8)))'),
      `(data (i32.const 16) "sesame!!") ${constantTime('(export "timingsafe_bcmp")')}`,
    ),
    300,
  ],
  [
    'eight bytes in hexadecimal, compared as one number',
    'encodings',
    target(
      shorter(16) +
        filled(
          8,
          `(i32.or (i32.shl ${digit('(i32.mul (i32.const 2) (local.get $i))')} (i32.const 4))
            ${digit('(i32.add (i32.const 1) (i32.mul (i32.const 2) (local.get $i)))')})`,
        ) +
        when(isSecret),
    ),
    500,
  ],
  [
    'a decimal fraction in a narrow range',
    'encodings',
    target(
      shorter(5) +
        `(if (i32.and (i32.and ${isDigit(0)} ${isDigit(1)}) (i32.eq ${byteAt(2)} (i32.const 46))) (then
          (if (i32.and ${isDigit(3)} ${isDigit(4)}) (then
          ${when(`(f64.eq (f64.const 73.25) (f64.add (f64.add (f64.mul (f64.const 10) ${digitAt(0)}) ${digitAt(1)})
            (f64.div (f64.add (f64.mul (f64.const 10) ${digitAt(3)}) ${digitAt(4)}) (f64.const 100))))`)}))))`,
    ),
    3_000,
  ],
  [
    'twelve bytes given to an export that takes the same time for all',
    'routines',
    target(
      shorter(12) + when('(i32.eqz (call $same (local.get $at) (i32.const 16) (i32.const 12)))'),
      `(data (i32.const 16) "Zopen-sesame") ${constantTime('(export "timingsafe_bcmp")')}`,
    ),
    300,
  ],
  [
    'a loop over two strings, without a name',
    'shapes',
    target(
      shorter(12) +
        `(loop $next
          (if (i32.ne ${at('(local.get $i)')} (i32.load8_u offset=16 (local.get $i))) (then (return (i32.const 0))))
          (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 12))))
        (call $bug)`,
      '(data (i32.const 16) "open-sesame!")',
    ),
    100,
  ],
  [
    'a vector',
    'vectors',
    target(
      shorter(16) +
        when(`(i8x16.all_true (i8x16.eq (v128.load (local.get $at))
          (v128.const i8x16 111 112 101 110 45 115 101 115 97 109 101 33 33 33 1 2)))`),
    ),
    300,
  ],
]

describe('what a program compares is found by the mechanism that is for it', () => {
  test.each(SOLVED)('%s', async (_, mechanism, text, most) => {
    expect(solve(await open(text), most)).not.toBe(null)
    expect(solve(await open(text, {}, true, [mechanism, 'tokens']), most)).toBe(null)
  })
})

/** Two sums over all bytes but the last two, which must be the sums. Zeros are right from the start, and everywhere. */
const sums = `
  ${shorter(8)}
  (if (i32.gt_u (local.get $size) (i32.const 40)) (then (return (i32.const 0))))
  (loop $next
    (local.set $a (i32.rem_u (i32.add (local.get $a) ${at('(local.get $i)')}) (i32.const 255)))
    (local.set $sum (i32.rem_u (i32.add (local.get $sum) (local.get $a)) (i32.const 255)))
    (br_if $next (i32.lt_u (i32.add (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 2)) (local.get $size))))
  (if (i32.ne (local.get $a) ${at('(local.get $i)')}) (then (return (i32.const 0))))
  (if (i32.ne (local.get $sum) (i32.load8_u offset=1 (i32.add (local.get $at) (local.get $i)))) (then (return (i32.const 0))))
  (if (i32.ne ${byteAt(0)} (i32.const 77)) (then (return (i32.const 0))))
  (if (i32.ne ${byteAt(1)} (i32.const 83)) (then (return (i32.const 0))))
  (if (i32.ne ${byteAt(2)} (i32.const 71)) (then (return (i32.const 0))))
  ${when(`(i32.gt_u ${byteAt(4)} (i32.const 250))`)}`

test('two checksums behind each other follow what they are made of, where zeros lie all around', async () => {
  const text = target(sums).replace('(local $sum i32)', '(local $sum i32) (local $a i32)')
  expect(solve(await open(text), 600_000, 50_000)).not.toBe(null)
  expect(solve(await open(text, {}, true, ['repair']), 600_000, 50_000)).toBe(null)
})
