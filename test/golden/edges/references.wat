;; br_on_*: the way on is counted; the way to the label where the label has no other.
(module
  (type $point (struct (field i32)))
  (func (export "null") (param $a (ref null $point)) (result i32)
    (block $none
      (return (struct.get $point 0 (br_on_null $none (local.get $a)))))
    (i32.const 0))
  (func (export "cast") (param $a anyref) (result i32)
    (block $is (result (ref $point))
      (drop (br_on_cast $is anyref (ref $point) (local.get $a)))
      (return (i32.const 0)))
    (struct.get $point 0))
  (func (export "call_ref") (param $f (ref $callee)) (result i32)
    (call_ref $callee (local.get $f)))
  (type $callee (func (result i32))))
