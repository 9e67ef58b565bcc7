;; {"role": "harness", "entry": {"kind": "buffer", "exportName": "entry"}, "granuleShift": 10}
;; The harness owns the entry, so its `run` copies the input into the target's memory; it restores its globals alone.
(module
  (import "target" "memory" (memory 1))
  (global $mine (mut i32) (i32.const 0))
  (func (export "entry") (param i32 i32) (result i32) (local.get 1)))
