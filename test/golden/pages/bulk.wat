;; Bulk operations become calls of helpers; one helper per data segment.
(module
  (memory 1)
  (data $one "abcdef")
  (data $two "ghijkl")
  (func (export "fill") (param $p i32) (param $n i32)
    (memory.fill (local.get $p) (i32.const 7) (local.get $n))
    (memory.fill (local.get $p) (i32.const 8) (local.get $n)))
  (func (export "copy") (param $p i32) (param $q i32) (param $n i32)
    (memory.copy (local.get $p) (local.get $q) (local.get $n)))
  (func (export "init") (param $p i32)
    (memory.init $one (local.get $p) (i32.const 0) (i32.const 6))
    (memory.init $two (local.get $p) (i32.const 0) (i32.const 6))))
