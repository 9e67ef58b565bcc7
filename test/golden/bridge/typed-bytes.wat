;; {"entry": {"kind": "typed", "exportName": "entry", "types": ["bytes", "u8", "string"]}, "granuleShift": 10}
;; Two arguments of bytes stand apart in the target's memory, and what an input before left there is cleared.
(module
  (memory (export "memory") 1)
  (func (export "entry") (param i32 i32 i32 i32 i32) (local.set 0 (i32.const 0))))
