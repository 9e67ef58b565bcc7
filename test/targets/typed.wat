;; Exports that take arguments of their own: numbers, and texts as pointer and length.
(module
  (memory (export "memory") 1)
  (func $boom unreachable)

  ;; Fails for the smallest number, where a sign cannot be turned.
  (func (export "scale") (param $by i32) (param $what i64) (result f64)
    (if (i64.eq (local.get $what) (i64.const 0x8000000000000000))
      (then (call $boom)))
    (f64.mul (f64.convert_i32_s (local.get $by)) (f64.convert_i64_s (local.get $what))))

  ;; Fails for a text that begins with "go", where the flag is set and the code point is none.
  (func (export "parse") (param $at i32) (param $bytes i32) (param $strict i32) (param $end i32)
    (if (i32.lt_u (local.get $bytes) (i32.const 2)) (then return))
    (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x67)) (then return))
    (if (i32.ne (i32.load8_u offset=1 (local.get $at)) (i32.const 0x6f)) (then return))
    (if (i32.eqz (local.get $strict)) (then return))
    (if (i32.gt_u (local.get $end) (i32.const 0x10ffff)) (then (call $boom)))))
