(module
  (func (export "integers") (param i32 i64) (result i32)
    (i32.and
      (i32.eq (local.get 0) (i32.const 0x1234))
      (i64.lt_s (local.get 1) (i64.const 99))))
  (func (export "floats") (param f32 f64) (result i32)
    (i32.or (f32.gt (local.get 0) (f32.const 1.5)) (f64.ne (f64.const 2.5) (local.get 1))))
  (func (export "difference") (param i32 i32) (result i32)
    (i32.eqz (i32.or (i32.xor (local.get 0) (i32.const 7)) (i32.sub (local.get 1) (i32.const 9)))))
  (func (export "constants") (result i32) (i32.eq (i32.const 1) (i32.const 2)))
  (func (export "cases") (param i32) (result i32)
    (block $a (block $b (br_table $a $b (local.get 0))) (return (i32.const 1))) (i32.const 2)))
