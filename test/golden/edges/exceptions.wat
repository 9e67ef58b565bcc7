;; Legacy exceptions: what a catch caught is taken before the counter; every catch is counted.
(module
  (tag $e (param i32))
  (func $throws (param $a i32) (if (local.get $a) (then (throw $e (local.get $a)))))
  (func (export "try") (param $a i32) (result i32)
    (try (result i32)
      (do (call $throws (local.get $a)) (i32.const 1))
      (catch $e)
      (catch_all (i32.const 3))))
  (func (export "handled") (param $a i32)
    (try
      (do (call $throws (local.get $a)))
      (catch $e (local.set $a) (call $throws (local.get $a)))
      (catch_all (rethrow 0)))))
