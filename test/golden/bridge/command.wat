;; {"entry": {"kind": "command", "exportName": "_start"}, "granuleShift": 10}
;; A command reads its input by itself.
(module
  (memory 1)
  (func (export "_start")))
