// What imports do for a program costs it fuel: a program that has them work without end is a hang by count, in the
// sandbox, long before anybody's clock says so.
import { describe, expect, test } from 'vitest'
import { openTarget, wat } from '../support/targets.ts'

const WASI = 'wasi_snapshot_preview1'
/** Far more than the program's own branches pass, far less than what its imports do. */
const FUEL = 100_000
const CALLS = 20_000

/** A program that sets up a file as descriptor 4, then makes one call, or CALLS of them if the input says so. */
function caller(imports: string, call: string): string {
  return `(module
    (import "${WASI}" "path_open"
      (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
    ${imports}
    (memory (export "memory") 4)
    ;; 0: 256 vectors of 16 bytes each, all at 65536; 8192: a path of 1,024 bytes; 16384: 64 subscriptions.
    (data (i32.const 4096) "file")
    (func $prepare (local $i i32)
      (loop $vector
        (i32.store (i32.shl (local.get $i) (i32.const 3)) (i32.const 65536))
        (i32.store offset=4 (i32.shl (local.get $i) (i32.const 3)) (i32.const 16))
        (br_if $vector (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 256))))
      (memory.fill (i32.const 8192) (i32.const 0x2e) (i32.const 1024))
      (local.set $i (i32.const 8193))
      (loop $path
        (i32.store8 (local.get $i) (i32.const 0x2f))
        (br_if $path (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 2))) (i32.const 9216))))
      (drop (call $open (i32.const 3) (i32.const 0) (i32.const 4096) (i32.const 4) (i32.const 1)
        (i64.const 0) (i64.const 0) (i32.const 0) (i32.const 4104))))
    (func (export "LLVMFuzzerTestOneInput") (param $data i32) (param $size i32) (result i32)
      (local $left i32)
      (call $prepare)
      (local.set $left (select (i32.const ${CALLS}) (i32.const 1) (i32.gt_u (local.get $size) (i32.const 1))))
      (loop $again
        ${call}
        (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (i32.const 0)))`
}

const wasi = (name: string, params: string): string =>
  `(import "${WASI}" "${name}" (func $import (param ${params}) (result i32)))`
const words = (...values: number[]): string => values.map((value) => `(i32.const ${value})`).join(' ')

const ROWS: readonly (readonly [name: string, imports: string, call: string])[] = [
  ['random_get', wasi('random_get', 'i32 i32'), `(drop (call $import ${words(65536, 4096)}))`],
  ['fd_write to a stream', wasi('fd_write', 'i32 i32 i32 i32'), `(drop (call $import ${words(1, 0, 256, 4104)}))`],
  [
    'fd_pwrite to a file',
    wasi('fd_pwrite', 'i32 i32 i32 i64 i32'),
    `(drop (call $import ${words(4, 0, 256)} (i64.const 0) (i32.const 4104)))`,
  ],
  [
    'fd_pread of many vectors',
    `${wasi('fd_pread', 'i32 i32 i32 i64 i32')}
     (import "${WASI}" "fd_pwrite" (func $write (param i32 i32 i32 i64 i32) (result i32)))`,
    `(if (i32.eqz (i32.load (i32.const 131072)))
       (then
         (i32.store (i32.const 131072) (i32.const 1))
         (drop (call $write ${words(4, 0, 256)} (i64.const 0) (i32.const 4104)))))
     (drop (call $import ${words(4, 0, 256)} (i64.const 0) (i32.const 4104)))`,
  ],
  [
    'fd_filestat_set_size, which fills with zeros',
    wasi('fd_filestat_set_size', 'i32 i64'),
    `(drop (call $import (i32.const 4) (i64.const 400000))) (drop (call $import (i32.const 4) (i64.const 0)))`,
  ],
  [
    'fd_readdir',
    wasi('fd_readdir', 'i32 i32 i32 i64 i32'),
    `(drop (call $import ${words(3, 65536, 64)} (i64.const 0) (i32.const 4104)))`,
  ],
  [
    'path_filestat_get of a long path',
    wasi('path_filestat_get', 'i32 i32 i32 i32 i32'),
    `(drop (call $import ${words(3, 0, 8192, 1024, 65536)}))`,
  ],
  [
    'poll_oneoff of many subscriptions',
    wasi('poll_oneoff', 'i32 i32 i32 i32'),
    `(drop (call $import ${words(16384, 65536, 64, 4104)}))`,
  ],
  [
    "Emscripten's memcpy",
    '(import "env" "emscripten_memcpy_big" (func $import (param i32 i32 i32)))',
    `(call $import ${words(65536, 131072, 32768)})`,
  ],
]

describe('work that an import does is counted:', () => {
  test.each(ROWS)('%s without end is a timeout; once is nothing', async (_, imports, call) => {
    const sandbox = await openTarget(wat(caller(imports, call)), { limits: { fuel: FUEL } })
    expect(sandbox.runOnce(new Uint8Array(1))).toEqual({ kind: 'ok', result: 0 })
    expect(sandbox.runOnce(new Uint8Array(2))).toMatchObject({ kind: 'trap', trap: 'timeout' })
    // What one run has cost is not the next one's.
    expect(sandbox.runOnce(new Uint8Array(1))).toEqual({ kind: 'ok', result: 0 })
  })

  test.each(ROWS)('%s ends well where there is fuel for it', async (_, imports, call) => {
    const sandbox = await openTarget(wat(caller(imports, call)), { limits: { fuel: 4_000_000_000 } })
    expect(sandbox.runOnce(new Uint8Array(2))).toEqual({ kind: 'ok', result: 0 })
  })
})
