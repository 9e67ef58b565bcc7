;; {"entry": {"kind": "typed", "exportName": "entry", "types": ["bool", "i16", "int", "u64", "f32", "f64"]}}
;; Numbers are loaded from the engine's memory: a module without memory can have them. Both results are dropped.
(module
  (func (export "entry") (param i32 i32 i32 i64 f32 f64) (result i32 i64) (local.get 0) (local.get 3)))
