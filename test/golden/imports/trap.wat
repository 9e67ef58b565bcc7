;; {"provided": {"env given": {"params": ["i32"], "results": ["i32"]}, "env changed": {"params": ["i64"], "results": []}}}
;; A provided import stays; one that is not, or has another signature than what is provided, becomes a named trap.
(module
  (import "env" "given" (func $given (param i32) (result i32)))
  (import "env" "missing" (func $missing (param i32) (result i32)))
  (import "env" "changed" (func $changed (param i32)))
  (table 2 funcref)
  (elem (i32.const 0) $missing $given)
  (export "again" (func $missing))
  (func (export "all") (result i32)
    (call $changed (i32.const 1))
    (i32.add (call $given (i32.const 2)) (call $missing (i32.const 3)))))
