(module
 (type $0 (func (param i32)))
 (type $1 (func (param i32 i32) (result i32)))
 (type $2 (func (param i32) (result i32)))
 (import "target" "memory" (memory $mimport$0 0 65536))
 (import "fuzzbox" "memory" (memory $mimport$1 0 65536))
 (global $global$0 (mut i32) (i32.const 0))
 (export "entry" (func $0))
 (export "fuzzbox.run" (func $3))
 (export "fuzzbox.restore" (func $1))
 (export "fuzzbox.capture" (func $2))
 (func $0 (type $1) (param $0 i32) (param $1 i32) (result i32)
  (local.get $1)
 )
 (func $1 (type $0) (param $0 i32)
  (global.set $global$0
   (i32.load $mimport$1 offset=65536
    (local.get $0)
   )
  )
 )
 (func $2 (type $0) (param $0 i32)
  (i32.store $mimport$1 offset=65536
   (local.get $0)
   (global.get $global$0)
  )
 )
 (func $3 (type $2) (param $0 i32) (result i32)
  (local $1 i32)
  (local $2 i32)
  (i32.store $mimport$1
   (i32.const 1044)
   (i32.const 0)
  )
  (local.set $1
   (i32.load $mimport$1
    (i32.const 1048)
   )
  )
  (memory.copy $mimport$0 $mimport$1
   (local.get $1)
   (i32.const 11534336)
   (local.get $0)
  )
  (if
   (i32.gt_u
    (local.tee $2
     (i32.load $mimport$1
      (i32.const 1052)
     )
    )
    (local.get $0)
   )
   (then
    (memory.fill $mimport$0
     (i32.add
      (local.get $1)
      (local.get $0)
     )
     (i32.const 0)
     (i32.sub
      (local.get $2)
      (local.get $0)
     )
    )
   )
  )
  (i32.store $mimport$1
   (i32.const 1052)
   (local.get $0)
  )
  (call $0
   (local.get $1)
   (local.get $0)
  )
 )
)
