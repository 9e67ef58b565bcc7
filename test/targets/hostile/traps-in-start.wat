;; Nothing can be fuzzed here: the start function traps.
(module
  (memory (export "memory") 1)
  (func $start (unreachable))
  (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32) (i32.const 0))
  (start $start))
