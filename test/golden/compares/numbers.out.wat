(module
 (type $0 (func (param i32) (result i32)))
 (type $1 (func (param i32 i64) (result i32)))
 (type $2 (func (param f32 f64) (result i32)))
 (type $3 (func (param i32 i32) (result i32)))
 (type $4 (func (result i32)))
 (type $5 (func (param i32 i32 i32) (result i32)))
 (type $6 (func (param i32 i32 i32 i64 i64)))
 (type $7 (func (param i32 i32 i32 v128 v128)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (export "integers" (func $0))
 (export "floats" (func $1))
 (export "difference" (func $2))
 (export "constants" (func $3))
 (export "cases" (func $4))
 (func $0 (type $1) (param $0 i32) (param $1 i64) (result i32)
  (local $2 i32)
  (local $3 i32)
  (local $4 i64)
  (local $5 i64)
  (local.set $2
   (local.get $0)
  )
  (local.set $3
   (i32.const 4660)
  )
  (call $7
   (i32.const 0)
   (i32.const 132096)
   (i32.const 16)
   (i64.extend_i32_u
    (local.get $2)
   )
   (i64.extend_i32_u
    (local.get $3)
   )
  )
  (i32.and
   (i32.eq
    (local.get $2)
    (local.get $3)
   )
   (block (result i32)
    (local.set $4
     (local.get $1)
    )
    (local.set $5
     (i64.const 99)
    )
    (call $7
     (i32.const 1)
     (i32.const 395265)
     (i32.const 16)
     (local.get $4)
     (local.get $5)
    )
    (i64.lt_s
     (local.get $4)
     (local.get $5)
    )
   )
  )
 )
 (func $1 (type $2) (param $0 f32) (param $1 f64) (result i32)
  (local $2 f32)
  (local $3 f32)
  (local $4 f64)
  (local $5 f64)
  (local.set $2
   (local.get $0)
  )
  (local.set $3
   (f32.const 1.5)
  )
  (call $7
   (i32.const 2)
   (i32.const 394243)
   (i32.const 16)
   (i64.extend_i32_u
    (i32.reinterpret_f32
     (local.get $2)
    )
   )
   (i64.extend_i32_u
    (i32.reinterpret_f32
     (local.get $3)
    )
   )
  )
  (i32.or
   (f32.gt
    (local.get $2)
    (local.get $3)
   )
   (block (result i32)
    (local.set $4
     (f64.const 2.5)
    )
    (local.set $5
     (local.get $1)
    )
    (call $7
     (i32.const 3)
     (i32.const 329730)
     (i32.const 16)
     (i64.reinterpret_f64
      (local.get $4)
     )
     (i64.reinterpret_f64
      (local.get $5)
     )
    )
    (f64.ne
     (local.get $4)
     (local.get $5)
    )
   )
  )
 )
 (func $2 (type $3) (param $0 i32) (param $1 i32) (result i32)
  (local $2 i32)
  (local $3 i32)
  (local.set $2
   (local.get $0)
  )
  (local.set $3
   (i32.const 7)
  )
  (call $7
   (i32.const 4)
   (i32.const 132096)
   (i32.const 16)
   (i64.extend_i32_u
    (local.get $2)
   )
   (i64.extend_i32_u
    (local.get $3)
   )
  )
  (i32.eqz
   (i32.or
    (i32.xor
     (local.get $2)
     (local.get $3)
    )
    (block (result i32)
     (local.set $2
      (local.get $1)
     )
     (local.set $3
      (i32.const 9)
     )
     (call $7
      (i32.const 5)
      (i32.const 132096)
      (i32.const 16)
      (i64.extend_i32_u
       (local.get $2)
      )
      (i64.extend_i32_u
       (local.get $3)
      )
     )
     (i32.sub
      (local.get $2)
      (local.get $3)
     )
    )
   )
  )
 )
 (func $3 (type $4) (result i32)
  (i32.eq
   (i32.const 1)
   (i32.const 2)
  )
 )
 (func $4 (type $0) (param $0 i32) (result i32)
  (local $1 i32)
  (local $2 i32)
  (block $block
   (block $block1
    (local.set $1
     (local.get $0)
    )
    (call $7
     (i32.const 6)
     (i32.const 132100)
     (i32.const 16)
     (i64.extend_i32_u
      (local.get $1)
     )
     (i64.extend_i32_u
      (i32.const 1)
     )
    )
    (br_table $block $block1
     (local.get $1)
    )
   )
   (return
    (i32.const 1)
   )
  )
  (i32.const 2)
 )
 (func $5 (type $5) (param $0 i32) (param $1 i32) (param $2 i32) (result i32)
  (local $3 i32)
  (local $4 i32)
  (local $5 i32)
  (local.set $3
   (i32.load8_u offset=34078720
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
   (i32.load
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
  (i32.store8 offset=34078720
   (i32.and
    (local.get $0)
    (i32.const 65535)
   )
   (i32.add
    (local.get $3)
    (i32.const 1)
   )
  )
  (i32.store
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
  (i32.store
   (local.get $5)
   (local.get $0)
  )
  (i32.store offset=4
   (local.get $5)
   (local.get $1)
  )
  (i32.store8 offset=7
   (local.get $5)
   (local.get $3)
  )
  (local.get $5)
 )
 (func $6 (type $0) (param $0 i32) (result i32)
  (local $1 i32)
  (local.set $1
   (i32.load
    (i32.const 1092)
   )
  )
  (i32.store offset=28
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
  (i32.store
   (i32.const 1092)
   (i32.add
    (local.get $1)
    (i32.const 1)
   )
  )
  (i32.store offset=24
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
 (func $7 (type $6) (param $0 i32) (param $1 i32) (param $2 i32) (param $3 i64) (param $4 i64)
  (local $5 i32)
  (if
   (local.tee $5
    (call $5
     (local.get $0)
     (local.get $1)
     (local.get $2)
    )
   )
   (then
    (i64.store offset=8
     (local.get $5)
     (local.get $3)
    )
    (i64.store offset=16
     (local.get $5)
     (local.get $4)
    )
   )
  )
 )
 (func $8 (type $7) (param $0 i32) (param $1 i32) (param $2 i32) (param $3 v128) (param $4 v128)
  (local $5 i32)
  (local $6 i32)
  (if
   (local.tee $5
    (call $5
     (local.get $0)
     (local.get $1)
     (local.get $2)
    )
   )
   (then
    (i64.store offset=8
     (local.get $5)
     (i64.const 0)
    )
    (i64.store offset=16
     (local.get $5)
     (i64.const 0)
    )
    (if
     (local.tee $6
      (call $6
       (local.get $5)
      )
     )
     (then
      (v128.store
       (local.get $6)
       (local.get $3)
      )
      (v128.store offset=128
       (local.get $6)
       (local.get $4)
      )
      (i32.store offset=28
       (local.get $5)
       (i32.const 1048592)
      )
     )
    )
   )
  )
 )
)
