;; {}
;; Nothing can keep an object: each is as young as the run, and writes to it need no note.
(module
  (type $pair (struct (field (mut i32)) (field (mut i32))))
  (global $callback (mut funcref) (ref.null func))
  (func (export "write") (result i32)
    (local $pair (ref null $pair))
    (local.set $pair (struct.new_default $pair))
    (struct.set $pair 0 (local.get $pair) (i32.const 1))
    (struct.get $pair 0 (local.get $pair))))
