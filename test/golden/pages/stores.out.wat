(module
 (type $0 (func (param i32 i64)))
 (type $1 (func (param i32)))
 (type $2 (func (result i32)))
 (type $3 (func))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (memory $0 1 1024)
 (export "widths" (func $0))
 (export "address" (func $1))
 (export "fuzzbox.memory" (memory $0))
 (func $0 (type $0) (param $0 i32) (param $1 i64)
  (i32.store8 $0
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
  (call $3)
  (i32.store16 $0 offset=2
   (local.get $0)
   (i32.const 1)
  )
  (call $3)
  (i32.store $0 offset=60
   (local.get $0)
   (i32.const 1)
  )
  (call $3)
  (i64.store8 $0
   (local.get $0)
   (local.get $1)
  )
  (call $3)
  (i64.store16 $0
   (local.get $0)
   (local.get $1)
  )
  (call $3)
  (i64.store32 $0
   (local.get $0)
   (local.get $1)
  )
  (call $3)
  (i64.store $0 offset=57
   (local.get $0)
   (local.get $1)
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
  (call $3)
  (f32.store $0 offset=1000
   (local.get $0)
   (f32.const 1)
  )
  (i32.store8 $mimport$0 offset=2097152
   (i32.shr_u
    (i32.add
     (local.get $0)
     (i32.const 992)
    )
    (i32.const 9)
   )
   (i32.const 1)
  )
  (call $3)
  (f64.store $0
   (local.get $0)
   (f64.const 1)
  )
  (call $3)
  (v128.store $0 offset=48
   (local.get $0)
   (v128.const i32x4 0x00000001 0x00000002 0x00000003 0x00000004)
  )
  (call $3)
  (v128.store64_lane $0 offset=8 1
   (local.get $0)
   (v128.const i32x4 0x00000001 0x00000002 0x00000003 0x00000004)
  )
 )
 (func $1 (type $1) (param $0 i32)
  (local $1 i32)
  (i32.store $0
   (local.tee $1
    (call $2)
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
  (i32.store $0 offset=4
   (i32.const 70000)
   (i32.const 1)
  )
  (i32.store8 $mimport$0
   (i32.const 2097288)
   (i32.const 1)
  )
  (i32.store $0
   (local.tee $1
    (i32.add
     (local.get $0)
     (i32.const 12)
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
  (i32.store $0
   (local.tee $0
    (i32.mul
     (local.get $0)
     (i32.const 3)
    )
   )
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
 (func $2 (type $2) (result i32)
  (i32.const 16)
 )
 (func $3 (type $3)
 )
)
