// Calls an entry for every input of a list, again and again, without leaving Wasm. The list holds (pointer, length)
// pairs; the inputs lie in the target's own memory, so nothing is copied.
import { assemble } from './wat.ts'

const DRIVER = `
(module
  (import "target" "entry" (func $entry (param i32 i32) (result i32)))
  (memory (export "list") 2)
  (func (export "replay") (param $rounds i32) (param $end i32)
    (local $at i32)
    (loop $round
      (local.set $at (i32.const 0))
      (loop $input
        (drop (call $entry (i32.load (local.get $at)) (i32.load offset=4 (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br_if $input (i32.lt_u (local.get $at) (local.get $end))))
      (local.set $rounds (i32.sub (local.get $rounds) (i32.const 1)))
      (br_if $round (local.get $rounds)))))`

let driver: WebAssembly.Module | null = null

type Malloc = (bytes: number) => number

/** Puts the inputs into the target's memory and returns a function that executes all of them `rounds` times. */
export async function replayDriver(
  exports: WebAssembly.Exports,
  inputs: readonly Uint8Array[],
): Promise<(rounds: number) => void> {
  driver ??= new WebAssembly.Module((await assemble('replay-driver.wat', DRIVER)) as BufferSource)
  const entry = exports['LLVMFuzzerTestOneInput']!
  const instance = new WebAssembly.Instance(driver, { target: { entry } })
  const list = new Uint32Array((instance.exports['list'] as WebAssembly.Memory).buffer)
  inputs.forEach((input, index) => {
    const address = (exports['malloc'] as Malloc)(input.length + 1)
    const memory = (exports['memory'] ?? exports['fuzzbox.memory']) as WebAssembly.Memory
    new Uint8Array(memory.buffer, address).set(input)
    list.set([address, input.length], 2 * index)
  })
  const replay = instance.exports['replay'] as (rounds: number, end: number) => void
  return (rounds) => replay(rounds, 8 * inputs.length)
}
