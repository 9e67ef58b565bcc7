;; What writes nothing to memory gets no mark: loads, unreachable stores, arrays.
(module
  (type $bytes (array (mut i8)))
  (memory 1)
  (func (export "load") (param $p i32) (result i32)
    (i32.load (local.get $p)))
  (func (export "lane") (param $p i32) (result v128)
    (v128.load8_lane 0 (local.get $p) (v128.const i32x4 0 0 0 0)))
  (func (export "dead") (param $p i32)
    (i32.store (unreachable) (i32.const 1)))
  (func (export "array") (param $a (ref null $bytes))
    (array.set $bytes (local.get $a) (i32.const 0) (i32.const 1))))
