;; Loops for ever on an input that begins with 'L': fuel must end it, as a timeout.
(module
  (memory (export "memory") 1)
  (func $spin (loop $again (br $again)))
  (func (export "LLVMFuzzerTestOneInput") (param $data i32) (param $size i32) (result i32)
    (if (i32.eqz (local.get $size)) (then (return (i32.const 0))))
    (if (i32.eq (i32.load8_u (local.get $data)) (i32.const 76)) (then (call $spin)))
    (i32.const 0)))
