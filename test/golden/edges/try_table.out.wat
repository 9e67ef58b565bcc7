(module
 (type $0 (func (param i32)))
 (type $1 (func (param i32) (result i32)))
 (type $2 (func))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (tag $tag$0 (type $0) (param i32))
 (export "caught" (func $1))
 (export "around a loop" (func $2))
 (func $0 (type $0) (param $0 i32)
  (i32.store8
   (i32.const 1048576)
   (i32.const 1)
  )
  (if
   (local.get $0)
   (then
    (i32.store
     (i32.const 16777216)
     (i32.add
      (i32.load
       (i32.const 16777216)
      )
      (i32.const 1)
     )
    )
    (throw $tag$0
     (local.get $0)
    )
   )
   (else
    (i32.store
     (i32.const 16777220)
     (i32.add
      (i32.load
       (i32.const 16777220)
      )
      (i32.const 1)
     )
    )
   )
  )
 )
 (func $1 (type $1) (param $0 i32) (result i32)
  (local $1 i32)
  (i32.store8
   (i32.const 1048577)
   (i32.const 1)
  )
  (local.set $1
   (block $block (result i32)
    (block $block1
     (try_table (catch $tag$0 $block) (catch_all $block1)
      (if
       (local.get $0)
       (then
        (i32.store
         (i32.const 16777224)
         (i32.add
          (i32.load
           (i32.const 16777224)
          )
          (i32.const 1)
         )
        )
        (call $0
         (local.get $0)
        )
       )
       (else
        (i32.store
         (i32.const 16777228)
         (i32.add
          (i32.load
           (i32.const 16777228)
          )
          (i32.const 1)
         )
        )
       )
      )
      (i32.store
       (i32.const 16777232)
       (i32.add
        (i32.load
         (i32.const 16777232)
        )
        (i32.const 1)
       )
      )
     )
     (return
      (i32.const 1)
     )
    )
    (i32.store
     (i32.const 16777236)
     (i32.add
      (i32.load
       (i32.const 16777236)
      )
      (i32.const 1)
     )
    )
    (i32.const 2)
   )
  )
  (i32.store
   (i32.const 16777240)
   (i32.add
    (i32.load
     (i32.const 16777240)
    )
    (i32.const 1)
   )
  )
  (local.get $1)
 )
 (func $2 (type $0) (param $0 i32)
  (local $1 i32)
  (i32.store8
   (i32.const 1048578)
   (i32.const 1)
  )
  (loop $label
   (i32.store
    (i32.const 16777244)
    (local.tee $1
     (i32.add
      (i32.load
       (i32.const 16777244)
      )
      (i32.const 1)
     )
    )
   )
   (if
    (i32.ge_u
     (local.get $1)
     (i32.const 1000000)
    )
    (then
     (call $3)
     (unreachable)
    )
   )
   (try_table (catch_all $label)
    (call $0
     (local.get $0)
    )
   )
  )
 )
 (func $3 (type $2)
  (i32.store offset=1024
   (i32.const 0)
   (i32.const 1)
  )
  (unreachable)
 )
)
