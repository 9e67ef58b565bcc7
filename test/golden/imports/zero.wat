;; {"importPolicy": "zero"}
;; Zeros and nulls of every type; a result that can be neither traps.
(module
  (type $callback (func))
  (import "env" "nothing" (func $nothing))
  (import "env" "i32" (func $i32 (result i32)))
  (import "env" "i64" (func $i64 (result i64)))
  (import "env" "f32" (func $f32 (result f32)))
  (import "env" "f64" (func $f64 (result f64)))
  (import "env" "v128" (func $v128 (result v128)))
  (import "env" "two" (func $two (result i32 f64)))
  (import "env" "extern" (func $extern (result externref)))
  (import "env" "func" (func $func (result (ref $callback)))))
