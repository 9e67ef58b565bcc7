;; Calls an import that a test has made fatal to the worker: KILL ends the thread, HEAP fills JavaScript's heap, HANG never
;; returns. In the sandbox as it is these imports do nothing.
(module
  (import "wasi_snapshot_preview1" "sched_yield" (func $kill (result i32)))
  (import "wasi_snapshot_preview1" "fd_sync" (func $heap (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_datasync" (func $hang (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "LLVMFuzzerTestOneInput") (param $data i32) (param $size i32) (result i32)
    (local $word i32)
    (if (i32.lt_u (local.get $size) (i32.const 4)) (then (return (i32.const 0))))
    (local.set $word (i32.load (local.get $data)))
    (if (i32.eq (local.get $word) (i32.const 0x4c4c494b)) (then (drop (call $kill))))
    (if (i32.eq (local.get $word) (i32.const 0x50414548)) (then (drop (call $heap (i32.const 1)))))
    (if (i32.eq (local.get $word) (i32.const 0x474e4148)) (then (drop (call $hang (i32.const 1)))))
    (i32.const 0)))
