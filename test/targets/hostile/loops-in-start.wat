;; Never gets ready: the start function loops for ever.
(module
  (memory (export "memory") 1)
  (func $start (loop $again (br $again)))
  (func (export "LLVMFuzzerTestOneInput") (param i32 i32) (result i32) (i32.const 0))
  (start $start))
