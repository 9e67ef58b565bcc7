(module
 (type $0 (func (param i32) (result i32)))
 (type $1 (func))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (table $0 1 1 funcref)
 (elem $0 (i32.const 0) $1)
 (export "fact" (func $0))
 (export "leaf" (func $2))
 (export "tail" (func $3))
 (func $0 (type $0) (param $0 i32) (result i32)
  (local $1 i32)
  (i32.store8
   (i32.const 1048576)
   (i32.const 1)
  )
  (i32.store
   (i32.const 16777216)
   (local.tee $1
    (i32.add
     (i32.load
      (i32.const 16777216)
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
    (call $4)
    (unreachable)
   )
  )
  (if (result i32)
   (local.get $0)
   (then
    (i32.store
     (i32.const 16777220)
     (i32.add
      (i32.load
       (i32.const 16777220)
      )
      (i32.const 1)
     )
    )
    (i32.mul
     (local.get $0)
     (call $0
      (i32.sub
       (local.get $0)
       (i32.const 1)
      )
     )
    )
   )
   (else
    (i32.store
     (i32.const 16777224)
     (i32.add
      (i32.load
       (i32.const 16777224)
      )
      (i32.const 1)
     )
    )
    (i32.const 1)
   )
  )
 )
 (func $1 (type $0) (param $0 i32) (result i32)
  (local $1 i32)
  (i32.store8
   (i32.const 1048577)
   (i32.const 1)
  )
  (i32.store
   (i32.const 16777228)
   (local.tee $1
    (i32.add
     (i32.load
      (i32.const 16777228)
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
    (call $4)
    (unreachable)
   )
  )
  (call_indirect $0 (type $0)
   (local.get $0)
   (i32.const 0)
  )
 )
 (func $2 (type $0) (param $0 i32) (result i32)
  (i32.store8
   (i32.const 1048578)
   (i32.const 1)
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
  (local.get $0)
 )
 (func $3 (type $0) (param $0 i32) (result i32)
  (i32.store8
   (i32.const 1048579)
   (i32.const 1)
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
  (return_call $0
   (local.get $0)
  )
 )
 (func $4 (type $1)
  (i32.store offset=1024
   (i32.const 0)
   (i32.const 1)
  )
  (unreachable)
 )
)
