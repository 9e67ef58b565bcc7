import { describe, expect, test } from 'vitest'
import { shareImportedMemory } from '../../instrument/sections/share.ts'
import { assemble } from './assemble.ts'

const WITH_EVERYTHING = `(module
  (type $f (func (param i32)))
  (import "a" "function" (func (type $f)))
  (import "a" "table" (table 1 2 funcref))
  (import "a" "global" (global (mut i64)))
  (import "engine" "memory" (memory 1 4))
  (func (export "grow") (result i32) (memory.grow (i32.const 1))))`

function importsWith(memory: WebAssembly.Memory): WebAssembly.Imports {
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: 1, maximum: 2 })
  const global = new WebAssembly.Global({ value: 'i64', mutable: true }, 0n)
  return { a: { function: () => {}, table, global }, engine: { memory } }
}

const memoryOf = (shared: boolean): WebAssembly.Memory => new WebAssembly.Memory({ initial: 1, maximum: 4, shared })

describe('sharing an imported memory', () => {
  test('makes a module that takes a shared memory and no other', async () => {
    const shared = shareImportedMemory(await assemble(WITH_EVERYTHING), 'engine', 'memory')
    const module = new WebAssembly.Module(shared as Uint8Array<ArrayBuffer>)
    const { grow } = new WebAssembly.Instance(module, importsWith(memoryOf(true))).exports
    expect((grow as () => number)()).toBe(1)
    expect(() => new WebAssembly.Instance(module, importsWith(memoryOf(false)))).toThrow(WebAssembly.LinkError)
  })

  test('leaves the bytes that it was given alone, also where their slice is a view', async () => {
    class Viewed extends Uint8Array {
      override slice(start?: number, end?: number): this {
        return this.subarray(start, end) as this
      }
    }
    const given = new Viewed(await assemble(WITH_EVERYTHING))
    const before = Array.from(given)
    const shared = shareImportedMemory(given, 'engine', 'memory')
    expect(Array.from(given)).toEqual(before)
    expect(Array.from(shared).filter((byte, index) => byte !== before[index])).toEqual([3])
  })

  test.each([
    ['(module (import "other" "memory" (memory 1 4)))', 'of another name'],
    ['(module (import "engine" "memory" (memory 1)))', 'without a maximum'],
    ['(module (memory 1 4))', 'of its own'],
  ])('refuses %s: a memory %s', async (text) => {
    const wasm = await assemble(text)
    expect(() => shareImportedMemory(wasm, 'engine', 'memory')).toThrow(/imports no memory "engine" "memory"/)
  })
})
