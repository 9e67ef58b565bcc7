;; Writes every byte of its memory, then past its end; a flag it left in an earlier run would be a bug of the restore.
(module
  (memory (export "memory") 4)
  (func $fill (param $from i32)
    (loop $again
      (i32.store8 (local.get $from) (i32.const 0xa5))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br $again)))
  (func (export "LLVMFuzzerTestOneInput") (param $data i32) (param $size i32) (result i32)
    (if (i32.eqz (local.get $size)) (then (return (i32.const 0))))
    (if (i32.eq (i32.load8_u (i32.const 16)) (i32.const 0xa5)) (then (drop (i32.div_u (i32.const 1) (i32.const 0)))))
    (if (i32.eq (i32.load8_u (local.get $data)) (i32.const 87)) (then (call $fill (i32.const 0))))
    (i32.const 0)))
