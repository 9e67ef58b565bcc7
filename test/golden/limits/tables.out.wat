(module
 (type $0 (func (param i32)))
 (type $1 (func (param i32) (result funcref)))
 (type $2 (func (param i32) (result i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (global $global$0 (mut i32) (i32.const 0))
 (table $0 4 20 funcref)
 (table $1 1 6 externref)
 (elem $0 func $0)
 (export "write" (func $0))
 (export "read" (func $1))
 (export "grow" (func $2))
 (func $0 (type $0) (param $0 i32)
  (table.set $0
   (local.get $0)
   (ref.func $0)
  )
  (global.set $global$0
   (i32.const 1)
  )
  (table.fill $0
   (local.get $0)
   (ref.null nofunc)
   (i32.const 2)
  )
  (global.set $global$0
   (i32.const 1)
  )
  (table.copy $0 $0
   (i32.const 0)
   (local.get $0)
   (i32.const 2)
  )
  (global.set $global$0
   (i32.const 1)
  )
  (table.init $0 $0
   (local.get $0)
   (i32.const 0)
   (i32.const 1)
  )
  (global.set $global$0
   (i32.const 1)
  )
  (table.set $1
   (i32.const 0)
   (ref.null noextern)
  )
  (global.set $global$0
   (i32.const 1)
  )
 )
 (func $1 (type $1) (param $0 i32) (result funcref)
  (table.get $0
   (local.get $0)
  )
 )
 (func $2 (type $2) (param $0 i32) (result i32)
  (i32.store
   (i32.const 1040)
   (i32.const 1)
  )
  (table.grow $0
   (ref.null nofunc)
   (local.get $0)
  )
 )
)
