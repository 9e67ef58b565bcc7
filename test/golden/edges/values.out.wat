(module
 (type $0 (struct (field i32)))
 (type $1 (func (result i32 i64)))
 (type $2 (func (param i32) (result i32 i64)))
 (type $3 (func (param i32) (result (ref $0))))
 (type $4 (func (param i32) (result v128)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (export "several" (func $0))
 (export "non-null" (func $1))
 (export "vector" (func $2))
 (func $0 (type $2) (param $0 i32) (result i32 i64)
  (local $1 i32)
  (local $2 i32)
  (local $3 i32)
  (local $4 i32)
  (local $5 i32)
  (local $6 i32)
  (local $7 i64)
  (local $8 i64)
  (local $9 i64)
  (local $10 i64)
  (local $scratch i32)
  (local $scratch_12 i32)
  (local $scratch_13 i32)
  (i32.store8
   (i32.const 1048576)
   (i32.const 1)
  )
  (block $block (type $1) (result i32 i64)
   (if
    (local.get $0)
    (then
     (i32.store
      (i32.const 16777216)
      (i32.add
       (i32.load
        (i32.const 16777216)
       )
       (i32.const 1)
      )
     )
     (br $block
      (tuple.make 2
       (i32.const 1)
       (i64.const 2)
      )
     )
    )
   )
   (local.set $5
    (block (result i32)
     (local.set $scratch
      (i32.const 3)
     )
     (local.set $9
      (i64.const 4)
     )
     (local.get $scratch)
    )
   )
   (if
    (i32.eq
     (local.get $0)
     (i32.const 9)
    )
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
     (br $block
      (tuple.make 2
       (local.get $5)
       (local.get $9)
      )
     )
    )
   )
   (local.set $6
    (block (result i32)
     (local.set $scratch_12
      (local.get $5)
     )
     (local.set $10
      (local.get $9)
     )
     (local.get $scratch_12)
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
   (local.set $4
    (local.tee $3
     (block (result i32)
      (local.set $scratch_13
       (local.get $6)
      )
      (local.set $8
       (local.get $10)
      )
      (local.get $scratch_13)
     )
    )
   )
   (local.set $7
    (local.get $8)
   )
   (local.set $2
    (local.tee $1
     (local.get $4)
    )
   )
   (drop
    (local.get $7)
   )
   (drop
    (local.get $2)
   )
   (tuple.make 2
    (i32.const 5)
    (i64.const 6)
   )
  )
 )
 (func $1 (type $3) (param $0 i32) (result (ref $0))
  (local $1 (ref $0))
  (local $2 (ref $0))
  (i32.store8
   (i32.const 1048577)
   (i32.const 1)
  )
  (block $block (result (ref $0))
   (if
    (local.get $0)
    (then
     (i32.store
      (i32.const 16777228)
      (i32.add
       (i32.load
        (i32.const 16777228)
       )
       (i32.const 1)
      )
     )
     (br $block
      (struct.new $0
       (i32.const 1)
      )
     )
    )
   )
   (local.set $1
    (struct.new $0
     (i32.const 2)
    )
   )
   (if
    (i32.eq
     (local.get $0)
     (i32.const 9)
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
   (local.set $2
    (local.get $1)
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
   (drop
    (local.get $2)
   )
   (struct.new $0
    (i32.const 3)
   )
  )
 )
 (func $2 (type $4) (param $0 i32) (result v128)
  (i32.store8
   (i32.const 1048578)
   (i32.const 1)
  )
  (if (result v128)
   (local.get $0)
   (then
    (i32.store
     (i32.const 16777240)
     (i32.add
      (i32.load
       (i32.const 16777240)
      )
      (i32.const 1)
     )
    )
    (v128.const i32x4 0x00000001 0x00000002 0x00000003 0x00000004)
   )
   (else
    (i32.store
     (i32.const 16777244)
     (i32.add
      (i32.load
       (i32.const 16777244)
      )
      (i32.const 1)
     )
    )
    (v128.const i32x4 0x00000005 0x00000006 0x00000007 0x00000008)
   )
  )
 )
)
