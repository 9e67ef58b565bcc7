;; {"granuleShift": 10, "without": ["imports", "pages", "edges"]}
;; A table that code writes has a shadow.
(module
  (type $callback (func))
  (table $table 4 funcref)
  (table $strict 2 2 (ref $callback) (ref.func $f))
  (func $f (type $callback))
  (func (export "write") (table.set $table (i32.const 0) (ref.func $f))))
