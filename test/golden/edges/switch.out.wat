(module
 (type $0 (func (param i32) (result i32)))
 (type $1 (func (param i32)))
 (type $2 (func))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (export "cases" (func $0))
 (export "with a value" (func $1))
 (export "back to a loop" (func $2))
 (func $0 (type $0) (param $0 i32) (result i32)
  (i32.store8
   (i32.const 1048576)
   (i32.const 1)
  )
  (block $block3
   (block $block4
    (block $block1
     (block $block
      (block $block2
       (br_table $block $block1 $block2 $block1 $block3
        (local.get $0)
       )
      )
      (i32.store
       (i32.const 16777216)
       (i32.add
        (i32.load
         (i32.const 16777216)
        )
        (i32.const 1)
       )
      )
      (br $block4)
     )
     (i32.store
      (i32.const 16777220)
      (i32.add
       (i32.load
        (i32.const 16777220)
       )
       (i32.const 1)
      )
     )
     (return
      (i32.const 10)
     )
    )
    (i32.store
     (i32.const 16777224)
     (i32.add
      (i32.load
       (i32.const 16777224)
      )
      (i32.const 1)
     )
    )
    (local.set $0
     (i32.const 11)
    )
   )
   (return
    (local.get $0)
   )
  )
  (i32.store
   (i32.const 16777228)
   (i32.add
    (i32.load
     (i32.const 16777228)
    )
    (i32.const 1)
   )
  )
  (i32.const 13)
 )
 (func $1 (type $0) (param $0 i32) (result i32)
  (local $1 i32)
  (local $2 i32)
  (i32.store8
   (i32.const 1048577)
   (i32.const 1)
  )
  (block $block3 (result i32)
   (i32.add
    (i32.const 1)
    (block $block (result i32)
     (local.set $1
      (i32.const 3)
     )
     (if
      (i32.eqz
       (local.get $0)
      )
      (then
       (i32.store
        (i32.const 16777232)
        (i32.add
         (i32.load
          (i32.const 16777232)
         )
         (i32.const 1)
        )
       )
       (br $block
        (local.get $1)
       )
      )
     )
     (drop
      (local.get $1)
     )
     (block $block2
      (block $block1
       (local.set $2
        (i32.const 7)
       )
       (br_table $block1 $block2
        (local.get $0)
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
      (br $block
       (local.get $2)
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
     (br $block3
      (local.get $2)
     )
    )
   )
  )
 )
 (func $2 (type $1) (param $0 i32)
  (local $1 i32)
  (i32.store8
   (i32.const 1048578)
   (i32.const 1)
  )
  (block $block
   (loop $label
    (local.set $0
     (i32.sub
      (local.get $0)
      (i32.const 1)
     )
    )
    (block $block1
     (br_table $block $block1 $block1
      (local.get $0)
     )
    )
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
    (br $label)
   )
   (unreachable)
  )
  (i32.store
   (i32.const 16777248)
   (i32.add
    (i32.load
     (i32.const 16777248)
    )
    (i32.const 1)
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
