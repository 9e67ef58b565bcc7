;; Hangs without tiring any one edge: a tower of loops, each of them far from the limit of fuel, all of them together
;; without end in sight. Only the watchdog ends it. Fuel counts an edge; here the work lies in bulk operations between.
(module
  (memory (export "memory") 16)
  (func $work (local $outer i32)
    (loop $again
      (memory.fill (i32.const 0) (i32.const 1) (i32.const 1000000))
      (br_if $again (i32.lt_u (local.tee $outer (i32.add (local.get $outer) (i32.const 1))) (i32.const 300000000)))))
  (func (export "LLVMFuzzerTestOneInput") (param $data i32) (param $size i32) (result i32)
    (if (i32.eqz (local.get $size)) (then (return (i32.const 0))))
    (if (i32.eq (i32.load8_u (local.get $data)) (i32.const 83)) (then (call $work)))
    (i32.const 0)))
