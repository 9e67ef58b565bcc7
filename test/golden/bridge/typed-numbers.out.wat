(module
 (type $0 (func (param i32) (result i32)))
 (type $1 (func (param i32)))
 (type $2 (func (param i32 i32 i32)))
 (type $3 (func (param i32 i32 i32 i64 f32 f64) (result i32 i64)))
 (type $4 (func (param i32 i32 i32) (result i64)))
 (type $5 (func (param i32) (result i64)))
 (type $6 (func (param i32 i32)))
 (type $7 (func (result i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (export "entry" (func $0))
 (export "fuzzbox.run" (func $4))
 (export "fuzzbox.restore" (func $1))
 (export "fuzzbox.capture" (func $2))
 (export "fuzzbox.peek" (func $5))
 (export "fuzzbox.poke" (func $7))
 (export "fuzzbox.copyIn" (func $8))
 (export "fuzzbox.copyOut" (func $9))
 (export "fuzzbox.grow" (func $10))
 (export "fuzzbox.size" (func $11))
 (export "fuzzbox.peekLong" (func $6))
 (func $0 (type $3) (param $0 i32) (param $1 i32) (param $2 i32) (param $3 i64) (param $4 f32) (param $5 f64) (result i32 i64)
  (tuple.make 2
   (local.get $0)
   (local.get $3)
  )
 )
 (func $1 (type $1) (param $0 i32)
 )
 (func $2 (type $1) (param $0 i32)
  (i32.store
   (i32.const 1040)
   (i32.const 0)
  )
 )
 (func $3 (type $4) (param $0 i32) (param $1 i32) (param $2 i32) (result i64)
  (local $3 i64)
  (local $4 i64)
  (loop $label
   (if
    (i32.and
     (i32.lt_u
      (local.get $0)
      (local.get $1)
     )
     (i32.ne
      (local.get $2)
      (i32.const 0)
     )
    )
    (then
     (local.set $3
      (i64.or
       (local.get $3)
       (i64.shl
        (i64.load8_u offset=11534336
         (local.get $0)
        )
        (local.get $4)
       )
      )
     )
     (local.set $4
      (i64.add
       (local.get $4)
       (i64.const 8)
      )
     )
     (local.set $0
      (i32.add
       (local.get $0)
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
   )
  )
  (local.get $3)
 )
 (func $4 (type $0) (param $0 i32) (result i32)
  (local $1 i32)
  (local $2 i32)
  (local $3 i32)
  (local $4 i32)
  (local $5 i32)
  (local $6 i64)
  (local $7 f32)
  (local $8 f64)
  (local $scratch (tuple i32 i64))
  (local $scratch_10 i32)
  (i32.store
   (i32.const 1044)
   (i32.const 0)
  )
  (if
   (i32.le_u
    (i32.add
     (local.get $1)
     (i32.const 1)
    )
    (local.get $0)
   )
   (then
    (local.set $3
     (i32.ne
      (i32.load8_u offset=11534336
       (local.get $1)
      )
      (i32.const 0)
     )
    )
    (local.set $1
     (i32.add
      (local.get $1)
      (i32.const 1)
     )
    )
   )
   (else
    (local.set $3
     (i32.wrap_i64
      (call $3
       (local.get $1)
       (local.get $0)
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
   (i32.le_u
    (i32.add
     (local.get $1)
     (i32.const 2)
    )
    (local.get $0)
   )
   (then
    (local.set $4
     (i32.load16_s offset=11534336 align=1
      (local.get $1)
     )
    )
    (local.set $1
     (i32.add
      (local.get $1)
      (i32.const 2)
     )
    )
   )
   (else
    (local.set $4
     (i32.wrap_i64
      (call $3
       (local.get $1)
       (local.get $0)
       (i32.const 2)
      )
     )
    )
    (local.set $1
     (local.get $0)
    )
   )
  )
  (if
   (i32.le_u
    (i32.add
     (local.get $1)
     (i32.const 8)
    )
    (local.get $0)
   )
   (then
    (local.set $5
     (i32.load offset=11534336 align=1
      (local.get $1)
     )
    )
    (local.set $1
     (i32.add
      (local.get $1)
      (i32.const 8)
     )
    )
   )
   (else
    (local.set $5
     (i32.wrap_i64
      (call $3
       (local.get $1)
       (local.get $0)
       (i32.const 8)
      )
     )
    )
    (local.set $1
     (local.get $0)
    )
   )
  )
  (if
   (i32.le_u
    (i32.add
     (local.get $1)
     (i32.const 8)
    )
    (local.get $0)
   )
   (then
    (local.set $6
     (i64.load offset=11534336 align=1
      (local.get $1)
     )
    )
    (local.set $1
     (i32.add
      (local.get $1)
      (i32.const 8)
     )
    )
   )
   (else
    (local.set $6
     (call $3
      (local.get $1)
      (local.get $0)
      (i32.const 8)
     )
    )
    (local.set $1
     (local.get $0)
    )
   )
  )
  (if
   (i32.le_u
    (i32.add
     (local.get $1)
     (i32.const 4)
    )
    (local.get $0)
   )
   (then
    (local.set $7
     (f32.load offset=11534336 align=1
      (local.get $1)
     )
    )
    (local.set $1
     (i32.add
      (local.get $1)
      (i32.const 4)
     )
    )
   )
   (else
    (local.set $7
     (f32.reinterpret_i32
      (i32.wrap_i64
       (call $3
        (local.get $1)
        (local.get $0)
        (i32.const 4)
       )
      )
     )
    )
    (local.set $1
     (local.get $0)
    )
   )
  )
  (if
   (i32.le_u
    (i32.add
     (local.get $1)
     (i32.const 8)
    )
    (local.get $0)
   )
   (then
    (local.set $8
     (f64.load offset=11534336 align=1
      (local.get $1)
     )
    )
    (local.set $1
     (i32.add
      (local.get $1)
      (i32.const 8)
     )
    )
   )
   (else
    (local.set $8
     (f64.reinterpret_i64
      (call $3
       (local.get $1)
       (local.get $0)
       (i32.const 8)
      )
     )
    )
    (local.set $1
     (local.get $0)
    )
   )
  )
  (drop
   (block (result i32)
    (local.set $scratch_10
     (tuple.extract 2 0
      (local.tee $scratch
       (call $0
        (local.get $3)
        (local.get $4)
        (local.get $5)
        (local.get $6)
        (local.get $7)
        (local.get $8)
       )
      )
     )
    )
    (drop
     (tuple.extract 2 1
      (local.get $scratch)
     )
    )
    (local.get $scratch_10)
   )
  )
  (i32.const 0)
 )
 (func $5 (type $0) (param $0 i32) (result i32)
  (unreachable)
 )
 (func $6 (type $5) (param $0 i32) (result i64)
  (unreachable)
 )
 (func $7 (type $6) (param $0 i32) (param $1 i32)
  (unreachable)
 )
 (func $8 (type $2) (param $0 i32) (param $1 i32) (param $2 i32)
  (unreachable)
 )
 (func $9 (type $2) (param $0 i32) (param $1 i32) (param $2 i32)
  (unreachable)
 )
 (func $10 (type $0) (param $0 i32) (result i32)
  (i32.const -1)
 )
 (func $11 (type $7) (result i32)
  (i32.const 0)
 )
)
