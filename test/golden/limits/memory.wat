;; {"memoryPagesMax": 8}
;; The maximum is clamped; sizes are virtual, in a try_table too; the declared maximum still answers -1.
(module
  (memory 1 100)
  (func (export "size") (result i32) (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "guarded") (result i32)
    (block $caught (result i32)
      (block $none (br $caught (try_table (result i32) (catch_all $none) (memory.grow (memory.size)))))
      (i32.const 7)))
  (func (export "dead") (drop (memory.grow (unreachable)))))
