;; br_table: a case that only the table reaches is counted where it begins, the others on their way there.
(module
  (func (export "cases") (param $a i32) (result i32)
    (block $default (block $two (block $one (block $zero
      (br_table $zero $one $two $one $default (local.get $a)))
      (return (i32.const 10)))
      (local.set $a (i32.const 11)))
      (return (local.get $a)))
    (i32.const 13))
  (func (export "with a value") (param $a i32) (result i32)
    (block $outer (result i32)
      (i32.add (i32.const 1)
        (block $inner (result i32)
          (br_if $inner (i32.const 3) (i32.eqz (local.get $a)))
          (drop)
          (br_table $inner $outer (i32.const 7) (local.get $a))))))
  (func (export "back to a loop") (param $a i32)
    (block $out
      (loop $again
        (local.set $a (i32.sub (local.get $a) (i32.const 1)))
        (br_table $out $again $again (local.get $a))))))
