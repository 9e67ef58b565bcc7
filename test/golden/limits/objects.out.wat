(module
 (type $0 (array (mut i32)))
 (type $1 (struct (field (mut i32)) (field (mut i32))))
 (type $2 (func (param (ref null $1) (ref null $0))))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (global $global$0 (mut (ref null $1)) (ref.null none))
 (export "write" (func $0))
 (func $0 (type $2) (param $0 (ref null $1)) (param $1 (ref null $0))
  (struct.set $1 0
   (local.get $0)
   (i32.const 1)
  )
  (i32.store
   (i32.const 1040)
   (i32.const 1)
  )
  (array.set $0
   (local.get $1)
   (i32.const 0)
   (i32.const 1)
  )
  (i32.store
   (i32.const 1040)
   (i32.const 1)
  )
  (array.fill $0
   (local.get $1)
   (i32.const 0)
   (i32.const 1)
   (i32.const 2)
  )
  (i32.store
   (i32.const 1040)
   (i32.const 1)
  )
  (array.copy $0 $0
   (local.get $1)
   (i32.const 0)
   (local.get $1)
   (i32.const 1)
   (i32.const 1)
  )
  (i32.store
   (i32.const 1040)
   (i32.const 1)
  )
 )
)
