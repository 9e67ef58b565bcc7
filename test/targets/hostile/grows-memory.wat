;; Asks for memory until it gets none, then goes on as if it had some.
(module
  (memory (export "memory") 1)
  (func $grow
    (loop $again (br_if $again (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))))
  (func (export "LLVMFuzzerTestOneInput") (param $data i32) (param $size i32) (result i32)
    (if (i32.eqz (local.get $size)) (then (return (i32.const 0))))
    (if (i32.eq (i32.load8_u (local.get $data)) (i32.const 77)) (then (call $grow)))
    (i32.const 0)))
