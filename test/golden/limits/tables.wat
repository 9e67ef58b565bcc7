;; {"tableEntriesMax": 20}
;; Writes set the dirty flag after they happened; growth is lost to a restore.
(module
  (table $table 4 funcref)
  (table $bounded 1 6 externref)
  (elem $functions func $write)
  (func $write (export "write") (param i32)
    (table.set $table (local.get 0) (ref.func $write))
    (table.fill $table (local.get 0) (ref.null func) (i32.const 2))
    (table.copy $table $table (i32.const 0) (local.get 0) (i32.const 2))
    (table.init $table $functions (local.get 0) (i32.const 0) (i32.const 1))
    (table.set $bounded (i32.const 0) (ref.null extern)))
  (func (export "read") (param i32) (result funcref) (table.get $table (local.get 0)))
  (func (export "grow") (param i32) (result i32)
    (table.grow $table (ref.null func) (local.get 0))))
