(module
 (type $0 (func (param i32) (result i32)))
 (type $1 (func (param i32 i32) (result i32)))
 (type $2 (func))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (global $global$0 (mut i32) (i32.const 0))
 (table $0 1 1 funcref)
 (elem $0 (i32.const 0) $2)
 (export "outside" (func $3))
 (export "fib" (func $6))
 (export "ack" (func $7))
 (func $0 (type $0) (param $0 i32) (result i32)
  (local $1 i32)
  (if
   (i32.ge_u
    (local.tee $1
     (global.get $global$0)
    )
    (i32.const 1000)
   )
   (then
    (call $5)
    (unreachable)
   )
  )
  (if (result i32)
   (i32.lt_u
    (local.get $0)
    (i32.const 2)
   )
   (then
    (local.get $0)
   )
   (else
    (global.set $global$0
     (i32.add
      (local.get $1)
      (i32.const 1)
     )
    )
    (i32.add
     (call $0
      (i32.sub
       (local.get $0)
       (i32.const 1)
      )
     )
     (block (result i32)
      (global.set $global$0
       (i32.add
        (local.get $1)
        (i32.const 1)
       )
      )
      (call $0
       (i32.sub
        (local.get $0)
        (i32.const 2)
       )
      )
     )
    )
   )
  )
 )
 (func $1 (type $1) (param $0 i32) (param $1 i32) (result i32)
  (local $2 i32)
  (local $3 i32)
  (if
   (i32.ge_u
    (local.tee $2
     (global.get $global$0)
    )
    (i32.const 1000)
   )
   (then
    (call $5)
    (unreachable)
   )
  )
  (if (result i32)
   (local.get $0)
   (then
    (return_call $1
     (i32.sub
      (local.get $0)
      (i32.const 1)
     )
     (block (result i32)
      (global.set $global$0
       (i32.add
        (local.get $2)
        (i32.const 1)
       )
      )
      (local.set $3
       (call $1
        (local.get $0)
        (i32.sub
         (local.get $1)
         (i32.const 1)
        )
       )
      )
      (global.set $global$0
       (local.get $2)
      )
      (local.get $3)
     )
    )
   )
   (else
    (i32.add
     (local.get $1)
     (i32.const 1)
    )
   )
  )
 )
 (func $2 (type $0) (param $0 i32) (result i32)
  (local $1 i32)
  (if
   (i32.ge_u
    (local.tee $1
     (global.get $global$0)
    )
    (i32.const 1000)
   )
   (then
    (call $5)
    (unreachable)
   )
  )
  (global.set $global$0
   (i32.add
    (local.get $1)
    (i32.const 1)
   )
  )
  (call_indirect $0 (type $0)
   (local.get $0)
   (i32.const 0)
  )
 )
 (func $3 (type $0) (param $0 i32) (result i32)
  (local $1 i32)
  (local.set $1
   (call $4
    (local.get $0)
   )
  )
  (global.set $global$0
   (i32.const 0)
  )
  (call $0
   (local.get $1)
  )
 )
 (func $4 (type $0) (param $0 i32) (result i32)
  (local.get $0)
 )
 (func $5 (type $2)
  (i32.store offset=1024
   (i32.const 0)
   (i32.const 2)
  )
  (unreachable)
 )
 (func $6 (type $0) (param $0 i32) (result i32)
  (global.set $global$0
   (i32.const 0)
  )
  (call $0
   (local.get $0)
  )
 )
 (func $7 (type $1) (param $0 i32) (param $1 i32) (result i32)
  (global.set $global$0
   (i32.const 0)
  )
  (call $1
   (local.get $0)
   (local.get $1)
  )
 )
)
