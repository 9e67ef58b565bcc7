;; {"role": "harness"}
;; What a harness imports from "target" stays, and its memory is the target's wherever it imports it from.
(module
  (import "env" "memory" (memory 1))
  (import "env" "abort" (func $abort (param i32 i32 i32 i32)))
  (import "target" "parse" (func $parse (param i32 i32) (result i32)))
  (import "target" "state" (global $state (mut i32)))
  (global $mine (mut i32) (i32.const 0))
  (func (export "entry") (param i32 i32) (result i32)
    (if (i32.eqz (local.get 1)) (then (call $abort (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))))
    (global.set $mine (global.get $state))
    (call $parse (local.get 0) (local.get 1))))
