// A small parser with nested structures, numbers, strings and errors, and inputs for it: bytes of its grammar, at random.

/** `parse(pointer, length)` reads `[…]` lists, `"…"` strings with escapes, decimal numbers; returns the items read. */
export const parserWat = `(module (memory 1)
  (global $at (mut i32) (i32.const 0))
  (global $end (mut i32) (i32.const 0))
  (func $peek (result i32)
    (if (result i32) (i32.ge_u (global.get $at) (global.get $end))
      (then (i32.const -1))
      (else (i32.load8_u (global.get $at)))))
  (func $step (global.set $at (i32.add (global.get $at) (i32.const 1))))
  (func $string (result i32) (local $c i32)
    (call $step)
    (loop $next
      (local.set $c (call $peek))
      (if (i32.lt_s (local.get $c) (i32.const 0)) (then (return (i32.const -1))))
      (call $step)
      (if (i32.eq (local.get $c) (i32.const 34)) (then (return (i32.const 1))))
      (if (i32.eq (local.get $c) (i32.const 92))
        (then
          (block $bad (block $good
            (br_table $good $bad $good $good $bad (i32.sub (call $peek) (i32.const 97))))
            (call $step) (br $next))
          (return (i32.const -2))))
      (br $next))
    (unreachable))
  (func $number (result i32) (local $digits i32)
    (if (i32.eq (call $peek) (i32.const 45)) (then (call $step)))
    (block $done
      (loop $next
        (br_if $done (i32.gt_u (i32.sub (call $peek) (i32.const 48)) (i32.const 9)))
        (local.set $digits (i32.add (local.get $digits) (i32.const 1)))
        (call $step)
        (br $next)))
    (select (i32.const 1) (i32.const -3) (local.get $digits)))
  (func $list (param $depth i32) (result i32) (local $count i32) (local $item i32)
    (call $step)
    (if (i32.gt_u (local.get $depth) (i32.const 12)) (then (return (i32.const -4))))
    (loop $next
      (if (i32.eq (call $peek) (i32.const 93)) (then (call $step) (return (i32.add (local.get $count) (i32.const 1)))))
      (local.set $item (call $value (i32.add (local.get $depth) (i32.const 1))))
      (if (i32.lt_s (local.get $item) (i32.const 0)) (then (return (local.get $item))))
      (local.set $count (i32.add (local.get $count) (local.get $item)))
      (if (i32.eq (call $peek) (i32.const 44)) (then (call $step)))
      (br $next))
    (unreachable))
  (func $value (param $depth i32) (result i32) (local $c i32)
    (local.set $c (call $peek))
    (if (i32.eq (local.get $c) (i32.const 91)) (then (return (call $list (local.get $depth)))))
    (if (i32.eq (local.get $c) (i32.const 34)) (then (return (call $string))))
    (call $number))
  (func (export "parse") (param $pointer i32) (param $length i32) (result i32)
    (global.set $at (local.get $pointer))
    (global.set $end (i32.add (local.get $pointer) (local.get $length)))
    (call $value (i32.const 0))))`

const ALPHABET = '[[[]]],,""\\abcd0123456789-x'

/** The same inputs every time: a linear congruential generator over the grammar's characters. */
export function parserInputs(count: number): Uint8Array[] {
  let state = 12_345
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  return Array.from({ length: count }, () =>
    Uint8Array.from({ length: 1 + next(60) }, (_, i) => (i === 0 ? 91 : ALPHABET.charCodeAt(next(ALPHABET.length)))),
  )
}
