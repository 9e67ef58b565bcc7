(module
  (import "fuzzbox" "reachable" (func $reachable (param i32 i32)))
  (import "fuzzbox" "random" (func $random (result i32)))
  ;; Reaches a mark and holds a local across it: saved when it is left, read back when it is entered again.
  (func $step (param $n i32) (result i32)
    (local $held i32)
    (local.set $held (call $random))
    (call $reachable (i32.const 0) (i32.const 4))
    (i32.add (local.get $held) (local.get $n)))
  ;; Only draws: stays as it is.
  (func $draws (result i32)
    (call $random))
  (func (export "simulate") (result i32)
    (i32.add (call $draws) (call $step (i32.const 3)))))
