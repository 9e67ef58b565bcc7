;; {}
;; Dropped segments do not come back.
(module
  (memory 1)
  (table 1 funcref)
  (data $bytes "bytes")
  (elem $functions func $drop)
  (func $drop (export "drop") (data.drop $bytes) (elem.drop $functions)))
