;; {"role": "harness"}
;; The size of the memory is the target's to say, and its tables are not the harness's to restore.
(module
  (import "target" "memory" (memory 1))
  (import "target" "table" (table $table 1 funcref))
  (func $write (export "write") (result i32)
    (table.set $table (i32.const 0) (ref.func $write))
    (memory.grow (memory.size))))
