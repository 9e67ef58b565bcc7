;; Atomic writes of an unshared memory: those that yield a value still yield it.
(module
  (memory 1)
  (func (export "store") (param $p i32)
    (i32.atomic.store (local.get $p) (i32.const 1)))
  (func (export "rmw") (param $p i32) (result i32)
    (i32.atomic.rmw.add offset=4 (i32.add (local.get $p) (local.get $p)) (i32.const 1)))
  (func (export "cmpxchg") (param $p i32) (result i64)
    (i64.atomic.rmw8.cmpxchg_u (local.get $p) (i64.const 1) (i64.const 2)))
  (func (export "load") (param $p i32) (result i32)
    (i32.atomic.load (local.get $p))))
