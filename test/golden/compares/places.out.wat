(module
 (type $0 (func (param i32 i32 i32) (result i32)))
 (type $1 (func (param v128 v128) (result i32)))
 (type $2 (func (param i32) (result i32)))
 (type $3 (func (param i32 i32 i32 i64 i64)))
 (type $4 (func (param i32 i32 i32 v128 v128)))
 (type $5 (func (param i32 i32 i32 i32 i32 i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (memory $0 1 1024)
 (export "memcmp" (func $0))
 (export "vectors" (func $1))
 (export "fuzzbox.memory" (memory $0))
 (func $0 (type $0) (param $0 i32) (param $1 i32) (param $2 i32) (result i32)
  (local $3 i32)
  (local $4 i32)
  (local $5 i32)
  (local $6 i32)
  (local $7 i32)
  (call $7
   (i32.const 0)
   (i32.const 261)
   (i32.const 64)
   (local.get $0)
   (local.get $1)
   (local.get $2)
  )
  (loop $label
   (if
    (i32.eqz
     (local.get $2)
    )
    (then
     (return
      (i32.const 0)
     )
    )
   )
   (local.set $3
    (i32.load8_u $0
     (local.tee $4
      (local.get $0)
     )
    )
   )
   (local.set $6
    (local.get $3)
   )
   (local.set $7
    (i32.load8_u $0 offset=3
     (local.tee $5
      (local.get $1)
     )
    )
   )
   (call $4
    (i32.const 1)
    (i32.const 1024)
    (i32.const 16)
    (i64.extend_i32_u
     (local.get $6)
    )
    (i64.extend_i32_u
     (local.get $7)
    )
   )
   (call $7
    (i32.const 2)
    (i32.const 263)
    (i32.const 16)
    (i32.add
     (local.get $4)
     (i32.const 0)
    )
    (i32.add
     (local.get $5)
     (i32.const 3)
    )
    (i32.const 128)
   )
   (if
    (i32.ne
     (local.get $6)
     (local.get $7)
    )
    (then
     (return
      (i32.const 1)
     )
    )
   )
   (local.set $0
    (i32.add
     (local.get $0)
     (i32.const 1)
    )
   )
   (local.set $1
    (i32.add
     (local.get $1)
     (i32.const 1)
    )
   )
   (local.set $2
    (i32.sub
     (local.get $2)
     (i32.const 1)
    )
   )
   (br $label)
  )
  (unreachable)
 )
 (func $1 (type $1) (param $0 v128) (param $1 v128) (result i32)
  (local $2 v128)
  (local $3 v128)
  (local.set $2
   (local.get $0)
  )
  (local.set $3
   (local.get $1)
  )
  (call $5
   (i32.const 3)
   (i32.const 4101)
   (i32.const 16)
   (local.get $2)
   (local.get $3)
  )
  (i8x16.all_true
   (i8x16.eq
    (local.get $2)
    (local.get $3)
   )
  )
 )
 (func $2 (type $0) (param $0 i32) (param $1 i32) (param $2 i32) (result i32)
  (local $3 i32)
  (local $4 i32)
  (local $5 i32)
  (local.set $3
   (i32.load8_u $mimport$0 offset=34078720
    (i32.and
     (local.get $0)
     (i32.const 65535)
    )
   )
  )
  (if
   (i32.ge_u
    (local.get $3)
    (local.get $2)
   )
   (then
    (return
     (i32.const 0)
    )
   )
  )
  (local.set $4
   (i32.load $mimport$0
    (i32.const 1088)
   )
  )
  (if
   (i32.ge_u
    (local.get $4)
    (i32.const 262144)
   )
   (then
    (return
     (i32.const 0)
    )
   )
  )
  (i32.store8 $mimport$0 offset=34078720
   (i32.and
    (local.get $0)
    (i32.const 65535)
   )
   (i32.add
    (local.get $3)
    (i32.const 1)
   )
  )
  (i32.store $mimport$0
   (i32.const 1088)
   (i32.add
    (local.get $4)
    (i32.const 32)
   )
  )
  (local.set $5
   (i32.add
    (i32.and
     (local.get $4)
     (i32.const 262112)
    )
    (i32.const 33554432)
   )
  )
  (i32.store $mimport$0
   (local.get $5)
   (local.get $0)
  )
  (i32.store $mimport$0 offset=4
   (local.get $5)
   (local.get $1)
  )
  (i32.store8 $mimport$0 offset=7
   (local.get $5)
   (local.get $3)
  )
  (local.get $5)
 )
 (func $3 (type $2) (param $0 i32) (result i32)
  (local $1 i32)
  (local.set $1
   (i32.load $mimport$0
    (i32.const 1092)
   )
  )
  (i32.store $mimport$0 offset=28
   (local.get $0)
   (i32.const 0)
  )
  (if
   (i32.ge_u
    (local.get $1)
    (i32.const 1024)
   )
   (then
    (return
     (i32.const 0)
    )
   )
  )
  (i32.store $mimport$0
   (i32.const 1092)
   (i32.add
    (local.get $1)
    (i32.const 1)
   )
  )
  (i32.store $mimport$0 offset=24
   (local.get $0)
   (local.get $1)
  )
  (i32.add
   (i32.mul
    (i32.and
     (local.get $1)
     (i32.const 1023)
    )
    (i32.const 256)
   )
   (i32.const 33816576)
  )
 )
 (func $4 (type $3) (param $0 i32) (param $1 i32) (param $2 i32) (param $3 i64) (param $4 i64)
  (local $5 i32)
  (if
   (local.tee $5
    (call $2
     (local.get $0)
     (local.get $1)
     (local.get $2)
    )
   )
   (then
    (i64.store $mimport$0 offset=8
     (local.get $5)
     (local.get $3)
    )
    (i64.store $mimport$0 offset=16
     (local.get $5)
     (local.get $4)
    )
   )
  )
 )
 (func $5 (type $4) (param $0 i32) (param $1 i32) (param $2 i32) (param $3 v128) (param $4 v128)
  (local $5 i32)
  (local $6 i32)
  (if
   (local.tee $5
    (call $2
     (local.get $0)
     (local.get $1)
     (local.get $2)
    )
   )
   (then
    (i64.store $mimport$0 offset=8
     (local.get $5)
     (i64.const 0)
    )
    (i64.store $mimport$0 offset=16
     (local.get $5)
     (i64.const 0)
    )
    (if
     (local.tee $6
      (call $3
       (local.get $5)
      )
     )
     (then
      (v128.store $mimport$0
       (local.get $6)
       (local.get $3)
      )
      (v128.store $mimport$0 offset=128
       (local.get $6)
       (local.get $4)
      )
      (i32.store $mimport$0 offset=28
       (local.get $5)
       (i32.const 1048592)
      )
     )
    )
   )
  )
 )
 (func $6 (type $0) (param $0 i32) (param $1 i32) (param $2 i32) (result i32)
  (local $3 i64)
  (if
   (i32.gt_u
    (local.get $2)
    (i32.const 128)
   )
   (then
    (local.set $2
     (i32.const 128)
    )
   )
  )
  (local.set $3
   (i64.sub
    (i64.shl
     (i64.extend_i32_u
      (memory.size $0)
     )
     (i64.const 16)
    )
    (i64.extend_i32_u
     (local.get $1)
    )
   )
  )
  (if
   (i64.le_s
    (local.get $3)
    (i64.const 0)
   )
   (then
    (return
     (i32.const 0)
    )
   )
  )
  (if
   (i64.gt_u
    (i64.extend_i32_u
     (local.get $2)
    )
    (local.get $3)
   )
   (then
    (local.set $2
     (i32.wrap_i64
      (local.get $3)
     )
    )
   )
  )
  (memory.copy $mimport$0 $0
   (local.get $0)
   (local.get $1)
   (local.get $2)
  )
  (local.get $2)
 )
 (func $7 (type $5) (param $0 i32) (param $1 i32) (param $2 i32) (param $3 i32) (param $4 i32) (param $5 i32)
  (local $6 i32)
  (local $7 i32)
  (if
   (local.tee $6
    (call $2
     (local.get $0)
     (local.get $1)
     (local.get $2)
    )
   )
   (then
    (i64.store $mimport$0 offset=8
     (local.get $6)
     (i64.extend_i32_u
      (local.get $3)
     )
    )
    (i64.store $mimport$0 offset=16
     (local.get $6)
     (i64.extend_i32_u
      (local.get $4)
     )
    )
    (if
     (local.tee $7
      (call $3
       (local.get $6)
      )
     )
     (then
      (i32.store16 $mimport$0 offset=28
       (local.get $6)
       (call $6
        (i32.add
         (local.get $7)
         (i32.const 0)
        )
        (local.get $3)
        (local.get $5)
       )
      )
      (i32.store16 $mimport$0 offset=30
       (local.get $6)
       (call $6
        (i32.add
         (local.get $7)
         (i32.const 128)
        )
        (local.get $4)
        (local.get $5)
       )
      )
     )
    )
   )
  )
 )
)
