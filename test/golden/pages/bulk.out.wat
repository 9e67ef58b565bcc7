(module
 (type $0 (func (param i32 i32 i32)))
 (type $1 (func (param i32 i32)))
 (type $2 (func (param i32)))
 (type $3 (func))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (memory $0 1 1024)
 (data $0 "abcdef")
 (data $1 "ghijkl")
 (export "fill" (func $0))
 (export "copy" (func $1))
 (export "init" (func $2))
 (export "fuzzbox.memory" (memory $0))
 (func $0 (type $1) (param $0 i32) (param $1 i32)
  (call $4
   (local.get $0)
   (i32.const 7)
   (local.get $1)
  )
  (call $4
   (local.get $0)
   (i32.const 8)
   (local.get $1)
  )
 )
 (func $1 (type $0) (param $0 i32) (param $1 i32) (param $2 i32)
  (call $5
   (local.get $0)
   (local.get $1)
   (local.get $2)
  )
 )
 (func $2 (type $2) (param $0 i32)
  (call $6
   (local.get $0)
   (i32.const 0)
   (i32.const 6)
  )
  (call $7
   (local.get $0)
   (i32.const 0)
   (i32.const 6)
  )
 )
 (func $3 (type $3)
  (i32.store $mimport$0 offset=1024
   (i32.const 0)
   (i32.const 1)
  )
  (unreachable)
 )
 (func $4 (type $0) (param $0 i32) (param $1 i32) (param $2 i32)
  (local $3 i32)
  (local $4 i32)
  (memory.fill $0
   (local.get $0)
   (local.get $1)
   (local.get $2)
  )
  (if
   (i32.eqz
    (local.get $2)
   )
   (then
    (return)
   )
  )
  (local.set $3
   (i32.shr_u
    (local.get $0)
    (i32.const 9)
   )
  )
  (memory.fill $mimport$0
   (i32.add
    (local.get $3)
    (i32.const 2097152)
   )
   (i32.const 1)
   (i32.add
    (i32.sub
     (i32.shr_u
      (i32.sub
       (i32.add
        (local.get $0)
        (local.get $2)
       )
       (i32.const 1)
      )
      (i32.const 9)
     )
     (local.get $3)
    )
    (i32.const 1)
   )
  )
  (i32.store $mimport$0 offset=1044
   (i32.const 0)
   (local.tee $4
    (i32.add
     (i32.load $mimport$0 offset=1044
      (i32.const 0)
     )
     (i32.shr_u
      (local.get $2)
      (i32.const 4)
     )
    )
   )
  )
  (if
   (i32.ge_u
    (local.get $4)
    (i32.const 1000000)
   )
   (then
    (call $3)
    (unreachable)
   )
  )
 )
 (func $5 (type $0) (param $0 i32) (param $1 i32) (param $2 i32)
  (local $3 i32)
  (local $4 i32)
  (memory.copy $0 $0
   (local.get $0)
   (local.get $1)
   (local.get $2)
  )
  (if
   (i32.eqz
    (local.get $2)
   )
   (then
    (return)
   )
  )
  (local.set $3
   (i32.shr_u
    (local.get $0)
    (i32.const 9)
   )
  )
  (memory.fill $mimport$0
   (i32.add
    (local.get $3)
    (i32.const 2097152)
   )
   (i32.const 1)
   (i32.add
    (i32.sub
     (i32.shr_u
      (i32.sub
       (i32.add
        (local.get $0)
        (local.get $2)
       )
       (i32.const 1)
      )
      (i32.const 9)
     )
     (local.get $3)
    )
    (i32.const 1)
   )
  )
  (i32.store $mimport$0 offset=1044
   (i32.const 0)
   (local.tee $4
    (i32.add
     (i32.load $mimport$0 offset=1044
      (i32.const 0)
     )
     (i32.shr_u
      (local.get $2)
      (i32.const 4)
     )
    )
   )
  )
  (if
   (i32.ge_u
    (local.get $4)
    (i32.const 1000000)
   )
   (then
    (call $3)
    (unreachable)
   )
  )
 )
 (func $6 (type $0) (param $0 i32) (param $1 i32) (param $2 i32)
  (local $3 i32)
  (local $4 i32)
  (memory.init $0 $0
   (local.get $0)
   (local.get $1)
   (local.get $2)
  )
  (if
   (i32.eqz
    (local.get $2)
   )
   (then
    (return)
   )
  )
  (local.set $3
   (i32.shr_u
    (local.get $0)
    (i32.const 9)
   )
  )
  (memory.fill $mimport$0
   (i32.add
    (local.get $3)
    (i32.const 2097152)
   )
   (i32.const 1)
   (i32.add
    (i32.sub
     (i32.shr_u
      (i32.sub
       (i32.add
        (local.get $0)
        (local.get $2)
       )
       (i32.const 1)
      )
      (i32.const 9)
     )
     (local.get $3)
    )
    (i32.const 1)
   )
  )
  (i32.store $mimport$0 offset=1044
   (i32.const 0)
   (local.tee $4
    (i32.add
     (i32.load $mimport$0 offset=1044
      (i32.const 0)
     )
     (i32.shr_u
      (local.get $2)
      (i32.const 4)
     )
    )
   )
  )
  (if
   (i32.ge_u
    (local.get $4)
    (i32.const 1000000)
   )
   (then
    (call $3)
    (unreachable)
   )
  )
 )
 (func $7 (type $0) (param $0 i32) (param $1 i32) (param $2 i32)
  (local $3 i32)
  (local $4 i32)
  (memory.init $0 $1
   (local.get $0)
   (local.get $1)
   (local.get $2)
  )
  (if
   (i32.eqz
    (local.get $2)
   )
   (then
    (return)
   )
  )
  (local.set $3
   (i32.shr_u
    (local.get $0)
    (i32.const 9)
   )
  )
  (memory.fill $mimport$0
   (i32.add
    (local.get $3)
    (i32.const 2097152)
   )
   (i32.const 1)
   (i32.add
    (i32.sub
     (i32.shr_u
      (i32.sub
       (i32.add
        (local.get $0)
        (local.get $2)
       )
       (i32.const 1)
      )
      (i32.const 9)
     )
     (local.get $3)
    )
    (i32.const 1)
   )
  )
  (i32.store $mimport$0 offset=1044
   (i32.const 0)
   (local.tee $4
    (i32.add
     (i32.load $mimport$0 offset=1044
      (i32.const 0)
     )
     (i32.shr_u
      (local.get $2)
      (i32.const 4)
     )
    )
   )
  )
  (if
   (i32.ge_u
    (local.get $4)
    (i32.const 1000000)
   )
   (then
    (call $3)
    (unreachable)
   )
  )
 )
)
