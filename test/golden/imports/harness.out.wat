(module
 (type $0 (func (param i32 i32) (result i32)))
 (type $1 (func (param i32 i32 i32 i32)))
 (import "target" "memory" (memory $mimport$0 0 65536))
 (import "fuzzbox" "memory" (memory $mimport$1 0 65536))
 (import "target" "state" (global $gimport$0 (mut i32)))
 (import "target" "parse" (func $fimport$0 (type $0) (param i32 i32) (result i32)))
 (global $global$0 (mut i32) (i32.const 0))
 (export "entry" (func $0))
 (export "fuzzbox.memory" (memory $mimport$0))
 (func $0 (type $0) (param $0 i32) (param $1 i32) (result i32)
  (if
   (i32.eqz
    (local.get $1)
   )
   (then
    (call $1
     (i32.const 0)
     (i32.const 0)
     (i32.const 0)
     (i32.const 0)
    )
   )
  )
  (global.set $global$0
   (global.get $gimport$0)
  )
  (call $fimport$0
   (local.get $0)
   (local.get $1)
  )
 )
 (func $1 (type $1) (param $0 i32) (param $1 i32) (param $2 i32) (param $3 i32)
  (i32.store $mimport$1
   (i32.const 1024)
   (i32.const 6)
  )
  (i32.store $mimport$1
   (i32.const 1028)
   (i32.const 0)
  )
  (unreachable)
 )
)
