;; {}
;; Imported memories, tables, globals and tags become the module's own, under the same indices.
(module
  (import "env" "memory" (memory 2 9))
  (import "env" "table" (table $imported 3 funcref))
  (import "env" "base" (global $base i32))
  (import "env" "counter" (global $counter (mut i64)))
  (import "env" "vector" (global $vector v128))
  (import "env" "handle" (global $handle (mut externref)))
  (import "env" "error" (tag $error (param i32)))
  (table $own 1 funcref)
  (global $after (mut i32) (i32.const 5))
  (data (global.get $base) "placed at an imported offset")
  (elem (table $imported) (global.get $base) func $use)
  (func $use (export "use") (result i32)
    (global.set $counter (i64.const 1))
    (global.set $after (i32.const 6))
    (drop (table.size $own))
    (throw $error (global.get $base))))
