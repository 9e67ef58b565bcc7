;; Functions on a cycle of calls check their entry, also when the cycle closes through a table.
(module
  (type $unary (func (param i32) (result i32)))
  (table funcref (elem $through))
  (func $fact (export "fact") (param $n i32) (result i32)
    (if (result i32) (local.get $n)
      (then (i32.mul (local.get $n) (call $fact (i32.sub (local.get $n) (i32.const 1)))))
      (else (i32.const 1))))
  (func $through (param $n i32) (result i32)
    (call_indirect (type $unary) (local.get $n) (i32.const 0)))
  (func $leaf (export "leaf") (param $n i32) (result i32) (local.get $n))
  (func (export "tail") (param $n i32) (result i32) (return_call $fact (local.get $n))))
