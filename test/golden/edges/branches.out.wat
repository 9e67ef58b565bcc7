(module
 (type $0 (func (param i32) (result i32)))
 (type $1 (func (param i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (export "if" (func $0))
 (export "if else" (func $1))
 (export "br_if" (func $2))
 (export "br_if with a value" (func $3))
 (export "return" (func $4))
 (export "trap" (func $5))
 (func $0 (type $0) (param $0 i32) (result i32)
  (i32.store8
   (i32.const 1048576)
   (i32.const 1)
  )
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
    (local.set $0
     (i32.const 2)
    )
   )
   (else
    (i32.store
     (i32.const 16777220)
     (i32.add
      (i32.load
       (i32.const 16777220)
      )
      (i32.const 1)
     )
    )
   )
  )
  (local.get $0)
 )
 (func $1 (type $0) (param $0 i32) (result i32)
  (i32.store8
   (i32.const 1048577)
   (i32.const 1)
  )
  (if (result i32)
   (local.get $0)
   (then
    (i32.store
     (i32.const 16777224)
     (i32.add
      (i32.load
       (i32.const 16777224)
      )
      (i32.const 1)
     )
    )
    (i32.const 1)
   )
   (else
    (i32.store
     (i32.const 16777228)
     (i32.add
      (i32.load
       (i32.const 16777228)
      )
      (i32.const 1)
     )
    )
    (i32.const 2)
   )
  )
 )
 (func $2 (type $0) (param $0 i32) (result i32)
  (i32.store8
   (i32.const 1048578)
   (i32.const 1)
  )
  (block $block
   (if
    (local.get $0)
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
     (br $block)
    )
   )
   (local.set $0
    (i32.const 5)
   )
   (if
    (i32.eq
     (local.get $0)
     (i32.const 9)
    )
    (then
     (i32.store
      (i32.const 16777236)
      (i32.add
       (i32.load
        (i32.const 16777236)
       )
       (i32.const 1)
      )
     )
     (br $block)
    )
   )
   (i32.store
    (i32.const 16777240)
    (i32.add
     (i32.load
      (i32.const 16777240)
     )
     (i32.const 1)
    )
   )
   (local.set $0
    (i32.const 6)
   )
  )
  (local.get $0)
 )
 (func $3 (type $0) (param $0 i32) (result i32)
  (local $1 i32)
  (local $2 i32)
  (local $3 i32)
  (i32.store8
   (i32.const 1048579)
   (i32.const 1)
  )
  (i32.add
   (i32.const 1)
   (block $block (result i32)
    (local.set $1
     (i32.const 10)
    )
    (if
     (local.get $0)
     (then
      (i32.store
       (i32.const 16777244)
       (i32.add
        (i32.load
         (i32.const 16777244)
        )
        (i32.const 1)
       )
      )
      (br $block
       (local.get $1)
      )
     )
    )
    (drop
     (local.get $1)
    )
    (local.set $2
     (i32.const 11)
    )
    (if
     (i32.eqz
      (local.get $0)
     )
     (then
      (i32.store
       (i32.const 16777248)
       (i32.add
        (i32.load
         (i32.const 16777248)
        )
        (i32.const 1)
       )
      )
      (br $block
       (local.get $2)
      )
     )
    )
    (local.set $3
     (local.get $2)
    )
    (i32.store
     (i32.const 16777252)
     (i32.add
      (i32.load
       (i32.const 16777252)
      )
      (i32.const 1)
     )
    )
    (drop
     (local.get $3)
    )
    (i32.const 12)
   )
  )
 )
 (func $4 (type $0) (param $0 i32) (result i32)
  (i32.store8
   (i32.const 1048580)
   (i32.const 1)
  )
  (if
   (local.get $0)
   (then
    (i32.store
     (i32.const 16777256)
     (i32.add
      (i32.load
       (i32.const 16777256)
      )
      (i32.const 1)
     )
    )
    (return
     (i32.const 1)
    )
   )
   (else
    (i32.store
     (i32.const 16777260)
     (i32.add
      (i32.load
       (i32.const 16777260)
      )
      (i32.const 1)
     )
    )
   )
  )
  (i32.const 2)
 )
 (func $5 (type $1) (param $0 i32)
  (i32.store8
   (i32.const 1048581)
   (i32.const 1)
  )
  (if
   (local.get $0)
   (then
    (unreachable)
   )
   (else
    (i32.store
     (i32.const 16777264)
     (i32.add
      (i32.load
       (i32.const 16777264)
      )
      (i32.const 1)
     )
    )
   )
  )
 )
)
