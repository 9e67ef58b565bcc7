(module
 (type $0 (func))
 (type $1 (func (param i32)))
 (type $2 (func (param i32) (result i32)))
 (type $3 (func (param i32 i32 i32)))
 (type $4 (func (param i32) (result i64)))
 (type $5 (func (param i32 i32)))
 (type $6 (func (result i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (global $global$0 (mut i32) (i32.const 0))
 (table $0 4 10000 funcref)
 (table $1 2 2 (ref $0) (ref.func $0))
 (table $2 4 10000 funcref)
 (table $3 2 10000 (ref null $0))
 (elem declare func $0)
 (export "write" (func $1))
 (export "fuzzbox.restore" (func $2))
 (export "fuzzbox.capture" (func $3))
 (export "fuzzbox.peek" (func $4))
 (export "fuzzbox.poke" (func $6))
 (export "fuzzbox.copyIn" (func $7))
 (export "fuzzbox.copyOut" (func $8))
 (export "fuzzbox.grow" (func $9))
 (export "fuzzbox.size" (func $10))
 (export "fuzzbox.peekLong" (func $5))
 (func $0 (type $0)
 )
 (func $1 (type $0)
  (table.set $0
   (i32.const 0)
   (ref.func $0)
  )
  (global.set $global$0
   (i32.const 1)
  )
 )
 (func $2 (type $1) (param $0 i32)
  (local $1 i32)
  (local $2 i32)
  (if
   (global.get $global$0)
   (then
    (local.set $1
     (table.size $2)
    )
    (if
     (local.get $1)
     (then
      (loop $label
       (drop
        (local.tee $1
         (i32.sub
          (local.get $1)
          (i32.const 1)
         )
        )
       )
       (table.set $0
        (local.get $1)
        (table.get $2
         (local.get $1)
        )
       )
       (br_if $label
        (local.get $1)
       )
      )
     )
    )
    (local.set $2
     (table.size $3)
    )
    (if
     (local.get $2)
     (then
      (loop $label1
       (drop
        (local.tee $2
         (i32.sub
          (local.get $2)
          (i32.const 1)
         )
        )
       )
       (table.set $1
        (local.get $2)
        (ref.as_non_null
         (table.get $3
          (local.get $2)
         )
        )
       )
       (br_if $label1
        (local.get $2)
       )
      )
     )
    )
   )
  )
  (global.set $global$0
   (i32.load
    (local.get $0)
   )
  )
 )
 (func $3 (type $1) (param $0 i32)
  (local $1 i32)
  (local $2 i32)
  (drop
   (table.grow $2
    (ref.null nofunc)
    (i32.sub
     (table.size $0)
     (table.size $2)
    )
   )
  )
  (local.set $1
   (table.size $0)
  )
  (if
   (local.get $1)
   (then
    (loop $label
     (drop
      (local.tee $1
       (i32.sub
        (local.get $1)
        (i32.const 1)
       )
      )
     )
     (table.set $2
      (local.get $1)
      (table.get $0
       (local.get $1)
      )
     )
     (br_if $label
      (local.get $1)
     )
    )
   )
  )
  (drop
   (table.grow $3
    (ref.null nofunc)
    (i32.sub
     (table.size $1)
     (table.size $3)
    )
   )
  )
  (local.set $2
   (table.size $1)
  )
  (if
   (local.get $2)
   (then
    (loop $label1
     (drop
      (local.tee $2
       (i32.sub
        (local.get $2)
        (i32.const 1)
       )
      )
     )
     (table.set $3
      (local.get $2)
      (table.get $1
       (local.get $2)
      )
     )
     (br_if $label1
      (local.get $2)
     )
    )
   )
  )
  (global.set $global$0
   (i32.const 0)
  )
  (i32.store
   (local.get $0)
   (global.get $global$0)
  )
  (i32.store
   (i32.const 1040)
   (i32.const 0)
  )
 )
 (func $4 (type $2) (param $0 i32) (result i32)
  (unreachable)
 )
 (func $5 (type $4) (param $0 i32) (result i64)
  (unreachable)
 )
 (func $6 (type $5) (param $0 i32) (param $1 i32)
  (unreachable)
 )
 (func $7 (type $3) (param $0 i32) (param $1 i32) (param $2 i32)
  (unreachable)
 )
 (func $8 (type $3) (param $0 i32) (param $1 i32) (param $2 i32)
  (unreachable)
 )
 (func $9 (type $2) (param $0 i32) (result i32)
  (i32.const -1)
 )
 (func $10 (type $6) (result i32)
  (i32.const 0)
 )
)
