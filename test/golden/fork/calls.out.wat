(module
 (type $0 (func (result i32)))
 (type $1 (func (param i32) (result i32)))
 (type $2 (func (param i32)))
 (type $3 (func))
 (type $4 (func (param i32 i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (import "fuzzbox" "reachable" (func $fimport$0 (type $4) (param i32 i32)))
 (import "fuzzbox" "random" (func $fimport$1 (type $0) (result i32)))
 (global $global$0 (mut i32) (i32.const 0))
 (global $global$1 (mut i32) (i32.const 0))
 (export "simulate" (func $2))
 (export "asyncify_start_unwind" (func $3))
 (export "asyncify_stop_unwind" (func $4))
 (export "asyncify_start_rewind" (func $5))
 (export "asyncify_stop_rewind" (func $6))
 (export "asyncify_get_state" (func $7))
 (func $0 (type $1) (param $0 i32) (result i32)
  (local $1 i32)
  (local $2 i32)
  (if
   (i32.eq
    (global.get $global$0)
    (i32.const 2)
   )
   (then
    (i32.store
     (global.get $global$1)
     (i32.sub
      (i32.load
       (global.get $global$1)
      )
      (i32.const 8)
     )
    )
    (local.set $0
     (i32.load
      (local.tee $1
       (i32.load
        (global.get $global$1)
       )
      )
     )
    )
    (local.set $1
     (i32.load offset=4
      (local.get $1)
     )
    )
   )
  )
  (local.set $2
   (block $block (result i32)
    (if
     (i32.eq
      (global.get $global$0)
      (i32.const 2)
     )
     (then
      (i32.store
       (global.get $global$1)
       (i32.sub
        (i32.load
         (global.get $global$1)
        )
        (i32.const 4)
       )
      )
      (local.set $2
       (i32.load
        (i32.load
         (global.get $global$1)
        )
       )
      )
     )
    )
    (if
     (i32.eqz
      (global.get $global$0)
     )
     (then
      (local.set $1
       (call $fimport$1)
      )
     )
    )
    (if
     (i32.or
      (i32.eqz
       (global.get $global$0)
      )
      (i32.eqz
       (local.get $2)
      )
     )
     (then
      (call $fimport$0
       (i32.const 0)
       (i32.const 4)
      )
      (drop
       (br_if $block
        (i32.const 0)
        (i32.eq
         (global.get $global$0)
         (i32.const 1)
        )
       )
      )
     )
    )
    (if
     (i32.eqz
      (global.get $global$0)
     )
     (then
      (return
       (i32.add
        (local.get $0)
        (local.get $1)
       )
      )
     )
    )
    (unreachable)
   )
  )
  (i32.store
   (i32.load
    (global.get $global$1)
   )
   (local.get $2)
  )
  (i32.store
   (global.get $global$1)
   (call $8
    (i32.add
     (i32.load
      (global.get $global$1)
     )
     (i32.const 4)
    )
   )
  )
  (i32.store
   (local.tee $2
    (i32.load
     (global.get $global$1)
    )
   )
   (local.get $0)
  )
  (i32.store offset=4
   (local.get $2)
   (local.get $1)
  )
  (i32.store
   (global.get $global$1)
   (call $8
    (i32.add
     (i32.load
      (global.get $global$1)
     )
     (i32.const 8)
    )
   )
  )
  (i32.const 0)
 )
 (func $1 (type $0) (result i32)
  (call $fimport$1)
 )
 (func $2 (type $0) (result i32)
  (local $0 i32)
  (local $1 i32)
  (local $2 i32)
  (if
   (i32.eq
    (global.get $global$0)
    (i32.const 2)
   )
   (then
    (i32.store
     (global.get $global$1)
     (i32.sub
      (i32.load
       (global.get $global$1)
      )
      (i32.const 8)
     )
    )
    (local.set $2
     (i32.load
      (local.tee $1
       (i32.load
        (global.get $global$1)
       )
      )
     )
    )
    (local.set $1
     (i32.load offset=4
      (local.get $1)
     )
    )
   )
  )
  (local.set $0
   (block $block (result i32)
    (if
     (i32.eq
      (global.get $global$0)
      (i32.const 2)
     )
     (then
      (i32.store
       (global.get $global$1)
       (i32.sub
        (i32.load
         (global.get $global$1)
        )
        (i32.const 4)
       )
      )
      (local.set $0
       (i32.load
        (i32.load
         (global.get $global$1)
        )
       )
      )
     )
    )
    (if
     (i32.eqz
      (global.get $global$0)
     )
     (then
      (local.set $2
       (call $1)
      )
     )
    )
    (if
     (i32.or
      (i32.eqz
       (global.get $global$0)
      )
      (i32.eqz
       (local.get $0)
      )
     )
     (then
      (local.set $0
       (call $0
        (i32.const 3)
       )
      )
      (drop
       (br_if $block
        (i32.const 0)
        (i32.eq
         (global.get $global$0)
         (i32.const 1)
        )
       )
      )
      (local.set $1
       (local.get $0)
      )
     )
    )
    (if
     (i32.eqz
      (global.get $global$0)
     )
     (then
      (return
       (i32.add
        (local.get $1)
        (local.get $2)
       )
      )
     )
    )
    (unreachable)
   )
  )
  (i32.store
   (i32.load
    (global.get $global$1)
   )
   (local.get $0)
  )
  (i32.store
   (global.get $global$1)
   (call $8
    (i32.add
     (i32.load
      (global.get $global$1)
     )
     (i32.const 4)
    )
   )
  )
  (i32.store
   (local.tee $0
    (i32.load
     (global.get $global$1)
    )
   )
   (local.get $2)
  )
  (i32.store offset=4
   (local.get $0)
   (local.get $1)
  )
  (i32.store
   (global.get $global$1)
   (call $8
    (i32.add
     (i32.load
      (global.get $global$1)
     )
     (i32.const 8)
    )
   )
  )
  (i32.const 0)
 )
 (func $3 (type $2) (param $0 i32)
  (global.set $global$0
   (i32.const 1)
  )
  (global.set $global$1
   (local.get $0)
  )
  (if
   (i32.gt_u
    (i32.load
     (global.get $global$1)
    )
    (i32.load offset=4
     (global.get $global$1)
    )
   )
   (then
    (unreachable)
   )
  )
 )
 (func $4 (type $3)
  (global.set $global$0
   (i32.const 0)
  )
  (if
   (i32.gt_u
    (i32.load
     (global.get $global$1)
    )
    (i32.load offset=4
     (global.get $global$1)
    )
   )
   (then
    (unreachable)
   )
  )
 )
 (func $5 (type $2) (param $0 i32)
  (global.set $global$0
   (i32.const 2)
  )
  (global.set $global$1
   (local.get $0)
  )
  (if
   (i32.gt_u
    (i32.load
     (global.get $global$1)
    )
    (i32.load offset=4
     (global.get $global$1)
    )
   )
   (then
    (unreachable)
   )
  )
 )
 (func $6 (type $3)
  (global.set $global$0
   (i32.const 0)
  )
  (if
   (i32.gt_u
    (i32.load
     (global.get $global$1)
    )
    (i32.load offset=4
     (global.get $global$1)
    )
   )
   (then
    (unreachable)
   )
  )
 )
 (func $7 (type $0) (result i32)
  (global.get $global$0)
 )
 (func $8 (type $1) (param $0 i32) (result i32)
  (if
   (i32.gt_u
    (local.get $0)
    (i32.const 16777208)
   )
   (then
    (i32.store
     (i32.const 12582920)
     (i32.const 1)
    )
    (local.set $0
     (i32.const 16777208)
    )
   )
  )
  (local.get $0)
 )
)
