(module
 (type $0 (struct (field i32)))
 (type $1 (func (result i32)))
 (type $2 (func (param (ref null $0)) (result i32)))
 (type $3 (func (param anyref) (result i32)))
 (type $4 (func (param (ref $1)) (result i32)))
 (import "fuzzbox" "memory" (memory $mimport$0 0 65536))
 (export "null" (func $0))
 (export "cast" (func $1))
 (export "call_ref" (func $2))
 (func $0 (type $2) (param $0 (ref null $0)) (result i32)
  (local $1 (ref $0))
  (i32.store8
   (i32.const 1048576)
   (i32.const 1)
  )
  (block $block
   (local.set $1
    (br_on_null $block
     (local.get $0)
    )
   )
   (i32.store
    (i32.const 16777216)
    (i32.add
     (i32.load
      (i32.const 16777216)
     )
     (i32.const 1)
    )
   )
   (return
    (struct.get $0 0
     (local.get $1)
    )
   )
  )
  (i32.store
   (i32.const 16777220)
   (i32.add
    (i32.load
     (i32.const 16777220)
    )
    (i32.const 1)
   )
  )
  (i32.const 0)
 )
 (func $1 (type $3) (param $0 anyref) (result i32)
  (local $1 anyref)
  (local $2 (ref $0))
  (i32.store8
   (i32.const 1048577)
   (i32.const 1)
  )
  (local.set $2
   (block $block (result (ref $0))
    (local.set $1
     (br_on_cast $block anyref (ref $0)
      (local.get $0)
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
    (drop
     (local.get $1)
    )
    (return
     (i32.const 0)
    )
   )
  )
  (i32.store
   (i32.const 16777228)
   (i32.add
    (i32.load
     (i32.const 16777228)
    )
    (i32.const 1)
   )
  )
  (struct.get $0 0
   (local.get $2)
  )
 )
 (func $2 (type $4) (param $0 (ref $1)) (result i32)
  (i32.store8
   (i32.const 1048578)
   (i32.const 1)
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
  (call_ref $1
   (local.get $0)
  )
 )
)
