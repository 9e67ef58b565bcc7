;; {"granuleShift": 10}
;; Every type of global, and no memory: numbers go into the image, references into shadows, constants nowhere.
(module
  (type $callback (func))
  (global $i32 (mut i32) (i32.const 1))
  (global $constant i32 (i32.const 2))
  (global $i64 (mut i64) (i64.const 3))
  (global $f32 (mut f32) (f32.const 4))
  (global $f64 (mut f64) (f64.const 5))
  (global $v128 (mut v128) (v128.const i32x4 6 7 8 9))
  (global $func (mut funcref) (ref.null func))
  (global $never-null (mut (ref $callback)) (ref.func $f))
  (global $extern (mut externref) (ref.null extern))
  (func $f (type $callback)))
