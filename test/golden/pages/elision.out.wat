(module
 (type $0 (func (param i32)))
 (type $1 (func))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (memory $0 1 1024)
 (export "rising" (func $0))
 (export "falling" (func $1))
 (export "added" (func $2))
 (export "redefined" (func $3))
 (export "redefined inside the value" (func $4))
 (export "behind a call" (func $5))
 (export "in a loop" (func $6))
 (export "in an arm" (func $7))
 (export "in a block left early" (func $8))
 (export "nested" (func $9))
 (export "constants" (func $10))
 (export "fuzzbox.memory" (memory $0))
 (func $0 (type $0) (param $0 i32)
  (i32.store $0
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
  (i32.store $0 offset=32
   (local.get $0)
   (i32.const 1)
  )
  (i32.store $0 offset=60
   (local.get $0)
   (i32.const 1)
  )
  (i32.store $0 offset=61
   (local.get $0)
   (i32.const 1)
  )
  (i32.store8 $mimport$0 offset=2097152
   (i32.shr_u
    (i32.add
     (local.get $0)
     (i32.const 32)
    )
    (i32.const 9)
   )
   (i32.const 1)
  )
 )
 (func $1 (type $0) (param $0 i32)
  (i32.store $0 offset=92
   (local.get $0)
   (i32.const 1)
  )
  (i32.store8 $mimport$0 offset=2097152
   (i32.shr_u
    (i32.add
     (local.get $0)
     (i32.const 64)
    )
    (i32.const 9)
   )
   (i32.const 1)
  )
  (i32.store $0 offset=88
   (local.get $0)
   (i32.const 1)
  )
  (i32.store $0 offset=64
   (local.get $0)
   (i32.const 1)
  )
  (i32.store $0 offset=60
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
 (func $2 (type $0) (param $0 i32)
  (local $1 i32)
  (i32.store $0 offset=8
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
  (i32.store $0
   (i32.add
    (local.get $0)
    (i32.const 12)
   )
   (i32.const 1)
  )
  (i32.store $0 offset=4
   (local.tee $1
    (i32.add
     (local.get $0)
     (i32.const -16)
    )
   )
   (i32.const 1)
  )
  (i32.store8 $mimport$0 offset=2097152
   (i32.shr_u
    (local.get $1)
    (i32.const 9)
   )
   (i32.const 1)
  )
 )
 (func $3 (type $0) (param $0 i32)
  (i32.store $0
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
  (local.set $0
   (i32.add
    (local.get $0)
    (i32.const 4)
   )
  )
  (i32.store $0
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
 (func $4 (type $0) (param $0 i32)
  (local $1 i32)
  (i32.store $0
   (local.tee $1
    (local.get $0)
   )
   (local.tee $0
    (i32.const 9)
   )
  )
  (i32.store8 $mimport$0 offset=2097152
   (i32.shr_u
    (local.get $1)
    (i32.const 9)
   )
   (i32.const 1)
  )
  (i32.store $0
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
 (func $5 (type $0) (param $0 i32)
  (i32.store $0
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
  (call $11)
  (i32.store $0
   (local.get $0)
   (i32.const 1)
  )
 )
 (func $6 (type $0) (param $0 i32)
  (i32.store $0
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
  (loop $label
   (i32.store $0
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
   (local.set $0
    (i32.add
     (local.get $0)
     (i32.const 4)
    )
   )
   (br_if $label
    (i32.lt_u
     (local.get $0)
     (i32.const 100)
    )
   )
  )
 )
 (func $7 (type $0) (param $0 i32)
  (if
   (local.get $0)
   (then
    (i32.store $0
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
   (else
    (i32.store $0
     (local.get $0)
     (i32.const 2)
    )
    (i32.store8 $mimport$0 offset=2097152
     (i32.shr_u
      (local.get $0)
      (i32.const 9)
     )
     (i32.const 1)
    )
   )
  )
  (i32.store $0
   (local.get $0)
   (i32.const 3)
  )
  (i32.store8 $mimport$0 offset=2097152
   (i32.shr_u
    (local.get $0)
    (i32.const 9)
   )
   (i32.const 1)
  )
  (if
   (local.get $0)
   (then
    (i32.store $0
     (local.get $0)
     (i32.const 4)
    )
   )
  )
 )
 (func $8 (type $0) (param $0 i32)
  (block $block
   (br_if $block
    (local.get $0)
   )
   (i32.store $0
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
  (i32.store $0
   (local.get $0)
   (i32.const 2)
  )
  (i32.store8 $mimport$0 offset=2097152
   (i32.shr_u
    (local.get $0)
    (i32.const 9)
   )
   (i32.const 1)
  )
 )
 (func $9 (type $0) (param $0 i32)
  (local $1 i32)
  (local $2 i32)
  (i32.store $0
   (local.tee $1
    (i32.mul
     (local.get $0)
     (i32.const 2)
    )
   )
   (block (result i32)
    (i32.store $0
     (local.tee $2
      (i32.mul
       (local.get $0)
       (i32.const 3)
      )
     )
     (i32.const 1)
    )
    (i32.store8 $mimport$0 offset=2097152
     (i32.shr_u
      (local.get $2)
      (i32.const 9)
     )
     (i32.const 1)
    )
    (i32.const 2)
   )
  )
  (i32.store8 $mimport$0 offset=2097152
   (i32.shr_u
    (local.get $1)
    (i32.const 9)
   )
   (i32.const 1)
  )
 )
 (func $10 (type $1)
  (i32.store $0
   (i32.const 2048)
   (i32.const 1)
  )
  (i32.store8 $mimport$0
   (i32.const 2097156)
   (i32.const 1)
  )
  (i32.store $0
   (i32.const 2052)
   (i32.const 1)
  )
  (i32.store $0
   (i32.const 2044)
   (i32.const 1)
  )
  (i32.store8 $mimport$0
   (i32.const 2097155)
   (i32.const 1)
  )
 )
 (func $11 (type $1)
 )
)
