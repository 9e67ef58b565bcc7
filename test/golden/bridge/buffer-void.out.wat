(module
 (type $0 (func (param i32 i32)))
 (type $1 (func (param i32 i32 i32)))
 (type $2 (func (param i32) (result i32)))
 (type $3 (func (param i32)))
 (type $4 (func (param i32 i64 i64)))
 (type $5 (func (param i32) (result i64)))
 (type $6 (func (result i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (memory $0 1 1024)
 (export "entry" (func $0))
 (export "fuzzbox.memory" (memory $0))
 (export "fuzzbox.run" (func $6))
 (export "fuzzbox.restore" (func $4))
 (export "fuzzbox.capture" (func $5))
 (export "fuzzbox.peek" (func $7))
 (export "fuzzbox.poke" (func $9))
 (export "fuzzbox.copyIn" (func $10))
 (export "fuzzbox.copyOut" (func $11))
 (export "fuzzbox.grow" (func $12))
 (export "fuzzbox.size" (func $13))
 (export "fuzzbox.peekLong" (func $8))
 (func $0 (type $0) (param $0 i32) (param $1 i32)
 )
 (func $1 (type $1) (param $0 i32) (param $1 i32) (param $2 i32)
  (local $3 i64)
  (local $4 i64)
  (local.set $3
   (i64.add
    (i64.extend_i32_u
     (local.get $1)
    )
    (i64.extend_i32_u
     (local.tee $2
      (i32.add
       (i32.shl
        (local.get $2)
        (i32.const 17)
       )
       (i32.const 64)
      )
     )
    )
   )
  )
  (local.set $4
   (i64.shl
    (i64.extend_i32_u
     (memory.size $0)
    )
    (i64.const 16)
   )
  )
  (if
   (i64.gt_u
    (local.get $3)
    (local.get $4)
   )
   (then
    (call $2
     (local.get $1)
     (local.get $3)
     (local.get $4)
    )
    (if
     (i64.ge_u
      (i64.extend_i32_u
       (local.get $1)
      )
      (local.get $4)
     )
     (then
      (return)
     )
    )
    (local.set $3
     (local.get $4)
    )
    (local.set $2
     (i32.wrap_i64
      (i64.sub
       (local.get $3)
       (i64.extend_i32_u
        (local.get $1)
       )
      )
     )
    )
   )
  )
  (memory.copy $0 $mimport$0
   (local.get $1)
   (i32.add
    (i32.add
     (local.get $0)
     (i32.const 131072)
    )
    (local.get $1)
   )
   (local.get $2)
  )
 )
 (func $2 (type $4) (param $0 i32) (param $1 i64) (param $2 i64)
  (local $3 i64)
  (local.set $3
   (i64.shl
    (i64.extend_i32_u
     (memory.size $0)
    )
    (i64.const 16)
   )
  )
  (if
   (i64.lt_u
    (local.get $2)
    (i64.extend_i32_u
     (local.get $0)
    )
   )
   (then
    (local.set $2
     (i64.extend_i32_u
      (local.get $0)
     )
    )
   )
  )
  (if
   (i64.gt_u
    (local.get $1)
    (local.get $3)
   )
   (then
    (local.set $1
     (local.get $3)
    )
   )
  )
  (if
   (i64.gt_u
    (local.get $1)
    (local.get $2)
   )
   (then
    (memory.fill $0
     (i32.wrap_i64
      (local.get $2)
     )
     (i32.const 0)
     (i32.wrap_i64
      (i64.sub
       (local.get $1)
       (local.get $2)
      )
     )
    )
   )
  )
 )
 (func $3 (type $0) (param $0 i32) (param $1 i32)
  (local $2 i64)
  (local $3 i64)
  (local $4 i64)
  (local.set $2
   (i64.or
    (i64.or
     (i64.extend_i32_u
      (i8x16.bitmask
       (i8x16.ne
        (v128.load $mimport$0
         (local.get $1)
        )
        (v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000)
       )
      )
     )
     (i64.shl
      (i64.extend_i32_u
       (i8x16.bitmask
        (i8x16.ne
         (v128.load $mimport$0 offset=16
          (local.get $1)
         )
         (v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000)
        )
       )
      )
      (i64.const 16)
     )
    )
    (i64.or
     (i64.shl
      (i64.extend_i32_u
       (i8x16.bitmask
        (i8x16.ne
         (v128.load $mimport$0 offset=32
          (local.get $1)
         )
         (v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000)
        )
       )
      )
      (i64.const 32)
     )
     (i64.shl
      (i64.extend_i32_u
       (i8x16.bitmask
        (i8x16.ne
         (v128.load $mimport$0 offset=48
          (local.get $1)
         )
         (v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000)
        )
       )
      )
      (i64.const 48)
     )
    )
   )
  )
  (loop $label
   (local.set $3
    (i64.ctz
     (local.get $2)
    )
   )
   (local.set $4
    (i64.ctz
     (i64.xor
      (i64.shr_u
       (local.get $2)
       (local.get $3)
      )
      (i64.const -1)
     )
    )
   )
   (call $1
    (local.get $0)
    (i32.shl
     (i32.add
      (i32.sub
       (local.get $1)
       (i32.const 2097152)
      )
      (i32.wrap_i64
       (local.get $3)
      )
     )
     (i32.const 17)
    )
    (i32.wrap_i64
     (local.get $4)
    )
   )
   (local.set $2
    (i64.and
     (local.get $2)
     (i64.add
      (local.get $2)
      (i64.shl
       (i64.const 1)
       (local.get $3)
      )
     )
    )
   )
   (br_if $label
    (i64.ne
     (local.get $2)
     (i64.const 0)
    )
   )
  )
  (v128.store $mimport$0
   (local.get $1)
   (v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000)
  )
  (v128.store $mimport$0 offset=16
   (local.get $1)
   (v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000)
  )
  (v128.store $mimport$0 offset=32
   (local.get $1)
   (v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000)
  )
  (v128.store $mimport$0 offset=48
   (local.get $1)
   (v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000)
  )
 )
 (func $4 (type $3) (param $0 i32)
  (local $1 i32)
  (local $2 i32)
  (local.set $1
   (i32.const 2097152)
  )
  (local.set $2
   (i32.add
    (i32.const 2097152)
    (i32.add
     (i32.shr_u
      (memory.size $0)
      (i32.const 1)
     )
     (i32.const 1)
    )
   )
  )
  (if
   (i32.lt_u
    (local.get $1)
    (local.get $2)
   )
   (then
    (loop $label
     (if
      (v128.any_true
       (v128.or
        (v128.or
         (v128.load $mimport$0
          (local.get $1)
         )
         (v128.load $mimport$0 offset=16
          (local.get $1)
         )
        )
        (v128.or
         (v128.load $mimport$0 offset=32
          (local.get $1)
         )
         (v128.load $mimport$0 offset=48
          (local.get $1)
         )
        )
       )
      )
      (then
       (call $3
        (local.get $0)
        (local.get $1)
       )
      )
     )
     (br_if $label
      (i32.lt_u
       (local.tee $1
        (i32.add
         (local.get $1)
         (i32.const 64)
        )
       )
       (local.get $2)
      )
     )
    )
   )
  )
 )
 (func $5 (type $3) (param $0 i32)
  (memory.copy $mimport$0 $0
   (i32.add
    (local.get $0)
    (i32.const 131072)
   )
   (i32.const 0)
   (i32.shl
    (memory.size $0)
    (i32.const 16)
   )
  )
  (memory.fill $0
   (i32.shl
    (memory.size $0)
    (i32.const 16)
   )
   (i32.const 0)
   (i32.shl
    (i32.sub
     (memory.size $0)
     (memory.size $0)
    )
    (i32.const 16)
   )
  )
  (memory.fill $mimport$0
   (i32.const 2097152)
   (i32.const 0)
   (i32.add
    (i32.shr_u
     (memory.size $0)
     (i32.const 1)
    )
    (i32.const 1)
   )
  )
  (i32.store $mimport$0
   (i32.const 1040)
   (i32.const 0)
  )
 )
 (func $6 (type $2) (param $0 i32) (result i32)
  (local $1 i32)
  (local $2 i32)
  (i32.store $mimport$0
   (i32.const 1044)
   (i32.const 0)
  )
  (local.set $1
   (i32.load $mimport$0
    (i32.const 1048)
   )
  )
  (memory.copy $0 $mimport$0
   (local.get $1)
   (i32.const 11534336)
   (local.get $0)
  )
  (if
   (i32.gt_u
    (local.tee $2
     (i32.load $mimport$0
      (i32.const 1052)
     )
    )
    (local.get $0)
   )
   (then
    (memory.fill $0
     (i32.add
      (local.get $1)
      (local.get $0)
     )
     (i32.const 0)
     (i32.sub
      (local.get $2)
      (local.get $0)
     )
    )
   )
  )
  (i32.store $mimport$0
   (i32.const 1052)
   (local.get $0)
  )
  (call $0
   (local.get $1)
   (local.get $0)
  )
  (i32.const 0)
 )
 (func $7 (type $2) (param $0 i32) (result i32)
  (i32.load8_u $0
   (local.get $0)
  )
 )
 (func $8 (type $5) (param $0 i32) (result i64)
  (i64.load $0 align=1
   (local.get $0)
  )
 )
 (func $9 (type $0) (param $0 i32) (param $1 i32)
  (i32.store8 $0
   (local.get $0)
   (local.get $1)
  )
  (i32.store8 $mimport$0 offset=2097152
   (i32.shr_u
    (local.get $0)
    (i32.const 17)
   )
   (i32.const 1)
  )
 )
 (func $10 (type $1) (param $0 i32) (param $1 i32) (param $2 i32)
  (local $3 i32)
  (local $4 i32)
  (memory.copy $0 $mimport$0
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
    (i32.const 17)
   )
  )
  (local.set $4
   (i32.shr_u
    (i32.sub
     (i32.add
      (local.get $0)
      (local.get $2)
     )
     (i32.const 1)
    )
    (i32.const 17)
   )
  )
  (loop $label
   (i32.store8 $mimport$0 offset=2097152
    (local.get $3)
    (i32.const 1)
   )
   (br_if $label
    (i32.le_u
     (local.tee $3
      (i32.add
       (local.get $3)
       (i32.const 1)
      )
     )
     (local.get $4)
    )
   )
  )
 )
 (func $11 (type $1) (param $0 i32) (param $1 i32) (param $2 i32)
  (memory.copy $mimport$0 $0
   (local.get $0)
   (local.get $1)
   (local.get $2)
  )
 )
 (func $12 (type $2) (param $0 i32) (result i32)
  (memory.grow $0
   (local.get $0)
  )
 )
 (func $13 (type $6) (result i32)
  (memory.size $0)
 )
)
