(module
 (type $0 (func (param i32) (result i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (global $global$0 (mut i32) (i32.const 1))
 (memory $0 1 2)
 (export "grow" (func $0))
 (export "fuzzbox.memory" (memory $0))
 (func $0 (type $0) (param $0 i32) (result i32)
  (call $1
   (local.get $0)
  )
 )
 (func $1 (type $0) (param $0 i32) (result i32)
  (local $1 i32)
  (local $2 i32)
  (if
   (i32.gt_u
    (local.get $0)
    (i32.sub
     (i32.const 2)
     (local.tee $1
      (global.get $global$0)
     )
    )
   )
   (then
    (return
     (i32.const -1)
    )
   )
  )
  (local.set $2
   (i32.add
    (local.get $1)
    (local.get $0)
   )
  )
  (if
   (i32.gt_u
    (local.get $2)
    (memory.size $0)
   )
   (then
    (if
     (i32.eq
      (memory.grow $0
       (i32.sub
        (local.get $2)
        (memory.size $0)
       )
      )
      (i32.const -1)
     )
     (then
      (return
       (i32.const -1)
      )
     )
    )
   )
  )
  (global.set $global$0
   (local.get $2)
  )
  (local.get $1)
 )
)
