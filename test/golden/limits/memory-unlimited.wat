;; {"memoryPagesMax": 8}
;; A module that declares no more than the sandbox allows can never be a memory finding.
(module
  (memory 1 2)
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
