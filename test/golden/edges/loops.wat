;; Every cycle holds a counter that is compared with the limit.
(module
  (func (export "for ever") (loop $again (br $again)))
  (func (export "do while") (param $n i32)
    (loop $again
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "while") (param $n i32)
    (block $out
      (loop $again
        (br_if $out (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $again))))
  (func (export "two ways back") (param $n i32)
    (loop $again
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (i32.and (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n))))
  (func (export "a choice in every round") (param $n i32)
    (block $out
      (loop $again
        (br_if $out (i32.lt_u (local.get $n) (i32.const 2)))
        (if (i32.and (local.get $n) (i32.const 1))
          (then (local.set $n (i32.add (i32.mul (local.get $n) (i32.const 3)) (i32.const 1))))
          (else (local.set $n (i32.shr_u (local.get $n) (i32.const 1)))))
        (br $again))))
  (func (export "nested") (param $n i32) (param $m i32)
    (loop $outer
      (loop $inner
        (br_if $inner (local.tee $m (i32.sub (local.get $m) (i32.const 1)))))
      (br_if $outer (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "no cycle") (param $n i32)
    (loop $again (local.set $n (i32.const 1)))))
