(module
 (type $0 (func (param i32) (result i32)))
 (type $1 (func (result i32)))
 (type $2 (func (param i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (import "env" "given" (func $fimport$0 (type $0) (param i32) (result i32)))
 (table $0 2 10000 funcref)
 (elem $0 (i32.const 0) $1 $fimport$0)
 (export "all" (func $0))
 (export "again" (func $1))
 (func $0 (type $1) (result i32)
  (call $2
   (i32.const 1)
  )
  (i32.add
   (call $fimport$0
    (i32.const 2)
   )
   (call $1
    (i32.const 3)
   )
  )
 )
 (func $1 (type $0) (param $0 i32) (result i32)
  (i32.store
   (i32.const 1024)
   (i32.const 6)
  )
  (i32.store
   (i32.const 1028)
   (i32.const 1)
  )
  (unreachable)
 )
 (func $2 (type $2) (param $0 i32)
  (i32.store
   (i32.const 1024)
   (i32.const 6)
  )
  (i32.store
   (i32.const 1028)
   (i32.const 2)
  )
  (unreachable)
 )
)
