;; Fuzzes source-map's mappings.wasm, which parses the "mappings" of a source map and answers queries about them:
;;
;;   npx fuzzbox run node_modules/source-map/lib/mappings.wasm --harness examples/source-map/harness.wat --imports zero --time 30s
;;
;; The module reports each mapping through the import `mapping_callback`; `--imports zero` makes it do nothing.
;; The module takes ownership of the text, so the input is copied into a buffer that the module itself allocated.
(module
  (import "target" "memory" (memory 1))
  (import "target" "allocate_mappings" (func $allocate (param i32) (result i32)))
  (import "target" "parse_mappings" (func $parse (param i32) (result i32)))
  (import "target" "get_last_error" (func $last_error (result i32)))
  (import "target" "free_mappings" (func $free (param i32)))
  (import "target" "by_generated_location" (func $by_generated (param i32)))
  (import "target" "by_original_location" (func $by_original (param i32)))
  (import "target" "compute_column_spans" (func $column_spans (param i32)))
  (import "target" "original_location_for" (func $original (param i32 i32 i32 i32)))
  (import "target" "generated_location_for" (func $generated (param i32 i32 i32 i32 i32)))
  (import "target" "all_generated_locations_for" (func $all_generated (param i32 i32 i32 i32 i32)))

  ;; How a search rounds when nothing matches exactly: down, or up.
  (global $greatest_lower_bound i32 (i32.const 1))
  (global $least_upper_bound i32 (i32.const 2))

  ;; True for base64 digits that say "this number goes on": g to z, 0 to 9, + and /.
  (func $continues (param $digit i32) (result i32)
    (i32.or
      (i32.or
        (i32.lt_u (i32.sub (local.get $digit) (i32.const 0x67)) (i32.const 20))
        (i32.lt_u (i32.sub (local.get $digit) (i32.const 0x30)) (i32.const 10)))
      (i32.or
        (i32.eq (local.get $digit) (i32.const 0x2b))
        (i32.eq (local.get $digit) (i32.const 0x2f)))))

  ;; True where no number in the text has more than two digits.
  (func $small_numbers (param $at i32) (param $size i32) (result i32)
    (local $end i32)
    (local $run i32)
    (local.set $end (i32.add (local.get $at) (local.get $size)))
    (loop $next
      (if (i32.lt_u (local.get $at) (local.get $end))
        (then
          (local.set $run
            (select
              (i32.add (local.get $run) (i32.const 1))
              (i32.const 0)
              (call $continues (i32.load8_u (local.get $at)))))
          (if (i32.gt_u (local.get $run) (i32.const 1)) (then (return (i32.const 0))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $next))))
    (i32.const 1))

  (func $query_generated (param $mappings i32)
    (call $by_generated (local.get $mappings))
    (call $column_spans (local.get $mappings))
    (call $original (local.get $mappings) (i32.const 1) (i32.const 4) (global.get $greatest_lower_bound))
    (call $original (local.get $mappings) (i32.const 0) (i32.const 2) (global.get $least_upper_bound)))

  ;; The module keeps one list for each source up to the largest number that the text names: a text of ten bytes makes it
  ;; ask for gigabytes. That is worth knowing, and would be all that this harness finds; so large numbers are not asked
  ;; about from this side.
  (func $query_original (param $mappings i32)
    (call $by_original (local.get $mappings))
    (call $generated (local.get $mappings) (i32.const 0) (i32.const 1) (i32.const 3) (global.get $greatest_lower_bound))
    (call $generated (local.get $mappings) (i32.const 1) (i32.const 0) (i32.const 0) (global.get $least_upper_bound))
    (call $all_generated (local.get $mappings) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0))
    (call $all_generated (local.get $mappings) (i32.const 0) (i32.const 2) (i32.const 1) (i32.const 5)))

  (func (export "LLVMFuzzerTestOneInput") (param $data i32) (param $size i32) (result i32)
    (local $text i32)
    (local $mappings i32)
    (local.set $text (call $allocate (local.get $size)))
    (memory.copy (local.get $text) (local.get $data) (local.get $size))
    (local.set $mappings (call $parse (local.get $text)))
    (if (i32.eqz (local.get $mappings))
      (then (drop (call $last_error)))
      (else
        (call $query_generated (local.get $mappings))
        (if (call $small_numbers (local.get $data) (local.get $size))
          (then (call $query_original (local.get $mappings))))
        (call $free (local.get $mappings))))
    (i32.const 0)))
