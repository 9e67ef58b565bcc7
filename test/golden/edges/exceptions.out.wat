(module
 (type $0 (func (param i32)))
 (type $1 (func (param i32) (result i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (tag $tag$0 (type $0) (param i32))
 (export "try" (func $1))
 (export "handled" (func $2))
 (func $0 (type $0) (param $0 i32)
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
    (throw $tag$0
     (local.get $0)
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
 )
 (func $1 (type $1) (param $0 i32) (result i32)
  (local $1 i32)
  (i32.store8
   (i32.const 1048577)
   (i32.const 1)
  )
  (try (result i32)
   (do
    (call $0
     (local.get $0)
    )
    (i32.const 1)
   )
   (catch $tag$0
    (local.set $1
     (pop i32)
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
    (local.get $1)
   )
   (catch_all
    (i32.store
     (i32.const 16777228)
     (i32.add
      (i32.load
       (i32.const 16777228)
      )
      (i32.const 1)
     )
    )
    (i32.const 3)
   )
  )
 )
 (func $2 (type $0) (param $0 i32)
  (i32.store8
   (i32.const 1048578)
   (i32.const 1)
  )
  (try $label
   (do
    (call $0
     (local.get $0)
    )
   )
   (catch $tag$0
    (local.set $0
     (pop i32)
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
    (call $0
     (local.get $0)
    )
   )
   (catch_all
    (i32.store
     (i32.const 16777236)
     (i32.add
      (i32.load
       (i32.const 16777236)
      )
      (i32.const 1)
     )
    )
    (rethrow $label)
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
 )
)
