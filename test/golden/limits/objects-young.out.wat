(module
 (type $0 (struct (field (mut i32)) (field (mut i32))))
 (type $1 (func (result i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (global $global$0 (mut funcref) (ref.null nofunc))
 (export "write" (func $0))
 (func $0 (type $1) (result i32)
  (local $0 (ref null $0))
  (local.set $0
   (struct.new_default $0)
  )
  (struct.set $0 0
   (local.get $0)
   (i32.const 1)
  )
  (struct.get $0 0
   (local.get $0)
  )
 )
)
