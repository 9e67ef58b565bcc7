(module
 (type $0 (func))
 (type $1 (func (param i32)))
 (type $2 (func (param i32) (result i32)))
 (type $3 (func (param i32 i32 i32)))
 (type $4 (func (param i32 i32)))
 (type $5 (func (result i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (global $global$0 (mut i32) (i32.const 1))
 (global $global$1 i32 (i32.const 2))
 (global $global$2 (mut i64) (i64.const 3))
 (global $global$3 (mut f32) (f32.const 4))
 (global $global$4 (mut f64) (f64.const 5))
 (global $global$5 (mut v128) (v128.const i32x4 0x00000006 0x00000007 0x00000008 0x00000009))
 (global $global$6 (mut funcref) (ref.null nofunc))
 (global $global$7 (mut (ref $0)) (ref.func $0))
 (global $global$8 (mut externref) (ref.null noextern))
 (global $global$9 (mut funcref) (ref.null nofunc))
 (global $global$10 (mut (ref null $0)) (ref.null nofunc))
 (global $global$11 (mut externref) (ref.null noextern))
 (export "fuzzbox.restore" (func $1))
 (export "fuzzbox.capture" (func $2))
 (export "fuzzbox.peek" (func $3))
 (export "fuzzbox.poke" (func $4))
 (export "fuzzbox.copyIn" (func $5))
 (export "fuzzbox.copyOut" (func $6))
 (export "fuzzbox.grow" (func $7))
 (export "fuzzbox.size" (func $8))
 (func $0 (type $0)
 )
 (func $1 (type $1) (param $0 i32)
  (global.set $global$0
   (i32.load
    (local.get $0)
   )
  )
  (global.set $global$2
   (i64.load offset=16 align=4
    (local.get $0)
   )
  )
  (global.set $global$3
   (f32.load offset=32
    (local.get $0)
   )
  )
  (global.set $global$4
   (f64.load offset=48 align=4
    (local.get $0)
   )
  )
  (global.set $global$5
   (v128.load offset=64 align=4
    (local.get $0)
   )
  )
  (global.set $global$6
   (global.get $global$9)
  )
  (global.set $global$7
   (ref.as_non_null
    (global.get $global$10)
   )
  )
  (global.set $global$8
   (global.get $global$11)
  )
 )
 (func $2 (type $1) (param $0 i32)
  (i32.store
   (local.get $0)
   (global.get $global$0)
  )
  (i64.store offset=16 align=4
   (local.get $0)
   (global.get $global$2)
  )
  (f32.store offset=32
   (local.get $0)
   (global.get $global$3)
  )
  (f64.store offset=48 align=4
   (local.get $0)
   (global.get $global$4)
  )
  (v128.store offset=64 align=4
   (local.get $0)
   (global.get $global$5)
  )
  (global.set $global$9
   (global.get $global$6)
  )
  (global.set $global$10
   (global.get $global$7)
  )
  (global.set $global$11
   (global.get $global$8)
  )
  (i32.store
   (i32.const 1040)
   (i32.const 0)
  )
 )
 (func $3 (type $2) (param $0 i32) (result i32)
  (unreachable)
 )
 (func $4 (type $4) (param $0 i32) (param $1 i32)
  (unreachable)
 )
 (func $5 (type $3) (param $0 i32) (param $1 i32) (param $2 i32)
  (unreachable)
 )
 (func $6 (type $3) (param $0 i32) (param $1 i32) (param $2 i32)
  (unreachable)
 )
 (func $7 (type $2) (param $0 i32) (result i32)
  (i32.const -1)
 )
 (func $8 (type $5) (result i32)
  (i32.const 0)
 )
)
