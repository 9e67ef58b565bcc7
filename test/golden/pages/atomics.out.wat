(module
 (type $0 (func (param i32) (result i32)))
 (type $1 (func (param i32)))
 (type $2 (func (param i32) (result i64)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (memory $0 1 1024)
 (export "store" (func $0))
 (export "rmw" (func $1))
 (export "cmpxchg" (func $2))
 (export "load" (func $3))
 (export "fuzzbox.memory" (memory $0))
 (func $0 (type $1) (param $0 i32)
  (i32.atomic.store $0
   (local.get $0)
   (i32.const 1)
  )
  (i32.store8 $mimport$0 offset=2097152
   (i32.shr_u
    (local.get $0)
    (i32.const 9)
   )
   (i32.const 1)
  )
 )
 (func $1 (type $0) (param $0 i32) (result i32)
  (local $1 i32)
  (local $2 i32)
  (local.set $2
   (i32.atomic.rmw.add $0 offset=4
    (local.tee $1
     (i32.add
      (local.get $0)
      (local.get $0)
     )
    )
    (i32.const 1)
   )
  )
  (i32.store8 $mimport$0 offset=2097152
   (i32.shr_u
    (local.get $1)
    (i32.const 9)
   )
   (i32.const 1)
  )
  (local.get $2)
 )
 (func $2 (type $2) (param $0 i32) (result i64)
  (local $1 i64)
  (local.set $1
   (i64.atomic.rmw8.cmpxchg_u $0
    (local.get $0)
    (i64.const 1)
    (i64.const 2)
   )
  )
  (i32.store8 $mimport$0 offset=2097152
   (i32.shr_u
    (local.get $0)
    (i32.const 9)
   )
   (i32.const 1)
  )
  (local.get $1)
 )
 (func $3 (type $0) (param $0 i32) (result i32)
  (i32.atomic.load $0
   (local.get $0)
  )
 )
)
