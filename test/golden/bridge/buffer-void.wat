;; {"entry": {"kind": "buffer", "exportName": "entry"}, "granuleShift": 17}
;; An entry without result, and granules larger than a page.
(module
  (memory 1)
  (func (export "entry") (param i32 i32)))
