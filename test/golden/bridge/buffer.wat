;; {"entry": {"kind": "buffer", "exportName": "entry"}, "granuleShift": 10}
;; The usual target: an input in memory, a stack pointer, a result. The start function waits to be called.
(module
  (memory (export "memory") 1)
  (global $stack (mut i32) (i32.const 4096))
  (func $main (global.set $stack (i32.const 2048)))
  (start $main)
  (func (export "entry") (param i32 i32) (result i32) (i32.load8_u (local.get 0))))
