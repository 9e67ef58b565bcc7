(module
 (type $0 (func (param i32)))
 (type $1 (func))
 (type $2 (func (param i32 i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (export "for ever" (func $0))
 (export "do while" (func $1))
 (export "while" (func $2))
 (export "two ways back" (func $3))
 (export "a choice in every round" (func $4))
 (export "nested" (func $5))
 (export "no cycle" (func $6))
 (func $0 (type $1)
  (local $0 i32)
  (i32.store8
   (i32.const 1048576)
   (i32.const 1)
  )
  (loop $label
   (i32.store
    (i32.const 16777216)
    (local.tee $0
     (i32.add
      (i32.load
       (i32.const 16777216)
      )
      (i32.const 1)
     )
    )
   )
   (if
    (i32.ge_u
     (local.get $0)
     (i32.const 1000000)
    )
    (then
     (call $7)
     (unreachable)
    )
   )
   (br $label)
  )
  (unreachable)
 )
 (func $1 (type $0) (param $0 i32)
  (local $1 i32)
  (i32.store8
   (i32.const 1048577)
   (i32.const 1)
  )
  (loop $label
   (if
    (local.tee $0
     (i32.sub
      (local.get $0)
      (i32.const 1)
     )
    )
    (then
     (i32.store
      (i32.const 16777220)
      (local.tee $1
       (i32.add
        (i32.load
         (i32.const 16777220)
        )
        (i32.const 1)
       )
      )
     )
     (if
      (i32.ge_u
       (local.get $1)
       (i32.const 1000000)
      )
      (then
       (call $7)
       (unreachable)
      )
     )
     (br $label)
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
  )
 )
 (func $2 (type $0) (param $0 i32)
  (local $1 i32)
  (i32.store8
   (i32.const 1048578)
   (i32.const 1)
  )
  (block $block
   (loop $label
    (br_if $block
     (i32.eqz
      (local.get $0)
     )
    )
    (i32.store
     (i32.const 16777228)
     (local.tee $1
      (i32.add
       (i32.load
        (i32.const 16777228)
       )
       (i32.const 1)
      )
     )
    )
    (if
     (i32.ge_u
      (local.get $1)
      (i32.const 1000000)
     )
     (then
      (call $7)
      (unreachable)
     )
    )
    (local.set $0
     (i32.sub
      (local.get $0)
      (i32.const 1)
     )
    )
    (br $label)
   )
   (unreachable)
  )
  (i32.store
   (i32.const 16777232)
   (i32.add
    (i32.load
     (i32.const 16777232)
    )
    (i32.const 1)
   )
  )
 )
 (func $3 (type $0) (param $0 i32)
  (local $1 i32)
  (i32.store8
   (i32.const 1048579)
   (i32.const 1)
  )
  (loop $label
   (local.set $0
    (i32.sub
     (local.get $0)
     (i32.const 1)
    )
   )
   (if
    (i32.and
     (local.get $0)
     (i32.const 1)
    )
    (then
     (i32.store
      (i32.const 16777236)
      (local.tee $1
       (i32.add
        (i32.load
         (i32.const 16777236)
        )
        (i32.const 1)
       )
      )
     )
     (if
      (i32.ge_u
       (local.get $1)
       (i32.const 1000000)
      )
      (then
       (call $7)
       (unreachable)
      )
     )
     (br $label)
    )
   )
   (if
    (local.get $0)
    (then
     (i32.store
      (i32.const 16777240)
      (local.tee $1
       (i32.add
        (i32.load
         (i32.const 16777240)
        )
        (i32.const 1)
       )
      )
     )
     (if
      (i32.ge_u
       (local.get $1)
       (i32.const 1000000)
      )
      (then
       (call $7)
       (unreachable)
      )
     )
     (br $label)
    )
   )
   (i32.store
    (i32.const 16777244)
    (i32.add
     (i32.load
      (i32.const 16777244)
     )
     (i32.const 1)
    )
   )
  )
 )
 (func $4 (type $0) (param $0 i32)
  (local $1 i32)
  (i32.store8
   (i32.const 1048580)
   (i32.const 1)
  )
  (block $block
   (loop $label
    (br_if $block
     (i32.lt_u
      (local.get $0)
      (i32.const 2)
     )
    )
    (if
     (i32.and
      (local.get $0)
      (i32.const 1)
     )
     (then
      (i32.store
       (i32.const 16777248)
       (local.tee $1
        (i32.add
         (i32.load
          (i32.const 16777248)
         )
         (i32.const 1)
        )
       )
      )
      (if
       (i32.ge_u
        (local.get $1)
        (i32.const 1000000)
       )
       (then
        (call $7)
        (unreachable)
       )
      )
      (local.set $0
       (i32.add
        (i32.mul
         (local.get $0)
         (i32.const 3)
        )
        (i32.const 1)
       )
      )
     )
     (else
      (i32.store
       (i32.const 16777252)
       (local.tee $1
        (i32.add
         (i32.load
          (i32.const 16777252)
         )
         (i32.const 1)
        )
       )
      )
      (if
       (i32.ge_u
        (local.get $1)
        (i32.const 1000000)
       )
       (then
        (call $7)
        (unreachable)
       )
      )
      (local.set $0
       (i32.shr_u
        (local.get $0)
        (i32.const 1)
       )
      )
     )
    )
    (br $label)
   )
   (unreachable)
  )
  (i32.store
   (i32.const 16777256)
   (i32.add
    (i32.load
     (i32.const 16777256)
    )
    (i32.const 1)
   )
  )
 )
 (func $5 (type $2) (param $0 i32) (param $1 i32)
  (local $2 i32)
  (i32.store8
   (i32.const 1048581)
   (i32.const 1)
  )
  (loop $label1
   (loop $label
    (if
     (local.tee $1
      (i32.sub
       (local.get $1)
       (i32.const 1)
      )
     )
     (then
      (i32.store
       (i32.const 16777260)
       (local.tee $2
        (i32.add
         (i32.load
          (i32.const 16777260)
         )
         (i32.const 1)
        )
       )
      )
      (if
       (i32.ge_u
        (local.get $2)
        (i32.const 1000000)
       )
       (then
        (call $7)
        (unreachable)
       )
      )
      (br $label)
     )
    )
   )
   (if
    (local.tee $0
     (i32.sub
      (local.get $0)
      (i32.const 1)
     )
    )
    (then
     (i32.store
      (i32.const 16777264)
      (local.tee $2
       (i32.add
        (i32.load
         (i32.const 16777264)
        )
        (i32.const 1)
       )
      )
     )
     (if
      (i32.ge_u
       (local.get $2)
       (i32.const 1000000)
      )
      (then
       (call $7)
       (unreachable)
      )
     )
     (br $label1)
    )
   )
   (i32.store
    (i32.const 16777268)
    (i32.add
     (i32.load
      (i32.const 16777268)
     )
     (i32.const 1)
    )
   )
  )
 )
 (func $6 (type $0) (param $0 i32)
  (i32.store8
   (i32.const 1048582)
   (i32.const 1)
  )
  (loop
   (i32.store
    (i32.const 16777272)
    (i32.add
     (i32.load
      (i32.const 16777272)
     )
     (i32.const 1)
    )
   )
   (local.set $0
    (i32.const 1)
   )
  )
 )
 (func $7 (type $1)
  (i32.store offset=1024
   (i32.const 0)
   (i32.const 1)
  )
  (unreachable)
 )
)
