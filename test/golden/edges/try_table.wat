;; Exceptions with exnref: the places that a clause branches to are counted, the body is walked.
(module
  (tag $e (param i32))
  (func $throws (param $a i32) (if (local.get $a) (then (throw $e (local.get $a)))))
  (func (export "caught") (param $a i32) (result i32)
    (block $tag (result i32)
      (block $all
        (try_table (catch $e $tag) (catch_all $all)
          (if (local.get $a) (then (call $throws (local.get $a)))))
        (return (i32.const 1)))
      (i32.const 2)))
  (func (export "around a loop") (param $a i32)
    (loop $again
      (try_table (catch_all $again) (call $throws (local.get $a))))))
