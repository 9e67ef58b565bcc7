(module
 (type $0 (func (result i32)))
 (type $1 (func (param i32) (result i32)))
 (type $2 (func))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (global $global$0 (mut i32) (i32.const 1))
 (memory $0 1 8)
 (export "size" (func $0))
 (export "grow" (func $1))
 (export "guarded" (func $2))
 (export "dead" (func $3))
 (export "fuzzbox.memory" (memory $0))
 (func $0 (type $0) (result i32)
  (global.get $global$0)
 )
 (func $1 (type $1) (param $0 i32) (result i32)
  (call $4
   (local.get $0)
  )
 )
 (func $2 (type $0) (result i32)
  (block $block1 (result i32)
   (block $block
    (br $block1
     (try_table (result i32) (catch_all $block)
      (call $4
       (global.get $global$0)
      )
     )
    )
   )
   (i32.const 7)
  )
 )
 (func $3 (type $2)
  (unreachable)
 )
 (func $4 (type $1) (param $0 i32) (result i32)
  (local $1 i32)
  (local $2 i32)
  (if
   (i32.gt_u
    (local.get $0)
    (i32.sub
     (i32.const 100)
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
    (i32.const 8)
   )
   (then
    (i32.store $mimport$0
     (i32.const 1024)
     (i32.const 3)
    )
    (i32.store $mimport$0
     (i32.const 1028)
     (local.get $2)
    )
    (unreachable)
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
