;; {}
;; A global can keep the object for the next run, so writes to objects are lost to a restore.
(module
  (type $pair (struct (field (mut i32)) (field (mut i32))))
  (type $list (array (mut i32)))
  (global $kept (mut (ref null $pair)) (ref.null $pair))
  (func (export "write") (param $pair (ref null $pair)) (param $list (ref null $list))
    (struct.set $pair 0 (local.get $pair) (i32.const 1))
    (array.set $list (local.get $list) (i32.const 0) (i32.const 1))
    (array.fill $list (local.get $list) (i32.const 0) (i32.const 1) (i32.const 2))
    (array.copy $list $list (local.get $list) (i32.const 0) (local.get $list) (i32.const 1) (i32.const 1))))
